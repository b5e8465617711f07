"""The instructor's commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

instructor = typer.Typer()


@instructor.command()
def execute(lessons: Annotated[list[Path], typer.Argument(help="Notebooks of the instructor edition.")]) -> None:
    """Run lessons top to bottom and store their outputs, normalised."""
    from rnncourse.grading.lessons import execute as run

    for path in lessons:
        run(path)
        typer.echo(f"executed {path}")
