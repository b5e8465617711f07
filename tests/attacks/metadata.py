"""Metadata that lies, cells that are gone, and files that are hardly notebooks."""

import copy
import json

import mini_course
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from attacks import FULL, WRONG, WRONG_DOUBLE, Attack, extra, last, with_cells

SOLUTION, CHECK, OTHER_SOLUTION, OTHER_CHECK = 2, 3, 6, 7  # places in the short lesson
RUNNING_SUM_WITH_HELPER = """
def running_sum(x):
    sums = torch.zeros_like(x)
    for t in range(len(x)):
        sums[t] = helper(x, t)
    return sums
"""


def forged(**marks: object) -> Attack:
    """A wrong answer whose cells claim something in nbgrader's metadata."""

    def edit(cells: list) -> None:
        for cell in cells:
            if "nbgrader" in cell.metadata:
                cell.metadata.nbgrader.update(marks)

    return Attack(with_cells(edit, double=WRONG), WRONG_DOUBLE, "values differ")


def tagged(*tags: str) -> Attack:
    def edit(cells: list) -> None:
        for cell in cells:
            cell.metadata["tags"] = list(tags)

    return Attack(with_cells(edit, double=WRONG), WRONG_DOUBLE, "values differ")


def with_outputs(text: str) -> Attack:
    def edit(cells: list) -> None:
        for cell in (cells[CHECK], cells[OTHER_CHECK]):
            cell.outputs = [new_output("execute_result", {"text/plain": text}, execution_count=1)]

    return Attack(with_cells(edit, double=WRONG), WRONG_DOUBLE, "values differ")


def duplicated() -> dict:
    def edit(cells: list) -> None:
        cells.insert(CHECK, copy.deepcopy(cells[SOLUTION]))
        cells[SOLUTION].source = WRONG

    return with_cells(edit)


def merged() -> dict:
    """Both answers in the first question's cell."""

    def edit(cells: list) -> None:
        cells[SOLUTION].source += "\n\n\n" + cells[OTHER_SOLUTION].source
        del cells[OTHER_SOLUTION]

    return with_cells(edit)


def renamed() -> dict:
    def edit(cells: list) -> None:
        cells[SOLUTION].metadata.nbgrader.grade_id = "running_sum"
        cells[OTHER_SOLUTION].metadata.nbgrader.grade_id = "double"

    return with_cells(edit)


def of_kernel(name: str) -> dict:
    nb = mini_course.submission(double=WRONG)
    nb.metadata.kernelspec = {"name": name, "display_name": name, "language": name}
    return nb


def as_markdown(cells: list) -> None:
    cells[SOLUTION] = new_markdown_cell(cells[SOLUTION].source, metadata=cells[SOLUTION].metadata)


def hostile_fields() -> dict:
    nb = json.loads(json.dumps(mini_course.submission()))
    nb["cells"] += [{}, {"cell_type": "code"}, {"cell_type": 7, "source": {"a": 1}}, None, 3, "x", [1]]
    nb["cells"][SOLUTION]["outputs"] = "none"
    nb["cells"][SOLUTION]["execution_count"] = {"$": 1}
    nb["cells"][CHECK]["metadata"]["nbgrader"]["points"] = "NaN"
    nb["cells"][OTHER_CHECK]["metadata"] = None
    nb["metadata"] = []
    nb["nbformat"] = 99
    return nb


def surrogates() -> str:
    nb = mini_course.submission(double="note = 'x'  # \ud800\n" + mini_course.DOUBLE)
    return json.dumps(nb)


NUMBERED = """
session = type(get_ipython().kernel.session)
send = session.send
def numbered(self, stream, kind, content=None, *rest, **named):
    if isinstance(content, dict) and "execution_count" in content:
        content["execution_count"] = "x" * 5_000_000
    return send(self, stream, kind, content, *rest, **named)
session.send = numbered
"""

