"""What the tests look at, a module for each lesson.

FIGURES    name → a function that draws the figure with real or made-up data
DRAWINGS   names of the figures that are graphs or tables rather than plots: nothing to label
EXPLORERS  explorer → another value for each of its controls; every one of them must change the picture
UNSEEN     wrong answers that only the hidden tests see: the visible check shows a few cases, and these pass them
SENTENCES  (wrong answer, regular expression): what the visible check says of it
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

MODULES: list[ModuleType] = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]


def gathered(name: str) -> Any:
    """The entries of all lessons under one of the names above."""
    parts = [getattr(module, name) for module in MODULES if hasattr(module, name)]
    if isinstance(parts[0], dict):
        assert len({key for part in parts for key in part}) == sum(map(len, parts)), f"a name twice in {name}"
        return {key: value for part in parts for key, value in part.items()}
    return type(parts[0])(entry for part in parts for entry in part)
