"""The published scale measures what it says, and what several hidden tests look at is made once."""

from __future__ import annotations

import importlib.util
from functools import partial
from pathlib import Path

import nbformat
import pytest
import torch
from mini_course import PROJECT
from nbformat.v4 import new_code_cell
from torch import Tensor, nn

from rnncourse import challenge
from rnncourse.grading import judge
from rnncourse.grading.execute import Kernel, Limits
from rnncourse.grading.provisioner import SandboxKernelManager
from rnncourse.rivals import LayerNet

LESSON = "07_improve_the_sample_problem"


def rule(x: Tensor, lengths: Tensor, blind_to: tuple[int, ...] = ()) -> Tensor:
    """The right answer for every sequence; with some symbols taken for one and the same."""
    symbols = x.argmax(2)
    for symbol in blind_to:
        symbols = symbols.where(symbols != symbol, blind_to[0])
    halves = [symbols[:length, n].chunk(2) for n, length in enumerate(lengths.tolist())]
    same = torch.tensor([torch.equal(*pair) for pair in halves])
    return torch.stack([~same, same], dim=1).float()


class Rule(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(1))

    def forward(self, x: Tensor, lengths: Tensor) -> Tensor:
        return rule(x, lengths) * self.weight


def always(x: Tensor, lengths: Tensor) -> Tensor:
    return torch.tensor([[1.0, 0.0]]).expand(len(lengths), 2)


def test_the_rule_makes_no_error_and_the_same_answer_fifty_percent():
    assert challenge.errors(rule, seed=1, num_sequences=600) == dict.fromkeys(challenge.FAMILIES, 0)
    assert challenge.errors(always, seed=1, num_sequences=600) == dict.fromkeys(challenge.FAMILIES, 0.5)


def test_points_add_up_along_the_scale():
    assert challenge.points(dict.fromkeys(challenge.FAMILIES, 0.0)) == 14
    assert challenge.points(dict.fromkeys(challenge.FAMILIES, 0.5)) == 0
    assert challenge.points({"random": 0.05, "near": 0.081, "longer": 0.15}) == 2 + 2 + 3


def test_every_step_of_the_scale_is_a_hidden_test_and_they_share_the_points_of_the_cell():
    (path,) = (PROJECT / "assignments" / LESSON).glob("test_*.py")
    spec = importlib.util.spec_from_file_location("hidden_challenge", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    tests = [test for name, test in vars(module).items() if name.startswith("test_")]
    marks = [mark.kwargs for test in tests for mark in test.pytestmark if mark.name == "graded"]
    cells = nbformat.read(PROJECT / "notebooks" / LESSON / f"{LESSON}.ipynb", as_version=4).cells
    points = {
        cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader.get("points")
        for cell in cells
        if "nbgrader" in cell.metadata
    }
    assert len(marks) == 2 + sum(map(len, challenge.SCALE.values()))
    assert sum(mark["weight"] for mark in marks) == points["check_train_model"] == 16
    assert points["explanation"] == 4


def test_skill_is_one_for_the_rule_and_its_opposite_and_none_for_a_constant():
    assert challenge.skill(rule, seed=1) == challenge.skill(lambda x, lengths: -rule(x, lengths), seed=1) == 1
    assert challenge.skill(always, seed=1) == 0


@pytest.mark.parametrize(
    ("make", "knows"),
    [
        (Rule, True),
        (lambda: LayerNet(nn.RNN(10, 50, nonlinearity="relu"), 2), False),
        (lambda: LayerNet(nn.LSTM(10, 50), 2), False),
        (lambda: LayerNet(nn.GRU(10, 50, num_layers=2), 2), False),
    ],
)
def test_what_is_built_in_stays_when_the_parameters_are_drawn_anew(make, knows):
    net = make()
    before = challenge.parameters_of(net)
    for seed in range(5):
        skill = challenge.skill_untrained(net, before, partial(challenge.load_into, net), seed)
        assert skill == 1 if knows else skill < 0.5
    after = challenge.parameters_of(net)
    assert all(torch.equal(value, after[name]) for name, value in before.items())


def test_symbols_taken_for_one_another_are_found():
    missed = challenge.missed_pairs(partial(rule, blind_to=(2, 7)), seed=1)
    assert missed[2, 7] == missed[7, 2] == 1
    assert missed.sum() == 2


# What several hidden tests look at

TESTS = """
import pytest
from rnncourse.grading.hidden import expect, graded

DEADLINE = 20.0


@pytest.fixture(scope="module")
def made(once):
    student, rng = once
    return student.make(rng.integers(0, 10, ()))


@graded("make", hint="")
def test_one(made):
    expect(made == 1, f"made {made} times")


@graded("make", hint="")
def test_other(made, student):
    expect(made == 1 and student.evaluate("1 + 1") == 2, f"made {made} times")


@graded("forget", hint="")
def test_too_long(student):
    student.patience(60)
    student.forget()
"""
NOTEBOOK = """
import time
count = 0

def make(seed):
    global count
    count += 1
    if fails:
        raise ValueError("not today")
    return count

def forget():
    time.sleep(50)
"""


@pytest.fixture(scope="module")
def kernel():
    kernel = Kernel(Limits(), SandboxKernelManager)
    yield kernel
    kernel.stop()


def verdict_on(question: str, kernel: Kernel, folder: Path, fails: bool = False) -> judge.Verdict:
    (folder / "test_once.py").write_text(TESTS)
    kernel.execute(new_code_cell(f"fails = {fails}\n{NOTEBOOK}"))
    return judge.run(folder, question, kernel.connection_file, 1, kernel.is_alive)


@pytest.mark.slow
def test_a_fixture_of_a_module_calls_the_student_once(kernel: Kernel, tmp_path: Path):
    assert [result.message for result in verdict_on("make", kernel, tmp_path).results] == ["", ""]


@pytest.mark.slow
def test_its_failure_is_every_tests_failure_and_is_not_repeated(kernel: Kernel, tmp_path: Path):
    verdict = verdict_on("make", kernel, tmp_path, fails=True)
    assert verdict.share == 0
    assert all("raised ValueError" in result.message for result in verdict.results)
    counted = new_code_cell("count")
    kernel.execute(counted)
    assert counted.outputs[0].data["text/plain"] == "1"


@pytest.mark.slow
def test_a_test_files_own_deadline_counts(kernel: Kernel, tmp_path: Path):
    verdict = verdict_on("forget", kernel, tmp_path)
    assert [result.message for result in verdict.results] == ["the tests of this question took too long"]