ATTACKS = {
    "right": Attack(mini_course.submission(), FULL, "2 of 2 hidden tests passed"),
    "untouched": Attack(mini_course.student_version(mini_course.lesson()), 0, "There is no answer in this cell yet"),
    "claims_points": forged(points=500),
    "claims_schema_4": forged(schema_version=4),
    "is_not_graded": forged(grade=False),
    "is_no_solution": forged(solution=False),
    "is_a_manual_task": forged(task=True, grade=True, solution=True),
    "claims_a_checksum": forged(checksum="0" * 32, cell_type="markdown"),
    "renames_every_id": Attack(forged(grade_id="x").document, WRONG_DOUBLE, "values differ"),
    "ids_of_other_types": Attack(forged(grade_id=["check_double"]).document, WRONG_DOUBLE, "values differ"),
    "skip_execution": tagged("skip-execution"),
    "demo": tagged("demo"),
    "nbval_skip": tagged("nbval-skip", "raises-exception", "nbval-ignore-output"),
    "stored_score": with_outputs("6.0"),
    "stored_score_above_the_maximum": with_outputs("500.0"),
    "stored_nan": with_outputs("nan"),
    "stored_negative": with_outputs("-1"),
    "duplicate_ids": Attack(duplicated(), FULL, "2 of 2 hidden tests passed"),
    "exchanged_ids": Attack(renamed(), WRONG_DOUBLE, "isn't defined in the notebook"),
    "merged_answers": Attack(merged(), FULL, "2 of 2 hidden tests passed"),
    "no_metadata": Attack(
        with_cells(lambda cells: [cell.metadata.clear() for cell in cells]), FULL, "2 of 2 hidden tests passed"
    ),
    "deleted_check": Attack(with_cells(lambda cells: cells.pop(CHECK), double=WRONG), WRONG_DOUBLE, "values differ"),
    "deleted_answer": Attack(
        with_cells(lambda cells: cells.pop(SOLUTION)), WRONG_DOUBLE, "isn't defined in the notebook"
    ),
    "reordered": Attack(with_cells(lambda cells: cells.reverse()), FULL, "2 of 2 hidden tests passed"),
    "answer_as_markdown": Attack(with_cells(as_markdown), FULL, "2 of 2 hidden tests passed"),
    "check_that_prints_passed": Attack(
        with_cells(lambda cells: cells[CHECK].update(source="print('PASSED')\n6.0"), double=WRONG),
        WRONG_DOUBLE,
        "values differ",
    ),
    "another_kernel": Attack(of_kernel("bash"), WRONG_DOUBLE, "values differ"),
    "a_kernel_that_isnt_there": Attack(of_kernel("../../x"), WRONG_DOUBLE, "values differ"),
    "helper_in_another_cell": Attack(
        with_cells(
            lambda cells: cells.insert(6, new_code_cell("def helper(x, t):\n    return x[: t + 1].sum()")),
            running_sum=RUNNING_SUM_WITH_HELPER,
        ),
        FULL,
        "2 of 2 hidden tests passed",
    ),
    "answer_again_at_the_end": Attack(last(WRONG), FULL, "2 of 2 hidden tests passed"),
    "hostile_fields": Attack(hostile_fields(), FULL, "2 of 2 hidden tests passed"),
    "lone_surrogate": Attack(surrogates(), FULL, "2 of 2 hidden tests passed"),
    "empty_file": Attack("", 0, "stops being JSON in line 1"),
    "not_json": Attack('{"cells": [\n  {"cell_type"', 0, "stops being JSON in line 2"),
    "not_a_notebook": Attack("[1, 2, 3]", 0, "JSON but not a notebook"),
    "not_utf8": Attack(b'{"cells": ["\xff\xfe"]}', 0, "isn't text in UTF-8"),
    "utf16": Attack(json.dumps(mini_course.submission()).encode("utf-16"), 0, "isn't text in UTF-8"),
    "byte_order_mark": Attack("\ufeff" + json.dumps(mini_course.submission()), FULL, "2 of 2 hidden tests passed"),
    "deep_json": Attack("[" * 100_000 + "]" * 100_000, 0, "JSON cannot be read"),
    "number_of_many_digits": Attack('{"cells": ' + "1" * 100_000 + "}", 0, "JSON cannot be read"),
    "missing": Attack(None, 0, "No notebook was handed in"),
    "no_cells": Attack('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', 0, "is missing"),
    "two_million_characters": Attack(
        with_cells(lambda cells: cells.extend(new_code_cell("#" * 150_000) for _ in range(20))),
        0,
        "more text in its cells",
    ),
    "a_hundred_megabytes": Attack(" " * (101 * 2**20), 0, "at most 50 MB are read"),
    "a_text_as_the_number_of_a_cell": Attack(extra(NUMBERED), FULL, "2 of 2 hidden tests passed"),
    "updates_a_display_of_another_cell": Attack(
        with_cells(
            lambda cells: cells.__setitem__(
                slice(2, 2),
                [
                    new_code_cell("shown = display('working', display_id=True)"),
                    new_code_cell("shown.update('done')\ndef twice(x):\n    return 2 * x"),
                ],
            ),
            double="def double(x):\n    return twice(x)",
        ),
        FULL,
        "2 of 2 hidden tests passed",
    ),
}
