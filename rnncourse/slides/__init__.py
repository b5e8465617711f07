"""A notebook as slides: one HTML file with everything in it, shown by reveal.js without a network."""

from __future__ import annotations

import gzip
from pathlib import Path

import nbformat
from nbconvert.exporters import SlidesExporter
from nbformat import NotebookNode

from rnncourse.slides.deck import deck

HERE = Path(__file__).parent


class NoSlides(ValueError):
    """Why a notebook cannot be shown as slides, in one sentence."""


def export(notebook: Path, folder: Path) -> Path:
    """Write a notebook's slides into a folder, as NAME.slides.html; returns the path of the file.

    Args:
        notebook: with its outputs, as JupyterLab saved it: nothing is run.

    Raises:
        NoSlides: it is no notebook, nothing of it is on a slide, or the folder cannot be written to.
    """
    try:
        slides = deck(nbformat.read(notebook, as_version=4))
    except OSError as error:
        raise NoSlides(f"{notebook} cannot be read ({error.strerror}).") from None
    except Exception as error:  # nbformat raises whatever the malformed document made it stumble over
        raise NoSlides(f"{notebook} cannot be read as a notebook ({type(error).__name__}).") from None
    if not slides.cells:
        raise NoSlides(f"Nothing of {notebook} is on a slide: give a cell the slide type 'slide'.")
    path = folder / f"{notebook.stem}.slides.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(_page(slides, notebook), encoding="utf-8")
    except OSError as error:
        raise NoSlides(f"The slides could not be written into {folder} ({error.strerror}).") from None
    return path


def _page(slides: NotebookNode, notebook: Path) -> str:
    """The HTML of a deck; the notebook's folder is where its pictures lie."""
    texts = [cell.source for cell in slides.cells if cell.cell_type == "markdown"]
    exporter = SlidesExporter(
        extra_template_basedirs=[str(HERE)],
        template_name="template",
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
        embed_images=any("![" in text or "<img" in text for text in texts),  # else not: it closes <details> early
    )
    title = next((text.splitlines()[0][2:] for text in texts if text.startswith("# ")), notebook.stem)
    resources = {"metadata": {"name": notebook.stem, "path": str(notebook.parent)}, "part": part, "title": title}
    return exporter.from_notebook_node(slides, resources)[0]


def part(name: str) -> str:
    """A file that goes into the page as it is."""
    packed = HERE / "files" / f"{name}.gz"
    content = gzip.decompress(packed.read_bytes()) if packed.is_file() else (HERE / "template" / name).read_bytes()
    return content.decode("utf-8").replace("</script", "<\\/script")
