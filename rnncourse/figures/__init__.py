"""Every plot of the lessons: `plot_…` functions return one, `show` displays it with alternative text."""

from rnncourse.figures.style import show

__all__ = ["show"]
