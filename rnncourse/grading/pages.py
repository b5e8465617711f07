"""HTML pages that are one file: no script, no request to anywhere, every text escaped."""

from __future__ import annotations

import base64
import re
from functools import cache
from statistics import mean, median

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from nbconvert.filters import markdown2html, strip_ansi
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer


def render(template: str, **values: object) -> str:
    """A template of `templates/` with these values; the same values give the same page."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    """Made once for all pages of a process: to make it anew costs more than a page."""
    environment = Environment(
        loader=PackageLoader("rnncourse.grading"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    lexer, formatter = PythonLexer(), HtmlFormatter()
    environment.filters.update(
        code=lambda source: Markup(highlight(source, lexer, formatter)),  # pygments escapes what it is given
        markdown=lambda text: Markup(markdown2html(text)),  # for what an instructor wrote, never a student
        plain=strip_ansi,
        mean=mean,
        median=median,
        points=lambda value: f"{round(value, 2):g}",
        breakable=lambda name: escape(name).replace("_", Markup("_<wbr>")),
        ticks=_code_between_ticks,
        sentence=lambda text: text[:1].upper() + text[1:],
        data_url=lambda png: f"data:image/png;base64,{base64.b64encode(png).decode()}",
    )
    return environment


def _code_between_ticks(text: str) -> Markup:
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(text))))
