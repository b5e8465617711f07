"""The visible checks accept what is right and say in one sentence what is wrong."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import nbformat
import pytest
import torch
from examples import gathered

import rnncourse.checks
from rnncourse.checks.core import Attempt, CheckFailed

ROOT = Path(__file__).parent.parent
ANSWERS = sorted(ROOT.glob("assignments/*/answers/*/*.py"))
QUESTIONS = sorted({path.stem.split("__")[0] for path in ANSWERS})
UNSEEN = gathered("UNSEEN")
CHECKS = [import_module(f"rnncourse.checks.{module.name}") for module in iter_modules(rnncourse.checks.__path__)]


def check(question: str):
    name = f"check_{question}"
    return next(getattr(module, name) for module in CHECKS if hasattr(module, name))


@cache
def lesson_names() -> dict:
    """What the lessons import, and the reference answers to their questions."""
    names = {"__name__": "__main__"}
    for path in sorted(ROOT.glob("notebooks/*/*.ipynb")):
        imports, *cells = (cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
        for cell in [imports, *(cell for cell in cells if cell.metadata.get("nbgrader", {}).get("solution"))]:
            exec(cell.source, names)
    return names


def answer_in(source: str, question: str):
    """The answer as the notebook would define it."""
    namespace = dict(lesson_names())
    exec(compile(source, "a cell", "exec"), namespace)
    return namespace[question]


def failure(question: str, answer) -> str:
    with pytest.raises(CheckFailed) as caught:
        check(question)(answer)
    return str(caught.value)


def of_kind(kind: str) -> list:
    return [pytest.param(path, id=path.stem) for path in ANSWERS if path.parent.name == kind]


@pytest.mark.parametrize("path", of_kind("right"))
def test_a_right_answer_passes_with_one_line(path, capsys):
    question = path.stem.split("__")[0]
    check(question)(answer_in(path.read_text(encoding="utf-8"), question))
    printed = capsys.readouterr().out
    assert re.fullmatch(rf"✓ {question}: [^\n]+\n", printed)


@pytest.mark.parametrize("path", of_kind("wrong"))
def test_a_wrong_answer_is_named_in_one_sentence(path, capsys):
    question = path.stem.split("__")[0]
    answer = answer_in(path.read_text(encoding="utf-8"), question)
    if path.stem in UNSEEN:
        check(question)(answer)
        return
    sentence = failure(question, answer)
    assert re.match(rf"{question}(\.\w+)? ", sentence)
    assert "\n" not in sentence and 20 < len(sentence) < 400
    assert "✓" not in capsys.readouterr().out


@pytest.mark.parametrize(("name", "names"), gathered("SENTENCES"))
def test_the_sentence_names_the_mistake(name, names):
    (path,) = [path for path in ANSWERS if path.stem == name]
    question = name.split("__")[0]
    assert re.search(names, failure(question, answer_in(path.read_text(encoding="utf-8"), question)))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_stub_is_not_written_yet(question):
    stub = f'def {question}(*args):\n    raise NotImplementedError("write me")\n'
    assert failure(question, answer_in(stub, question)).startswith(f"{question} is not written yet")


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_empty_answer_is_told_what_was_expected(question):
    assert re.search(
        r"expected|None|nn\.Module", failure(question, answer_in(f"def {question}(*args): pass\n", question))
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_call_in_place_of_the_function_is_noticed(question):
    assert "needs the function itself" in failure(question, torch.zeros(3))


NOTEBOOK = """\
import torch
from rnncourse.checks.sequences import check_one_hot

def one_hot(symbols, num_symbols):
    code = torch.zeros(len(symbols), num_symbols)
    return code @ code

def not_yet(symbols, num_symbols):
    raise NotImplementedError
"""


def test_jupyter_shows_one_sentence_and_the_students_own_line(jupyter):
    jupyter(NOTEBOOK)
    shown = jupyter("check_one_hot(one_hot)").strip().splitlines()
    assert len(shown) == 1
    assert shown[0].startswith("✗ one_hot raised RuntimeError: ")
    assert shown[0].endswith("(line 6 of its cell: `return code @ code`).")


def test_jupyter_shows_no_stack_for_a_stub(jupyter):
    jupyter(NOTEBOOK)
    shown = jupyter("check_one_hot(not_yet)").strip().splitlines()
    assert len(shown) == 1
    assert shown[0].startswith("✗ one_hot is not written yet")


# What the checks are made of


def attempt_at(answer) -> Attempt:
    return Attempt("answer", answer)


def expect_failure(sentence: str):
    return pytest.raises(CheckFailed, match=sentence)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (None, r"returned None; expected a tensor of shape \(N,\) = \(2,\)\. Is there a return"),
        ([1.0, 2.0], "returned a list; expected a tensor"),
        (torch.zeros(2, 1), r"returned shape \(2, 1\); expected \(N,\) = \(2,\)\. Why\?"),
        (torch.zeros(()), r"returned shape \(\); expected"),
        (torch.zeros(2).double(), r"dtype torch\.float64; expected torch\.float32"),
        (torch.tensor([0.0, float("nan")]), "not finite"),
        (torch.tensor([0.0, float("inf")]), "not finite"),
    ],
)
def test_a_tensor_must_have_the_shape_the_dtype_and_finite_values(value, sentence):
    with expect_failure(sentence):
        attempt_at(abs).expect_tensor(value, (2,), "(N,)", hint="Why?")


def test_equal_means_equal_up_to_rounding_and_exactly_for_integers():
    attempt, one = attempt_at(abs), torch.ones(3)
    attempt.expect_same(one + 1e-6, one, "differs")
    attempt.expect_same(torch.tensor([2]), torch.tensor([2]), "differs")
    for value, expected in [
        (one + 1e-3, one),
        (one * float("nan"), one),
        (one * float("nan"), one * float("nan")),
        (torch.tensor([2]), torch.tensor([3])),
    ]:
        with expect_failure("answer differs"):
            attempt.expect_same(value, expected, "differs")


def test_changed_inputs_are_noticed_in_tensors_lists_and_lists_of_tensors():
    for change, argument in [
        (lambda x: x.add_(1), torch.zeros(2)),
        (lambda x: x.pop(), [1, 2]),
        (lambda x: x[0].add_(1), [torch.zeros(2)]),
        (lambda x: x.reverse(), [torch.zeros(2), torch.ones(2)]),
    ]:
        with expect_failure("changed its input in place"):
            attempt_at(change)(argument)
    assert attempt_at(lambda x, y: x + 1)(torch.zeros(1), [3, "a", None]) == 1


def test_exceptions_become_a_sentence_without_its_later_lines():
    def fails():
        raise ValueError("first line\nsecond line")

    with expect_failure(r"answer raised ValueError: first line\.$"):
        attempt_at(fails)()
