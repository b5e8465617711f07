"""Every plot of the lessons: `plot_…` functions return a figure, `show` displays it with its text alternative."""

from rnncourse.figures.style import show

__all__ = ["show"]
