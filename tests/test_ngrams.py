"""The counting baseline: probabilities that add up, the formula by hand, and what is copied."""

from __future__ import annotations

import math

import pytest
import torch

from rnncourse.datasets.core import BEGIN, END, PADDING, UNKNOWN
from rnncourse.ngrams import STRENGTH, NGrams, longest_copy

A, B = 4, 5
TEXTS = [torch.tensor(text) for text in ([A, B, A, END], [A, A, END], [B, END])]


@pytest.fixture
def model() -> NGrams:
    return NGrams(TEXTS, num_symbols=6, max_order=3)


def test_the_formula_by_hand(model):
    uniform = 1 / 3
    unigram = (4 + STRENGTH * uniform) / (9 + STRENGTH)  # 9 symbols, 4 of them A
    after_a = (1 + STRENGTH * unigram) / (4 + STRENGTH)  # A is followed by B, END, A, END
    assert model.probabilities([BEGIN, A], 1)[A].item() == pytest.approx(unigram)
    assert model.probabilities([BEGIN, A], 2)[A].item() == pytest.approx(after_a)
    assert model.bits(torch.tensor([A, A]), 2)[1].item() == pytest.approx(-math.log2(after_a))


@pytest.mark.parametrize("order", [1, 2, 3])
@pytest.mark.parametrize("before", [[BEGIN], [BEGIN, A], [BEGIN, B, B, B], [BEGIN, A, B]])
def test_probabilities_are_positive_where_a_symbol_can_stand_and_add_up_to_one(model, before, order):
    p = model.probabilities(before, order)
    assert p.sum().item() == pytest.approx(1)
    assert (p[[END, A, B]] > 0).all() and not p[[PADDING, BEGIN, UNKNOWN]].any()


@pytest.mark.parametrize("order", [1, 2, 3])
def test_bits_are_those_of_the_probabilities(model, order):
    text = torch.tensor([B, A, A, B, B, END])
    bits = model.bits(text, order)
    for t in range(len(text)):
        p = model.probabilities([BEGIN, *text[:t].tolist()], order)
        assert bits[t].item() == pytest.approx(-math.log2(p[text[t]]))


def test_asking_does_not_count(model):
    before = dict(model.counts)
    model.bits(torch.tensor([B, B, B, END]), 3)
    assert dict(model.counts) == before


@pytest.mark.parametrize(
    ("written", "longest"),
    [("the cat sat", "the cat "), ("xyz", ""), ("", ""), ("a dog ran", " dog ran"), ("the dog ran", "the dog ran")],
)
def test_the_longest_copy(written, longest):
    assert longest_copy(written, "the cat ran. the dog ran.") == longest
