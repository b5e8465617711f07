"""The visible checks: one for each graded cell, `check_NAME(NAME)`."""
