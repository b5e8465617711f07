"""Explorers: `explore_…` returns a widget whose controls change a picture at once."""

from rnncourse.widgets.elman import explore_unrolled_network, explore_vanishing_gradient, small_run

__all__ = ["explore_unrolled_network", "explore_vanishing_gradient", "small_run"]
