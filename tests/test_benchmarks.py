"""The benchmarks run, at their smallest, and their rows make the README's table."""

from __future__ import annotations

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from mini_course import PROJECT

sys.path.append(str(PROJECT / "benchmarks"))  # which is no package

import memory
import soak
import students
import table
import watch


@pytest.fixture(scope="module")
def looks(tmp_path_factory: pytest.TempPathFactory) -> list[watch.Look]:
    """From a process of its own: this one may have children, the kernels and judges of other tests."""
    course = soak.cheap_class(tmp_path_factory.mktemp("benchmarks") / "course", 1)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as fresh_process:
        return fresh_process.submit(watch.watch, course, interval=0.1).result()


def number(text: str) -> float:
    return float(text.split()[0].replace(",", ""))


def test_students_train_faster_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(students, "SIZES", ((3, 2, 4),))
    rows = students.rows(rounds=1, num_sequences=1024, num_single=8)
    assert len(rows) == len(students.NETWORKS) + 3
    assert all(number(ours) > number(other) > 0 for _, ours, other, _ in rows[: len(students.NETWORKS)])


def test_every_process_of_the_grader_is_seen(looks: list[watch.Look]) -> None:
    rows = memory.rows_of(looks)
    peaks = {what: number(ours) for what, ours, *_ in rows}
    *parts, together = peaks.values()
    assert len(parts) == len(memory.PARTS) and min(parts) > 10
    assert max(parts[1:]) < together < sum(parts[1:])


def test_the_soak_compares_two_quarters(looks: list[watch.Look]) -> None:
    rows = soak.rows_of(looks, 1)
    assert [what for what, *_ in rows] == [f"1 submissions, {name}, last and first quarter" for name in soak.MEASURES]
    assert number(next(ours for what, ours, *_ in rows if "processes" in what)) > 4


def test_what_is_left_at_the_end_is_reported(looks: list[watch.Look]) -> None:
    with pytest.raises(RuntimeError, match="1 temporary files are left"):
        soak.rows_of([*looks[:-1], watch.Look([], 1)], 1)


def test_the_readme_gets_the_table_between_its_marks() -> None:
    rows = [("speed", "2", "1", "2 ×")]
    text = f"before\n{table.BEGIN}\nan old table\n{table.END}\nafter\n"
    once = table.with_table(text, rows)
    assert once.startswith("before\n") and once.endswith("\nafter\n")
    assert "| speed | 2 | 1 | 2 × |" in once and "an old table" not in once
    assert table.with_table(once, rows) == once
    with pytest.raises(ValueError, match=table.BEGIN):
        table.with_table("no marks", rows)


def test_every_script_with_rows_is_found() -> None:
    assert {"memory", "soak", "students"} <= set(table.scripts())
    assert "sample_problem" not in table.scripts()
    readme = Path(table.README).read_text(encoding="utf-8")
    assert table.BEGIN in readme and table.END in readme
