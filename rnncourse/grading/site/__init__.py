"""The student edition as a static book: pages that any browser shows and searches without a network.

Sphinx makes the pages, myst-nb reads the notebooks, furo is the look. Nothing is run: what a cell gave is what the
instructor edition has stored.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from pathlib import Path

import nbformat

from rnncourse.grading.edition import NotReleasable, check_leaks, telling_lines
from rnncourse.grading.site.page import page
from rnncourse.slides import part

BOOK = Path(__file__).with_name("book")  # what is the same whatever the lessons: settings, start page, looks
MARK = ".buildinfo"  # Sphinx leaves it in what it has built
CONTENTS = """
```{{toctree}}
:titlesonly:

{names}
```
"""


class NoSite(ValueError):
    """Why there is no book, in one sentence."""


def build(course: Path, target: Path) -> tuple[int, str]:
    """Write the book of a course's lessons into a folder, a new one or that of an earlier book.

    Returns:
        the number of lessons, and what Sphinx warned of.

    Raises:
        NoSite: a lesson may not be released, the folder holds something else, or Sphinx failed; nothing was written.
    """
    lessons = sorted(course.glob("notebooks/*/*.ipynb"))
    if not lessons:
        raise NoSite("There is no notebooks/ASSIGNMENT/LESSON.ipynb here: run this in the course's folder.")
    if target.exists() and not (target / MARK).is_file() and (not target.is_dir() or any(target.iterdir())):
        raise NoSite(f"{target} holds something that is no book: name a new folder, or an empty one.")
    with tempfile.TemporaryDirectory() as scratch:
        sources, pages = Path(scratch, "sources"), Path(scratch, "pages")
        _write_sources(lessons, sources)
        warnings = _run_sphinx(sources, pages, Path(scratch, "doctrees"))
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(pages, target)
    return len(lessons), warnings


def _write_sources(lessons: list[Path], folder: Path) -> None:
    """Everything that Sphinx reads: no solution and no hidden test is among it."""
    files, solutions = {}, set()
    for path in lessons:
        nb = nbformat.read(path, as_version=4)
        solutions |= telling_lines(nb)
        try:
            files[path.name] = nbformat.writes(page(nb)).encode()
        except NotReleasable as error:
            raise NoSite(f"{path.parent.name}/{path.name}: {error}") from error
    try:
        check_leaks(files, solutions)
    except NotReleasable as error:
        raise NoSite(str(error)) from error
    shutil.copytree(BOOK, folder)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with (folder / "index.md").open("a", encoding="utf-8") as index:
        index.write(CONTENTS.format(names="\n".join(path.stem for path in lessons)))
    for name in ("mathjax-tex-svg-full.js", "mathjax-LICENSE"):
        (folder / "_static" / name).write_text(part(name), encoding="utf-8")


def _run_sphinx(sources: Path, pages: Path, doctrees: Path) -> str:
    try:
        from sphinx.cmd.build import build_main
    except ModuleNotFoundError:
        raise NoSite("Sphinx is not installed here: pip install -c constraints.txt -e '.[site]'") from None
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        failed = build_main(["-q", "--no-color", "-d", str(doctrees), str(sources), str(pages)])
    if failed:
        raise NoSite(f"Sphinx could not make the book: {said.getvalue().strip()}")
    return said.getvalue().replace(f"{sources}/", "")
