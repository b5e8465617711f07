"""What a student and an instructor read in a graded notebook: the report of a question, and outputs made harmless."""

from __future__ import annotations

import base64
import binascii
import html
import math

import nbformat
from nbformat import NotebookNode

from rnncourse.grading.judge import TestResult, Verdict

MAX_OUTPUT_CHARACTERS = 20_000
MAX_IMAGE_BYTES = 2 * 2**20
MAX_OUTPUTS = 50
GREEN, RED = "#1b7837", "#b2182b"


def score_cell(cell: NotebookNode, verdict: Verdict) -> float:
    """Give a graded cell its score and report as outputs, in the form that nbgrader's SaveAutoGrades reads."""
    points = float(cell.metadata.nbgrader.points)
    score = round(points * verdict.share, 2)
    cell.metadata["rnncourse"] = {"tests": [_record(result) for result in verdict.results], "refused": ""}
    _set_outputs(cell, score, _text(verdict, score, points), _html(verdict, score, points))
    return score


def refuse_cell(cell: NotebookNode, reason: str) -> None:
    """Give a graded cell zero points and one sentence that says why."""
    text = f"0 of {cell.metadata.nbgrader.points:g} points. {reason}"
    cell.metadata["rnncourse"] = {"tests": [], "refused": reason}
    _set_outputs(cell, 0.0, text, f'<p style="color:{RED}">{html.escape(text)}</p>')


def _record(result: TestResult) -> dict:
    """What the pages for students and instructors are made of, without grading anything again."""
    return {
        "name": result.name,
        "title": result.title,
        "hint": result.hint,
        "weight": result.weight,
        "passed": result.passed,
        "message": "" if result.passed else _sentence(result.message),
    }


def _set_outputs(cell: NotebookNode, score: float, text: str, markup: str) -> None:
    # nbgrader counts a missing, negative or non-finite number as full points.
    if not (math.isfinite(score) and 0 <= score <= cell.metadata.nbgrader.points):
        raise ValueError(f"a score of {score} for {cell.metadata.nbgrader.points} points")
    report = nbformat.v4.new_output("display_data", {"text/plain": text, "text/html": markup})
    result = nbformat.v4.new_output("execute_result", {"text/plain": repr(score)}, execution_count=None)
    cell.outputs = [report, result]
    cell.execution_count = None


def _text(verdict: Verdict, score: float, points: float) -> str:
    lines = [_headline(verdict, score, points)]
    for result in verdict.results:
        lines.append(f"  {'✓' if result.passed else '✗'} {result.title}")
        lines += [f"      {sentence}" for sentence in _explanation(result)]
    return "\n".join(lines)


def _html(verdict: Verdict, score: float, points: float) -> str:
    rows = "".join(_row(result) for result in verdict.results)
    return (
        f"<p><b>{html.escape(_headline(verdict, score, points))}</b></p>"
        f'<table style="border-collapse:collapse;text-align:left">{rows}</table>'
    )


def _row(result: TestResult) -> str:
    mark, color = ("✓", GREEN) if result.passed else ("✗", RED)
    explanation = "".join(f"<br>{html.escape(sentence)}" for sentence in _explanation(result))
    return (
        f'<tr><td style="color:{color};vertical-align:top;padding-right:.6em"><b>{mark}</b></td>'
        f'<td style="text-align:left">{html.escape(result.title)}{explanation}</td></tr>'
    )


def _headline(verdict: Verdict, score: float, points: float) -> str:
    passed = sum(result.passed for result in verdict.results)
    return f"{score:g} of {points:g} points: {passed} of {len(verdict.results)} hidden tests passed."


def _explanation(result: TestResult) -> list[str]:
    if result.passed:
        return []
    return [sentence for sentence in (_sentence(result.message), f"Hint: {result.hint}") if sentence]


def _sentence(message: str) -> str:
    if not message:
        return ""
    message = clip(message)
    return message[0].upper() + message[1:] + ("" if message[-1] in ".?!" else ".")


def harmless(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """The outputs of a student's cell as plain text and PNG images only, bounded in size.

    HTML, JavaScript, SVG and widgets are dropped: they would run in the browser of whoever reads the feedback.
    """
    kept = [_harmless(output) for output in outputs[:MAX_OUTPUTS]]
    return [output for output in kept if output is not None]


def _harmless(output: NotebookNode) -> NotebookNode | None:
    if output.output_type == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return nbformat.v4.new_output("stream", name=name, text=clip(output.get("text", "")))
    if output.output_type == "error":
        parts = {"ename": clip(output.get("ename", ""), 100), "evalue": clip(output.get("evalue", ""), 1000)}
        return nbformat.v4.new_output("error", **parts, traceback=[clip(str(line)) for line in output.traceback[-20:]])
    data, metadata = {"text/plain": clip(output.get("data", {}).get("text/plain", ""))}, {}
    if image := _png(output.get("data", {}).get("image/png")):
        data["image/png"] = image
        metadata["image/png"] = _image_metadata(output.get("metadata", {}).get("image/png"))
    return nbformat.v4.new_output("display_data", data, metadata=metadata)


def _image_metadata(claimed: object) -> dict:
    """An image's description and size in pixels; nbconvert frames what has no description in red."""
    claimed = claimed if isinstance(claimed, dict) else {}
    sizes = {name: claimed[name] for name in ("width", "height") if type(claimed.get(name)) is int}
    return {"alt": clip(claimed.get("alt") or "A picture without a description.", 1000), **sizes}


def clip(text: object, length: int = MAX_OUTPUT_CHARACTERS) -> str:
    """Text of bounded length that can be stored as UTF-8."""
    text = str(text)
    text = text if len(text) <= length else f"{text[:length]}\n… ({len(text) - length} more characters not kept)"
    return text.encode("utf-8", "replace").decode()


def _png(data: object) -> str | None:
    """The image if it really is a PNG of reasonable size."""
    if not isinstance(data, str) or len(data) > MAX_IMAGE_BYTES:
        return None
    try:
        image = base64.b64decode(data)
    except (binascii.Error, ValueError):
        return None
    return base64.b64encode(image).decode() if image.startswith(b"\x89PNG\r\n\x1a\n") else None
