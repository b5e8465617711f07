"""The mutation pass makes the mistakes that it says, and tells the killed from those that survive."""

from __future__ import annotations

import ast
import textwrap
import tomllib
from pathlib import Path

import pytest
from bench import questions
from mini_course import PROJECT, RUNNING_SUM, make_course
from mutants import Mutant, mutants
from mutate import Trials, equivalents, measure

from rnncourse.grading.lessons import find_lessons

CELL = """
def answer(x, h_t, h_prev):
    kept = x + 1
    ### BEGIN SOLUTION
{}
    ### END SOLUTION
    return kept
"""


def changes(*lines: str) -> set[str]:
    """What stands in place of a line in the mutants of a cell with these lines."""
    return {mutant.change for mutant in mutants(CELL.format(textwrap.indent("\n".join(lines), "    ")))}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("h_t - x", {"x - h_t", "h_t + x", "h_t", "x", "h_prev - x"}),
        ("h_t @ x.T", {"x.T @ h_t", "h_t * x.T", "h_t @ x", "h_t", "x.T", "h_prev @ x.T"}),
        ("x and (not h_t)", {"x or not h_t", "x", "not h_t", "x and h_t", "x and (not h_prev)"}),
        ("x < 1", {"x <= 1", "x > 1", "x >= 1", "x < 2", "x < 0", "x < -1"}),
        ("x[3:h_t]", {"x[:h_t]", "x[4:h_t]", "x[2:h_t]", "x[-3:h_t]", "x[3:]", "x[3:h_t + 1]", "x[3:h_t - 1]",
                      "x", "x[3:h_prev]"}),
        ("x[:, h_t]", {"x[h_t, :]", "x[:, h_t + 1]", "x[:, h_t - 1]", "x", "x[:, h_prev]"}),
        ("range(h_t)", {"range(h_t + 1)", "range(h_t - 1)", "range(1, h_t)", "h_t", "range(h_prev)"}),
        ("torch.tanh(x)", {"torch.relu(x)", "torch.sigmoid(x)", "x"}),
        ("x.sum(0, keepdim=True)", {"x.mean(0, keepdim=True)", "x.prod(0, keepdim=True)", "x.sum(1, keepdim=True)",
                                    "x.sum(-1, keepdim=True)", "x.sum(0, keepdim=False)", "x.sum(0)", "0", "x"}),
        ("step(x, 0.5)", {"step(0.5, x)", "step(x, 1.0)", "step(x, 0.0)", "step(x, -0.5)", "x"}),
        ("x if h_t else None", {"x", "None", "x if h_prev else None"}),
        ("zip(x, x, strict=True)", {"x"}),
    ],
)  # fmt: skip
def test_each_kind_of_mistake_is_made(line, expected):
    assert changes(f"kept = {line}") == {"pass", *(f"kept = {change}" for change in expected)}


def test_statements_are_dropped_and_those_of_a_loop_swapped():
    made = changes("for h_t in x:", "    h_prev += h_t", "    kept.append(h_prev)", "if x:", "    kept = 1.5")
    assert {"h_prev = h_t", "h_prev -= h_t", "kept.append(h_prev)", "if True:", "pass"} <= made


def test_names_are_mixed_up_with_their_like():
    assert "w = {'W_hh': h_t, 'W_hh': x}" in changes("w = {'W_xh': h_t, 'W_hh': x}")
    assert "self.fc_h2h(x)" in changes("self.fc_x2h(x)", "self.fc_h2h(x)")
    assert "zip('fico')" in changes("zip('ifco')")


def test_a_mutant_is_one_change_between_the_marks():
    cell = CELL.format("    kept = h_t * (x - 1)\n    kept = kept[1:]")
    original = ast.unparse(ast.parse(cell)).splitlines()
    for mutant in mutants(cell):
        lines = mutant.source.splitlines()
        changed = [place for place, line in enumerate(original) if line != lines[place]]
        assert len(lines) == len(original) and changed in ([2], [3])
        assert (mutant.line, mutant.change) == (original[changed[0]].strip(), lines[changed[0]].strip())


@pytest.fixture
def lesson(tmp_path: Path):
    return find_lessons(make_course(tmp_path))[0]


LISTED = """
[[running_sum]]
line = "return torch.cumsum(x, 0)"
changes = ["return torch.cumsum(x, -1)", "return torch.cumsum(x, 1)", "return torch.cumsum(x, 7)"]
why = "x has one axis."
"""


def test_what_survives_is_told_from_what_is_killed_and_from_what_is_listed(lesson, monkeypatch, capsys):
    few = [mutant for mutant in mutants(RUNNING_SUM) if "cumsum(" in mutant.change]
    monkeypatch.setattr("mutate.mutants", lambda source: [*few, Mutant("a line", "as it was", RUNNING_SUM)])
    (lesson.tests / "equivalent.toml").write_text(LISTED)
    assert measure(lesson, "running_sum") == {"killed": 1, "equivalent": 1, "SURVIVED": 1, "STALE": 2}
    assert capsys.readouterr().out.splitlines() == [
        "killed     running_sum: return torch.cumsum(x, 0)  →  return torch.cumsum(0, x)",
        "STALE      running_sum: return torch.cumsum(x, 0)  →  return torch.cumsum(x, 1)",
        "equivalent running_sum: return torch.cumsum(x, 0)  →  return torch.cumsum(x, -1)",
        "SURVIVED   running_sum: a line  →  as it was",
        "STALE      running_sum: listed, but no longer made: return torch.cumsum(x, 0)  →  return torch.cumsum(x, 7)",
    ]


def test_what_the_lessons_list_is_still_made():
    for lesson in find_lessons(PROJECT):
        for question, cell in questions(lesson).items():
            listed = set(equivalents(lesson, question))
            assert not listed or listed <= {(mutant.line, mutant.change) for mutant in mutants(cell.source)}
    listed = {
        name for path in PROJECT.glob("assignments/*/equivalent.toml") for name in tomllib.loads(path.read_text())
    }
    assert listed and listed <= {name for lesson in find_lessons(PROJECT) for name in questions(lesson)}


def test_a_mutant_that_hangs_or_ends_python_is_killed_and_the_next_one_judged(lesson):
    with Trials(lesson, "double") as trials:
        trials.patience = 1
        for body in ("while True: pass", "import os; os._exit(0)"):
            assert trials.fate(f"def double(x):\n    {body}") == "hung"
            assert trials.fate("def double(x):\n    return x + x") == "SURVIVED"
