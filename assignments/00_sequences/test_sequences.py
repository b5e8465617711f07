"""Hidden tests of lesson 00: labels, one-hot codes, padded batches."""

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

from rnncourse.grading.hidden import assert_same, expect, graded
from rnncourse.grading.student import StudentError

HALVES = pytest.mark.parametrize("half", [1, 2, 5, 9])


# label_sequence: what forms it takes and returns are tests of their own, so the others look at the number only


def answer_for(student, symbols: list[int]):
    """What comes back for a list, or for a tensor if the answer takes no lists."""
    try:
        return student.label_sequence(symbols)
    except StudentError:
        return student.label_sequence(torch.tensor(symbols))


def number(label) -> int:
    single = isinstance(label, int | float) or (isinstance(label, Tensor) and label.numel() == 1)
    expect(single, "label_sequence returned something that is no single number")
    return int(label)


def expect_labels(student, positive: list[int], *negatives: list[int]) -> None:
    """One call for each sequence; without the positive a constant 0 would do."""
    expect(number(answer_for(student, positive)) == 1, f"two identical halves, {len(positive)} symbols: not class 1")
    for negative in negatives:
        expect(
            number(answer_for(student, negative)) == 0, f"no two identical halves, {len(negative)} symbols: not class 0"
        )


def draw_half(rng, half: int) -> list[int]:
    return rng.integers(0, 10, (half,)).tolist()


def with_change(rng, symbols: list[int], place: int) -> list[int]:
    """The same with another symbol in one place."""
    other = (symbols[place] + int(rng.integers(1, 10, ()))) % 10
    return [*symbols[:place], other, *symbols[place + 1 :]]


@graded("label_sequence", hint="Class 1: symbol i of the first half equals symbol i of the second half, for every i.")
@HALVES
def test_tells_identical_halves_from_different_ones(student, rng, half):
    first = draw_half(rng, half)
    second = [(symbol + 1 + i % 9) % 10 for i, symbol in enumerate(first)]  # different in every place
    expect_labels(student, first + first, first + second)


@graded(
    "label_sequence",
    weight=3,
    hint="One differing pair is enough for class 0: are all pairs between the ends compared?",
)
def test_every_symbol_between_the_ends_counts(student, rng):
    positive = draw_half(rng, 6) * 2
    expect_labels(student, positive, *(with_change(rng, positive, place) for place in (1, 2, 3, 4, 7, 8, 9, 10)))


@graded(
    "label_sequence", weight=3, hint="Does the comparison reach the last pair, and does it not stop at the first one?"
)
def test_the_ends_of_the_halves_count(student, rng):
    positive = draw_half(rng, 6) * 2
    expect_labels(student, positive, *(with_change(rng, positive, place) for place in (5, 11)))


@graded(
    "label_sequence",
    weight=3,
    hint="The second half repeats the first in the same order, neither mirrored nor shuffled.",
)
@pytest.mark.parametrize("half", [2, 3, 7])
def test_the_order_counts(student, rng, half):
    first = torch.randperm(10, generator=rng.generator)[:half]
    moved, mirrored = (torch.cat([first, second]).tolist() for second in (first.roll(1), first.flip(0)))
    expect_labels(student, first.tolist() * 2, moved, mirrored)


@graded("label_sequence", hint="Symbols may be any integers: compare them one by one, not the text of their digits.")
def test_symbols_are_more_than_digits(student, rng):
    one = int(rng.integers(1, 10, ()))
    twice = 11 * one  # 11, 22, …
    expect_labels(student, [twice, one, twice, one], [one, twice, twice, one], [10 + one, one, 1, 10 * one + 1])
    expect_labels(student, [-one, twice, -one, twice], [-one, one, one, -one])


@graded("label_sequence", hint="An odd length has no two equal halves, whatever the symbols are: class 0.")
@pytest.mark.parametrize("half", [1, 2, 4])
def test_an_odd_length_is_class_0(student, rng, half):
    first, extra = draw_half(rng, half), draw_half(rng, 1)
    expect_labels(student, first + first, first + extra + first, first + first + extra, extra, extra * (2 * half + 1))


