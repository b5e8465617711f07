"""Points are shared as a teacher would share them: how right an answer is decides, not how many tests it trips over.

No kernel is needed: test_answers.py proves what each wrong answer loses. `partial_credit.py` prints the whole table.
"""

from __future__ import annotations

import pytest
from partial_credit import share, weights
from test_answers import QUESTIONS, answers

from rnncourse.grading.lessons import Lesson

WRONG = {answer.path.stem: answer for answer in answers("wrong")}

# question: an answer with one slip, and one whose author has not understood the question
ORDER = {
    "label_sequence": ("skips_the_last_pair", "any_pair"),
    "one_hot": ("integers", "one_vector"),
    "pad_batch": ("padded_lengths", "sorts"),
    "causal_conv": ("no_bias", "no_padding"),
    "receptive_field": ("float", "product"),
    "measured_field": ("tensor", "first_output"),
    "TemporalBlock": ("no_second_relu", "shared_weights"),
    "TCN": ("after_the_padding", "first_block_only"),
    "elman_step": ("bias_outside", "ignores_the_old_state"),
    "unroll": ("after_the_padding", "never_updates"),
    "elman_backward": ("h_0_is_zero", "no_mask"),
    "ElmanNet": ("after_the_padding", "no_memory"),
    "jacobian_norms": ("single_precision", "frobenius"),
    "pass_through": ("one_gate_for_all", "same_weight"),
    "half_life": ("minus_infinity", "near_1_only"),
    "gated_step": ("no_relu", "softmax_gate"),
    "bias_for_half_life": ("clamped", "the_gate_itself"),
    "GatedNet": ("after_the_padding", "no_memory"),
    "lstm_step": ("no_tanh", "without_forget_gate"),
    "lstm_1997_step": ("shows_the_old_cell_state", "with_forget_gate"),
    "lecture_weights": ("biases_in_another_order", "interleaved"),
    "set_forget_bias": ("first_layer_only", "update"),
    "stacked_lstm": ("last_layer_first", "same_weights"),
    "read_state": ("halves_exchanged", "last_layer_at_the_end_only"),
    "LSTMNet": ("after_the_padding", "one_too_early"),
    "gru_step": ("torchs_form", "returns_the_update"),
    "torch_gru_step": ("bias_not_reset", "no_reset"),
    "convert_gru": ("first_bias_only", "torchs_names"),
    "count_parameters": ("float", "gru_has_two_gates"),
    "GRUNet": ("after_the_padding", "no_state"),
    "task_type": ("numeral_in_step", "constant"),
    "pool": ("mean_over_padding", "always_the_mean"),
    "teacher_forced_inputs": ("begins_with_end", "the_targets"),
    "sample_symbol": ("exp_overflows", "uniform"),
    "generate": ("one_too_many", "forgets_the_state"),
    "Conditioned": ("no_bias", "first_for_all"),
    "masked_loss": ("mean_of_means", "no_mask"),
    "Tagger": ("log_probabilities", "no_context"),
    "Translator": ("after_the_padding", "ignores_the_source"),
    "greedy_decode": ("one_step_too_many", "forgets_the_state"),
    "train_model": ("two_pairs_only", "untrained"),
}


@pytest.mark.parametrize(("lesson", "question"), QUESTIONS)
def test_one_slip_costs_less_than_not_to_understand(lesson: Lesson, question: str):
    assert question in ORDER, f"ORDER names no nearly right and mostly wrong answer to {question}"
    slip, astray = (share(WRONG[f"{question}__{name}"]) for name in ORDER[question])
    assert slip >= astray + 0.2
    assert slip >= 0.5 or question == "train_model"  # its points follow a published scale
    assert astray <= 0.55


@pytest.mark.parametrize(("lesson", "question"), QUESTIONS)
def test_no_single_test_decides_a_question(lesson: Lesson, question: str):
    of = weights(lesson)[question]
    assert max(of.values()) <= 0.4 * sum(of.values())


@pytest.mark.parametrize(("lesson", "question"), QUESTIONS)
def test_no_wrong_answer_earns_nearly_everything(lesson: Lesson, question: str):
    shares = {name: share(answer) for name, answer in WRONG.items() if answer.question == question}
    assert max(shares.values()) <= 0.95
