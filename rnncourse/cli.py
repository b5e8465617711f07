"""The command line. A student has `check`; with the grading half installed there is the instructor's part too."""

from __future__ import annotations

import typer

app = typer.Typer(
    help="Recurrent networks, a course module.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.callback()
def main() -> None:
    """Recurrent networks, a course module."""


try:
    from rnncourse.grading.cli import instructor
except ModuleNotFoundError as missing:  # the student edition comes without rnncourse.grading
    if not (missing.name or "").startswith("rnncourse.grading"):
        raise
else:
    app.registered_commands += instructor.registered_commands
