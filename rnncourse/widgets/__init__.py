"""Explorers, a module for each lesson: `explore_…` returns a widget whose controls change a picture at once."""
