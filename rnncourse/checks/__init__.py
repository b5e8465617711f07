"""The visible checks, a module for each lesson: one for each graded cell, `check_NAME(NAME)`."""