@graded("label_sequence", hint="Lists, tuples and 1-d tensors are all sequences: what works for one fails for another.")
@pytest.mark.parametrize("form", [list, tuple, torch.tensor])
def test_takes_lists_tuples_and_tensors(student, rng, form):
    positive = draw_half(rng, 4) * 2
    negative = with_change(rng, positive, 0)
    expect(number(student.label_sequence(form(positive))) == 1, "two identical halves: not class 1")
    expect(number(student.label_sequence(form(negative))) == 0, "no two identical halves: not class 0")


@graded(
    "label_sequence", hint="The label is the Python int 0 or 1, not True or False and not a tensor: int(…) makes one."
)
def test_returns_the_integer_0_or_1(student, rng):
    positive = draw_half(rng, 3) * 2
    assert_same(answer_for(student, positive), 1)
    assert_same(answer_for(student, with_change(rng, positive, 0)), 0)


# one_hot: with the last symbol in every sequence, a width read off the data costs one test and no more


def code_as_float(student, symbols: Tensor, num_symbols: int) -> Tensor:
    """The code's numbers; that they are a float32 tensor is a test of its own."""
    code = student.one_hot(symbols, num_symbols)
    expect(isinstance(code, Tensor | list), "one_hot returned something that is no tensor")
    return torch.as_tensor(code, dtype=torch.float32)


def expected_code(symbols: Tensor, num_symbols: int) -> Tensor:
    return F.one_hot(symbols, num_symbols).float()


@graded("one_hot", weight=2, hint="Row t holds a single 1, in column symbols[t]; the first column belongs to symbol 0.")
@pytest.mark.parametrize(("T", "D"), [(5, 10), (9, 4), (3, 3), (30, 2)])
def test_puts_a_one_in_each_symbols_column(student, rng, T, D):
    symbols = torch.cat([rng.integers(0, D, (T,)), torch.tensor([0, D - 1])])
    assert_same(code_as_float(student, symbols, D), expected_code(symbols, D))


