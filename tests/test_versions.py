"""One set of tested versions, however the course is set up: make, pip, conda, Binder."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from mini_course import PROJECT
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

METADATA = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
EXTRAS = METADATA["optional-dependencies"]
DIRECT = [
    requirement
    for requirement in map(
        Requirement, [*METADATA["dependencies"], *(line for extra in EXTRAS.values() for line in extra)]
    )
    if requirement.name != METADATA["name"]
]
PINS = {
    canonicalize_name(name): version
    for name, version in re.findall(r"^([\w.-]+)==(\S+)$", (PROJECT / "constraints.txt").read_text(), re.MULTILINE)
}
ENVIRONMENT = yaml.safe_load((PROJECT / "environment.yml").read_text())


def test_every_line_of_the_constraints_is_one_plain_pin():
    lines = [line for line in (PROJECT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert len(lines) == len(PINS) > 100
    assert not [line for line in lines if "+" in line or "@" in line or ";" in line]


@pytest.mark.parametrize("requirement", DIRECT, ids=lambda requirement: requirement.name)
def test_every_direct_dependency_is_pinned_inside_its_range_and_runs_here_at_that_version(requirement):
    pin = PINS[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(pin)
    assert SpecifierSet(f"=={pin}").contains(importlib.metadata.version(requirement.name))


def test_everything_that_a_dependency_needs_is_pinned():
    """From the installed packages' own metadata: nothing is left to the day of the installation."""
    todo, seen = [Requirement(f"{METADATA['name']}[{','.join(EXTRAS)}]")], set()
    while todo:
        requirement = todo.pop()
        if (requirement.name, *requirement.extras) in seen:
            continue
        seen.add((requirement.name, *requirement.extras))
        try:
            lines = importlib.metadata.requires(requirement.name) or []
        except importlib.metadata.PackageNotFoundError:
            continue
        for extra in [*requirement.extras, ""]:
            needed = (Requirement(line) for line in lines)
            todo += [
                r for r in needed if r.marker is None or r.marker.evaluate({**default_environment(), "extra": extra})
            ]
    names = {canonicalize_name(name) for name, *_ in seen} - {METADATA["name"]}
    assert names > {canonicalize_name(requirement.name) for requirement in DIRECT}
    assert names - PINS.keys() == set()


def test_conda_installs_the_same_versions():
    python, pip, with_pip = ENVIRONMENT["dependencies"]
    assert (ENVIRONMENT["name"], ENVIRONMENT["channels"]) == (METADATA["name"], ["conda-forge"])
    assert SpecifierSet(METADATA["requires-python"]).contains(python.removeprefix("python=") + ".0")
    assert pip == "pip"
    assert with_pip == {"pip": ["-c constraints.txt", "-e ."]}, "whatever else stands there escapes constraints.txt"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("exit 1", "is no Python 3.11 to 3.13 with the venv module"),
        (
            f'exec "{sys.executable}" -c "import sys; sys.version_info = (3, 10); exec(sys.argv.pop())" "$2"',
            "is no Python",
        ),
    ],
    ids=["broken", "too old"],
)
def test_a_python_that_will_not_do_is_named_in_one_sentence(tmp_path: Path, body: str, sentence: str):
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_bytes((PROJECT / name).read_bytes())
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{body}\n")
    python.chmod(0o755)
    result = subprocess.run(
        ["make", "setup", f"PYTHON={python}"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert result.returncode != 0
    assert sentence in result.stderr
    assert not (tmp_path / ".venv").exists()
