"""Lesson 07."""

import torch

from rnncourse.challenge import SCALE
from rnncourse.figures import improve

WEAK = [{"random": 0.14, "near": 0.3, "longer": 0.39}, {"random": 0.25, "near": 0.33, "longer": 0.44}]
STRONG = [{"random": 0.002, "near": 0.0, "longer": 0.007}]
MISSED = torch.eye(10).flip(0) * 0.9

FIGURES = {
    "scale": lambda: improve.plot_scale({"baseline (Elman)": WEAK, "mine": STRONG}, SCALE),
    "scale, one network": lambda: improve.plot_scale({"baseline (Elman)": WEAK}, SCALE),
    "missed pairs, none": lambda: improve.plot_missed_pairs({"baseline (Elman)": MISSED, "mine": 0 * MISSED}),
    "missed pairs": lambda: improve.plot_missed_pairs({"baseline (Elman)": MISSED + 0.09, "mine": MISSED}),
}

UNSEEN = {"train_model__two_pairs_only"}
SENTENCES = [
    ("train_model__untrained", "is anything trained"),
    ("train_model__hard_coded_rule", "with random parameters"),
    ("train_model__learnt_scale_of_the_rule", "with random parameters"),
    ("train_model__too_many_parameters", "of 71,[0-9]{3} parameters; expected at most 50,000"),
    ("train_model__after_the_padding", "more padding behind it"),
    ("train_model__looks_at_its_company", "alone as in a batch"),
    ("train_model__not_a_number", "not finite"),
    ("train_model__one_logit", "shape"),
    ("train_model__returns_the_history", "returned a History; expected the trained network"),
]
