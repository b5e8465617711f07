"""The recipe for the container: what it installs, and that both pages that show its commands show the same.

That a class is graded in it is tried by hand: an image takes minutes and a network.
"""

from __future__ import annotations

import re

import pytest
from mini_course import PROJECT
from test_versions import METADATA

from rnncourse.grading import sandbox

RECIPE = (PROJECT / "Containerfile").read_text()
INSTRUCTIONS = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", RECIPE, flags=re.MULTILINE))
PYTHON_OF = {"debian:bookworm-slim": "3.11.2"}  # the versions of Debian 12


def commands(text: str) -> list[str]:
    return re.findall(r"^(?:#  |   ) +(docker .*)$", text, re.MULTILINE)


def test_its_python_is_one_that_the_course_supports():
    (base,) = re.findall(r"^ARG BASE=(\S+)$", INSTRUCTIONS, re.MULTILINE)
    low, high = (tuple(map(int, version.split("."))) for version in re.findall(r"[\d.]+", METADATA["requires-python"]))
    assert low <= tuple(map(int, PYTHON_OF[base].split("."))) < high


def test_it_installs_the_tested_versions_of_what_grading_needs():
    (install,) = re.findall(r"pip install (.*?) &&", INSTRUCTIONS)
    assert "--constraint constraints.txt '.[grading]'" in install
    copied = {name for line in re.findall(r"^COPY (.*) \S+$", INSTRUCTIONS, re.MULTILINE) for name in line.split()}
    assert copied == {"pyproject.toml", "constraints.txt", METADATA["readme"], "rnncourse"}
    assert "bubblewrap" in INSTRUCTIONS


def test_it_names_no_host():
    assert "://" not in RECIPE
    assert not re.search(r"\b[\w-]+\.(org|io|com|net)\b", RECIPE)


def test_the_grader_is_an_ordinary_user_without_capabilities_and_the_same_in_both_places():
    in_recipe, in_security = commands(RECIPE), commands((PROJECT / "SECURITY.md").read_text())
    assert len(in_recipe) == 2
    assert in_recipe == in_security
    assert "--network none --cap-drop ALL" in in_recipe[1]
    assert "--cap-add" not in RECIPE and "--privileged" not in RECIPE
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", INSTRUCTIONS, re.MULTILINE)


@pytest.mark.slow  # needs bubblewrap
def test_where_warm_kernels_cannot_be_isolated_one_sentence_says_so(monkeypatch):
    """A process in the sandbox is refused a namespace: here by a name that Linux doesn't have."""
    sandbox.require_warm_start.cache_clear()
    sandbox.require_warm_start()
    sandbox.require_warm_start.cache_clear()
    monkeypatch.setattr(sandbox, "OWN_NAMESPACES", ["unshare", "--user=/nowhere/namespace", "/bin/true"])
    with pytest.raises(sandbox.SandboxUnavailable, match=r"/nowhere/namespace.*or pass --cold"):
        sandbox.require_warm_start()
