"""What a student reads when an answer is missing or of a wrong kind: one sentence, for every question."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import torch
from test_checks import QUESTIONS, failure, lesson_names
from torch import nn

RETURNED = {
    "None": (None, r"\bNone\b"),
    "a wrong shape": (torch.zeros(7, 1, 11), r"shape \(7, 1, 11\)"),
    "a wrong type": ("a text", r"\ba str\b|'a text'"),
}
IN_PLACE = {"set_forget_bias"}  # what it returns is of no interest: it has to change what it gets


def returning(question: str, value: Any) -> Callable:
    """An answer that takes what the right one takes and returns this; a network's constructor is the right one."""
    right = lesson_names()[question]
    if isinstance(right, type):
        return type(question, (right,), {"forward": lambda *_: value})
    if question == "train_model":
        return lambda seed, num_sequences: type("Net", (nn.Linear,), {"forward": lambda *_: value})(10, 2)
    return lambda *_: value


@pytest.mark.parametrize(("value", "said"), RETURNED.values(), ids=RETURNED.keys())
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_sentence_says_what_came_back_and_what_was_expected(question, value, said):
    sentence = failure(question, returning(question, value))
    assert re.match(rf"{question}(\.\w+)? ", sentence)
    assert "expected" in sentence and "\n" not in sentence and len(sentence) < 300
    assert question in IN_PLACE or re.search(said, sentence)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_exception_inside_is_told_under_the_name_of_the_answer(question):
    def fails(*_):
        raise ValueError("too far")

    right = lesson_names()[question]
    answer = type(question, (right,), {"forward": fails}) if isinstance(right, type) else fails
    assert re.match(rf"{question}(\.forward)? raised ValueError: too far", failure(question, answer))


def test_values_that_are_not_finite_are_counted():
    def half_of_it(*arguments):
        return torch.where(torch.arange(15).reshape(3, 5) < 4, float("nan"), lesson_names()["elman_step"](*arguments))

    assert "shape (3, 5) as expected, but 4 of the 15 values are not finite" in failure("elman_step", half_of_it)


def test_a_network_in_place_of_its_class_is_noticed():
    net = lesson_names()["ElmanNet"](10, 50, 2)
    assert failure("ElmanNet", net).startswith("ElmanNet is a network already; the check needs the class")


CELL = """\
from rnncourse.kind_errors import show_kindly
from rnncourse.checks.elman import check_elman_step

show_kindly()
def elman_step(*arguments):
    raise NotImplementedError("elman_step is not written yet: replace this line with your code (section 2.2).")
"""
SHOWN = {
    "elman_step(1, 2)": (
        "is not written yet. Its cell is in section 2.2: fill it in and run it, then run this cell again."
    ),
    "check_elman_step(elman_step)": "is not written yet: fill in the cell above, run it, then run this check again.",
    "elman_step = 3\ncheck_elman_step(elman_step)": "is an int; the check needs the function itself, uncalled.",
    "del elman_step\ncheck_elman_step(elman_step)": (
        "is not defined. Run the cell above, which has to define just this name, then this check again."
    ),
}


@pytest.mark.parametrize(("cell", "sentence"), SHOWN.items())
def test_a_notebook_shows_a_missing_answer_in_one_sentence(cell, sentence, jupyter):
    jupyter(CELL)
    assert jupyter(cell).strip() == f"✗ elman_step {sentence}"


def test_other_errors_keep_their_frames(jupyter):
    jupyter(CELL)
    for cell in ("1 + ones", "raise NotImplementedError('of somebody else')", "def f():\n    g()\nf()"):
        assert "Traceback" in jupyter(cell) and "line" in jupyter(cell)