@graded(
    "one_hot", hint="The number of columns is num_symbols, also when the last symbols do not occur in the sequence."
)
@pytest.mark.parametrize("D", [4, 10, 23])
def test_is_as_wide_as_the_set_of_symbols(student, rng, D):
    symbols = rng.integers(0, D // 2, (6,))
    assert_same(code_as_float(student, symbols, D), expected_code(symbols, D))


@graded("one_hot", hint="A sequence of one step is still a sequence: its code has shape (1, D).")
@pytest.mark.parametrize("D", [2, 10])
def test_keeps_the_time_axis_of_a_single_step(student, D):
    symbols = torch.tensor([D - 1])
    assert_same(code_as_float(student, symbols, D), expected_code(symbols, D))


@graded("one_hot", hint="The code goes into matrix products with float32 weights: its dtype is torch.float32.")
def test_is_a_float32_tensor(student, rng):
    code = student.one_hot(torch.cat([rng.integers(0, 7, (5,)), torch.tensor([6])]), 7)
    expect(isinstance(code, Tensor), "one_hot returned something that is no tensor")
    expect(code.dtype == torch.float32, f"returned {code.dtype}; expected torch.float32")
    expect(bool(code.any()), "there is no 1 in the code")


# pad_batch: the sequences, the filling, the lengths and the types are looked at one by one

LENGTHS = pytest.mark.parametrize(("lengths", "D"), [((3, 6, 2), 10), ((1, 5), 4), ((4, 2, 7, 7), 6)])


def draw_sequences(rng, lengths: tuple[int, ...], D: int = 10) -> list[Tensor]:
    return [F.one_hot(rng.integers(0, D, (length,)), D).float() for length in lengths]


def parts(returned) -> tuple:
    """padded and lengths; a lone tensor is taken for padded."""
    if isinstance(returned, tuple | list) and len(returned) == 2:
        return tuple(returned)
    return returned, None


def expect_laid_out(padded, sequences: list[Tensor]) -> None:
    """Sequence n is padded[:T_n, n], whatever follows it."""
    expect(isinstance(padded, Tensor), "padded is no tensor")
    expect(padded.ndim != 1, "what comes first has one axis: padded comes first, then the lengths")
    N, D = len(sequences), sequences[0].shape[1]
    expect(
        padded.ndim == 3 and padded.shape[1:] == (N, D) and len(padded) >= max(map(len, sequences)),
        f"padded has shape {tuple(padded.shape)} for {N} sequences of up to {max(map(len, sequences))} steps, D = {D}",
    )
    for n, sequence in enumerate(sequences):
        assert_same(padded[: len(sequence), n].float(), sequence)


def expect_lengths(lengths, sequences: list[Tensor]) -> None:
    expect(isinstance(lengths, Tensor | list | tuple), "the lengths are missing")
    one_axis = not isinstance(lengths, Tensor) or lengths.ndim == 1
    expect(one_axis, "what comes second has several axes: padded comes first, then the lengths")
    expect([float(length) for length in lengths] == [len(s) for s in sequences], "some of the lengths are not right")


@graded(
    "pad_batch", weight=2, hint="padded[t, n] is step t of sequence n, counted from 0: time first, then the sequence."
)
@LENGTHS
def test_puts_every_sequence_in_its_place(student, rng, lengths, D):
    sequences = draw_sequences(rng, lengths, D)
    padded, _ = parts(student.pad_batch(sequences))
    expect_laid_out(padded, sequences)


@graded(
    "pad_batch",
    weight=2,
    hint="After a sequence's end there are zeros, up to the longest sequence of the batch and no further.",
)
@LENGTHS
def test_fills_up_with_zeros_to_the_longest(student, rng, lengths, D):
    sequences = draw_sequences(rng, lengths, D)
    padded, _ = parts(student.pad_batch(sequences))
    expect(isinstance(padded, Tensor), "padded is no tensor")
    assert_same(padded.float(), pad_sequence(sequences))


@graded(
    "pad_batch",
    weight=2,
    hint="lengths[n] is the number of steps that sequence n had before padding, in the same order.",
)
@LENGTHS
def test_returns_the_lengths_before_padding(student, rng, lengths, D):
    sequences = draw_sequences(rng, lengths, D)
    sequences[0][-1] = 0  # a step like any other
    expect_lengths(parts(student.pad_batch(sequences))[1], sequences)


@graded("pad_batch", hint="A single sequence, or one of a single step, is a batch too: padded keeps its three axes.")
@pytest.mark.parametrize("lengths", [(4,), (1,), (1, 1, 1)])
def test_takes_a_batch_of_one_and_sequences_of_one_step(student, rng, lengths):
    sequences = draw_sequences(rng, lengths)
    padded, returned_lengths = parts(student.pad_batch(sequences))
    expect_laid_out(padded, sequences)
    expect_lengths(returned_lengths, sequences)


@graded("pad_batch", hint="A tuple of two tensors comes back: padded is float32, lengths is int64.")
def test_returns_a_float32_and_an_int64_tensor(student, rng):
    sequences = draw_sequences(rng, (3, 3, 3, 3))
    assert_same(student.pad_batch(sequences), (torch.stack(sequences, dim=1), torch.tensor([3, 3, 3, 3])))


@graded("pad_batch", hint="The caller's list and tensors are still the same afterwards: build new ones.")
def test_leaves_the_sequences_as_they_are(student, rng):
    sequences = draw_sequences(rng, (2, 4, 3))
    (after,) = student.arguments_after(student.pad_batch, sequences)
    assert_same(list(after), sequences)
    expect_laid_out(parts(student.pad_batch(sequences))[0], sequences)
