"""Lesson 00."""

UNSEEN = {"label_sequence__table", "label_sequence__string_whole", "pad_batch__nonzero_lengths"}

SENTENCES = [
    ("label_sequence__mirror", "mirror image"),
    ("label_sequence__skips_the_last_pair", "last symbol counts"),
    ("label_sequence__odd_lengths", "odd length"),
    ("label_sequence__bool", "of type bool; expected the int"),
    ("label_sequence__tensor_label", "of type Tensor; expected the int"),
    ("one_hot__transposed", r"\(10, 4\); expected \(T, D\) = \(4, 10\).*transposed"),
    ("one_hot__integers", r"dtype torch\.int64; expected torch\.float32"),
    ("one_hot__width_from_the_data", "width is num_symbols"),
    ("one_hot__counts_from_one", "symbol s belongs in column s"),
    ("one_hot__squeezed", "one row for each step"),
    ("pad_batch__batch_first", "Time comes first"),
    ("pad_batch__in_front", "first step belongs at t = 0"),
    ("pad_batch__minus_one", "something else than zeros"),
    ("pad_batch__padded_lengths", "padding does not count"),
    ("pad_batch__float_lengths", r"lengths of dtype torch\.float32; expected torch\.int64"),
    ("pad_batch__only_the_batch", r"a tuple of 2: \(padded, lengths\)"),
    ("pad_batch__pads_the_callers_list", "changed its input"),
]
