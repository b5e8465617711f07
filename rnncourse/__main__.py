"""`python -m rnncourse …` is the same as `rnncourse …`."""

from rnncourse.cli import app

app(prog_name="rnncourse")
