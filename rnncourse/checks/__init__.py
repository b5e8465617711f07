"""The visible checks: one for each graded cell, `check_NAME(NAME)`."""

from rnncourse.checks.elman import (
    check_elman_backward,
    check_elman_step,
    check_ElmanNet,
    check_jacobian_norms,
    check_unroll,
)
from rnncourse.checks.sequences import check_label_sequence, check_one_hot, check_pad_batch

__all__ = [
    "check_ElmanNet",
    "check_elman_backward",
    "check_elman_step",
    "check_jacobian_norms",
    "check_label_sequence",
    "check_one_hot",
    "check_pad_batch",
    "check_unroll",
]
