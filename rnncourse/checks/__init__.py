"""The visible checks: one for each graded cell, `check_NAME(NAME)`."""

from rnncourse.checks.sequences import check_label_sequence, check_one_hot, check_pad_batch

__all__ = ["check_label_sequence", "check_one_hot", "check_pad_batch"]
