"""The two forms of the GRU in the explorer of lesson 05 are what it says they are."""

from __future__ import annotations

import pytest
import torch

from rnncourse.widgets.gru import NUM_STEPS, explore_reset_gate, two_forms


def difference(r: tuple[float, float], b_hh: float = 0.0) -> float:
    inside, after = two_forms(r, 0.6, b_hh)
    return float((inside - after).abs().max())


def test_the_forms_agree_where_all_units_have_one_r_and_there_is_no_second_bias():
    for r in (0.0, 0.35, 1.0):
        assert difference((r, r)) < 1e-6
    assert difference((0.0, 1.0)) > 0.2
    assert difference((1.0, 1.0), b_hh=0.5) < 1e-6
    assert difference((0.0, 0.0), b_hh=0.5) > 0.2


def test_a_muted_unit_is_read_by_nobody_and_a_deaf_one_reads_nobody():
    muted, deaf = two_forms((0.0, 1.0), 0.6)
    assert torch.equal(muted[:, 1], torch.zeros(NUM_STEPS)) and deaf[:, 1].abs().max() > 0.1
    heard, not_hearing = two_forms((1.0, 0.0), 0.6)
    assert heard[:, 1].abs().max() > 0.1 and torch.equal(not_hearing[:, 1], torch.zeros(NUM_STEPS))


@pytest.mark.parametrize("form", [0, 1])
def test_z_keeps_and_replaces(form):
    assert torch.equal(two_forms((0.5, 0.5), 1.0)[form], torch.zeros(NUM_STEPS, 2))
    replaced = two_forms((0.0, 0.0), 0.0)[form]
    assert replaced[1, 0] > 0.9 and replaced[2, 0] == 0


def test_the_sentence_says_when_the_forms_agree():
    explorer = explore_reset_gate()
    r_1, r_2, *_ = explorer.children[1].children
    sentence = explorer.children[2]
    assert "taken out of the product" not in sentence.value
    r_1.value = r_2.value
    assert sentence.value.startswith("Largest difference between the two forms: 0.00: both units have the same r")
