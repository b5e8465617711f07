"""The command line. A student has `check`; with the grading half installed there is the instructor's part too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:  # pytest and nbval are imported by the command that needs them
    from rnncourse.notebook_check import Verdict

app = typer.Typer(
    help="Recurrent networks, a course module.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.callback()
def main() -> None:
    """Recurrent networks, a course module."""


@app.command()
def check(notebook: Annotated[Path, typer.Argument(help="Your own notebook, saved.")]) -> None:
    """Run a notebook from the top in a fresh kernel and say which questions fit their visible checks.

    Demonstrations (long trainings, widgets) are left out. The exit status is 0 when every question fits.
    """
    from tqdm import tqdm

    from rnncourse.notebook_check import CannotCheck, check_notebook

    with tqdm(desc="cells", leave=False, disable=None) as bar:

        def on_cell(total: int) -> None:
            bar.total = total
            bar.update()

        try:
            verdicts = check_notebook(notebook, on_cell)
        except CannotCheck as problem:
            typer.echo(str(problem), err=True)
            raise typer.Exit(2) from None
    for verdict in verdicts:
        _show(verdict, max(len(verdict.question) for verdict in verdicts))
    fitting = sum(not verdict.problem for verdict in verdicts)
    graded_by = "Hidden tests grade" if any(not verdict.remark for verdict in verdicts) else "A person grades"
    typer.echo(f"\nVisible checks: {fitting} of {len(verdicts)} fit. {graded_by} more than this.")
    raise typer.Exit(0 if fitting == len(verdicts) else 1)


@app.command()
def progress(folder: Annotated[Path, typer.Argument(help="The course, or a folder in it.")] = Path()) -> None:
    """Say for all lessons what is done and what is left, by points of the visible checks, as last run and saved.

    Nothing is run: `check` does that for one notebook. The start page, start.ipynb, shows the same.
    """
    from rnncourse.progress import NoCourse, as_text, find_course
    from rnncourse.progress import progress as look

    try:
        lines = as_text(look(find_course(folder)))
    except NoCourse as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(2) from None
    for line in lines:
        typer.echo(line)


@app.command()
def slides(
    notebooks: Annotated[list[Path], typer.Argument(help="Notebooks with their outputs: nothing is run.")],
    to: Annotated[Path, typer.Option("--to", help="The folder for the slides.")] = Path("slides"),
) -> None:
    """Write each notebook as slides: one HTML file, shown by any browser, without a network.

    Arrow keys turn the pages, S opens the speaker's notes, F fills the screen; "?print-pdf" at the end of the address
    prints them. A cell's slide type says where it goes; without one, headings begin slides and long code is left out.
    """
    from rnncourse.slides import NoSlides, export

    try:
        for notebook in notebooks:
            typer.echo(f"wrote {export(notebook, to)}")
    except NoSlides as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(2) from None


def _show(verdict: Verdict, width: int) -> None:
    mark, colour = ("✗", "red") if verdict.problem else ("✓", "green")
    problem = verdict.problem or verdict.remark
    if not verdict.written:
        mark, colour, problem = "○", "yellow", "not written yet"
    typer.secho(mark, fg=colour, nl=False)
    typer.echo(f" {verdict.question:{width}}  {verdict.points:g} points   {problem}".rstrip())


try:
    from rnncourse.grading.cli import instructor
except ModuleNotFoundError as missing:  # the student edition comes without rnncourse.grading
    if not (missing.name or "").startswith("rnncourse.grading"):
        raise
else:
    app.registered_commands += instructor.registered_commands
