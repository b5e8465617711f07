"""A lesson can use what its reader wrote in another one."""

from __future__ import annotations

import nbformat
import pytest
import torch
from mini_course import ASSIGNMENT, PROJECT, submission

from rnncourse.borrow import borrow


@pytest.fixture
def notebooks(tmp_path):
    def saved(**answers):
        path = tmp_path / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(submission(**answers), path)
        return tmp_path

    return saved


def test_an_answer_is_taken_from_its_notebook_without_demonstrations_and_checks(notebooks, capsys):
    running_sum = borrow(ASSIGNMENT, "running_sum", notebooks())
    assert torch.equal(running_sum(torch.ones(3)), torch.tensor([1.0, 2.0, 3.0]))
    assert capsys.readouterr().out == ""


def test_an_answer_may_use_what_stands_above_it(notebooks):
    source = "factor = 2\ndef double(x):\n    return factor * x"
    assert borrow(ASSIGNMENT, "double", notebooks(double=source))(3) == 6


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ('def double(x):\n    raise NotImplementedError("…")', "double is not written yet in lesson 01_mini"),
        ("def double(x)\n    return", "its notebook raised SyntaxError"),
        ("def twice(x):\n    return 2 * x", "its notebook raised KeyError: 'double'"),
    ],
)
def test_what_cannot_be_used_is_left_out_with_a_sentence(notebooks, capsys, source, sentence):
    assert borrow(ASSIGNMENT, "double", notebooks(double=source)) is None
    assert sentence in capsys.readouterr().out


def test_a_wrong_name_is_an_error(notebooks):
    with pytest.raises(ValueError, match="has no question triple"):
        borrow(ASSIGNMENT, "triple", notebooks())
    with pytest.raises(FileNotFoundError, match=r"there is no .*02_mini\.ipynb"):
        borrow("02_mini", "double", notebooks())


def test_a_real_lessons_network_can_be_borrowed():
    net = borrow("02_elman", "ElmanNet", PROJECT / "notebooks")(10, 50, 2)
    assert net(torch.zeros(4, 3, 10), torch.tensor([4, 2, 1])).shape == (3, 2)
