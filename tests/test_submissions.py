"""Who handed in what, in every layout that instructors get notebooks in."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import mini_course
import nbformat
import pytest

from rnncourse.grading.grade import prepare
from rnncourse.grading.lessons import find_lessons
from rnncourse.grading.submissions import UnusableInput, find_submissions
from rnncourse.grading.transplant import BadSubmission, read_submission

NOTEBOOK = json.dumps(mini_course.submission())
FLAT = {
    "01_mini.ipynb": None,  # whose is it?
    "alice_01_mini.ipynb": "alice",
    "Bob Miller-01_mini (2).ipynb": "Bob_Miller",
    "doejane_LATE_1234_98765_01_mini-1.ipynb": "doejane",
    "Zoë Å_77_assignsubmission_file/01_mini.ipynb": "Zoë_Å",
    "group A/heidi/01_mini.ipynb": "heidi",
    "erin/01_mini.ipynb": "erin",
    "nina/homework.ipynb": "nina",
    "__MACOSX/._frank_01_mini.ipynb": None,
    "grace/.ipynb_checkpoints/01_mini-checkpoint.ipynb": None,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return mini_course.make_course(tmp_path / "course")


def students(root: Path, *paths: Path) -> tuple[set[str], list[str]]:
    found, remarks = find_submissions(paths, find_lessons(root), root / "scratch")
    assert all(submission.lesson.notebook == mini_course.ASSIGNMENT for submission in found)
    return {submission.student for submission in found}, remarks


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_learning_platforms_export(root: Path, as_zip: bool) -> None:
    folder = root / "export"
    for name in FLAT:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(NOTEBOOK)
    path = folder
    if as_zip:
        path = root / "export.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name in FLAT:
                archive.write(folder / name, name)
    found, remarks = students(root, path)
    assert found == {student for student in FLAT.values() if student}
    assert remarks == ["01_mini.ipynb isn't graded: whose is it? Name it student_01_mini.ipynb."]


def test_a_notebook_under_another_name_is_known_by_its_questions(root: Path) -> None:
    path = root / "heidi.ipynb"
    path.write_text(NOTEBOOK)
    assert students(root, path) == ({"heidi"}, [])


def test_one_file_belongs_to_its_folder(root: Path) -> None:
    path = mini_course.hand_in(root, "mallory", NOTEBOOK)
    assert students(root, path) == ({"mallory"}, [])


def test_a_file_that_says_nothing_is_named(root: Path) -> None:
    (root / "export").mkdir()
    (root / "export" / "holiday.ipynb").write_text("{}")
    found, remarks = students(root, root / "export")
    assert not found
    assert "holiday.ipynb isn't graded" in remarks[0]


def test_nbgraders_layout_with_a_missing_and_a_renamed_notebook(root: Path) -> None:
    mini_course.hand_in(root, "ivan", NOTEBOOK)
    mini_course.hand_in(root, "judy", None)
    mini_course.hand_in(root, "ken", NOTEBOOK).rename(root / "submitted/ken/01_mini/solution.ipynb")
    found, remarks = find_submissions([root / "submitted"], find_lessons(root), root / "scratch")
    assert {submission.student: submission.path.name for submission in found} == {
        "ivan": "01_mini.ipynb",
        "judy": "01_mini.ipynb",
        "ken": "solution.ipynb",
    }
    assert not remarks


def test_handed_in_twice_counts_once(root: Path) -> None:
    for folder in ("first", "second"):
        (root / folder).mkdir()
        (root / folder / "alice_01_mini.ipynb").write_text(NOTEBOOK)
    found, remarks = students(root, root / "first", root / "second")
    assert found == {"alice"}
    assert "alice handed in 01_mini twice" in remarks[0]


def test_a_zip_writes_nothing_outside(root: Path) -> None:
    path = root / "bad.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../escaped_01_mini.ipynb", NOTEBOOK)
        archive.writestr("/absolute_01_mini.ipynb", NOTEBOOK)
        archive.writestr("good_01_mini.ipynb", NOTEBOOK)
        archive.writestr("bomb_01_mini.ipynb", bytes(101 * 2**20), zipfile.ZIP_DEFLATED)
    found, remarks = students(root, path)
    assert found == {"good"}
    assert len(remarks) == 3
    assert not list(root.parent.rglob("escaped*")) and not Path("/absolute_01_mini.ipynb").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken"])
def test_a_broken_zip_is_named(root: Path, content: bytes) -> None:
    (root / "bad.zip").write_bytes(content)
    with pytest.raises(UnusableInput, match=r"bad\.zip cannot be unpacked"):
        students(root, root / "bad.zip")


def test_a_path_that_is_nothing_is_named(root: Path) -> None:
    with pytest.raises(UnusableInput, match="no folder, notebook or zip"):
        students(root, root / "nowhere")


def test_links_and_pipes_are_not_read(root: Path) -> None:
    secret = root / "assignments" / mini_course.ASSIGNMENT / "test_mini.py"
    link, pipe = root / "link.ipynb", root / "pipe.ipynb"
    link.symlink_to(secret)
    os.mkfifo(pipe)
    with pytest.raises(BadSubmission, match="link isn't accepted"):
        read_submission(link)
    with pytest.raises(BadSubmission, match="isn't a regular file"):
        read_submission(pipe)


def test_folders_that_are_links_and_hard_links_are_not_read(root: Path) -> None:
    lesson = find_lessons(root)[0]
    victim = mini_course.hand_in(root, "ada", NOTEBOOK)
    (root / "submitted/mallory").mkdir()
    (root / "submitted/mallory" / mini_course.ASSIGNMENT).symlink_to(victim.parent)
    (root / "submitted/trudy").symlink_to(victim.parent.parent)
    (root / "submitted/eve" / mini_course.ASSIGNMENT).mkdir(parents=True)
    os.link(lesson.source, root / "submitted/eve" / mini_course.ASSIGNMENT / victim.name)
    found, _ = find_submissions([root / "submitted"], [lesson], root / "scratch")
    problems = {one.student: prepare(lesson, one.path).metadata.rnncourse.get("unreadable", "") for one in found}
    assert problems.keys() == {"ada", "mallory", "trudy", "eve"}
    assert problems["ada"] == ""
    assert "a link isn't accepted" in problems["mallory"] and "a link isn't accepted" in problems["trudy"]
    assert "hard link" in problems["eve"]


def test_notebooks_of_format_3_are_read(tmp_path: Path) -> None:
    path = tmp_path / "old.ipynb"
    nbformat.write(nbformat.convert(nbformat.from_dict(json.loads(NOTEBOOK)), 3), path, version=3)
    assert any("def double" in cell.source for cell in read_submission(path))


MOODLE = "_assignsubmission_file"


def zipped(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, NOTEBOOK)
    return path


def test_a_file_in_a_students_folder_is_theirs_whatever_it_is_called(root: Path) -> None:
    names = (f"Ada Lovelace_101{MOODLE}/01_mini.ipynb", f"Mallory_103{MOODLE}/Ada Lovelace_1_2_01_mini.ipynb")
    found, remarks = find_submissions([zipped(root / "export.zip", *names)], find_lessons(root), root / "scratch")
    assert {one.student: one.path.parent.name for one in found} == {
        "Ada_Lovelace": f"Ada Lovelace_101{MOODLE}",
        "Mallory": f"Mallory_103{MOODLE}",
    }
    assert not remarks


@pytest.mark.parametrize("style", [f"{{}}_{{}}{MOODLE}/01_mini.ipynb", "{}_{}_7_01_mini.ipynb"])
def test_students_of_one_name_are_told_apart_by_their_numbers(root: Path, style: str) -> None:
    names = [
        style.format(name, number) for name, number in (("Ada Lovelace", 101), ("Ada.Lovelace", 199), ("bob", 200))
    ]
    found, remarks = students(root, zipped(root / "export.zip", *names))
    assert found == {"Ada_Lovelace_101", "Ada_Lovelace_199", "bob"}
    assert remarks == ["Several students are called Ada_Lovelace: their numbers tell them apart."]


@pytest.mark.parametrize(
    "bad",
    [
        [f"Mallory_103{MOODLE}/{'日' * 100}_01_mini.ipynb"],
        [f"Mallory_103{MOODLE}/x.ipynb", f"Mallory_103{MOODLE}/x.ipynb/01_mini.ipynb"],
    ],
    ids=["a name that is too long", "a file and a folder of one name"],
)
def test_what_cannot_be_unpacked_costs_nobody_else_anything(root: Path, bad: list[str]) -> None:
    found, remarks = students(root, zipped(root / "export.zip", f"Ada_101{MOODLE}/01_mini.ipynb", *bad))
    assert "Ada" in found
    assert "cannot be unpacked" in remarks[0]


def test_a_damaged_member_costs_nobody_else_anything(root: Path) -> None:
    path = zipped(root / "export.zip", f"Ada_101{MOODLE}/01_mini.ipynb", f"Mallory_103{MOODLE}/01_mini.ipynb")
    content = bytearray(path.read_bytes())
    content[content.index(b"01_mini.ipynb", content.index(b"Mallory")) + 40] ^= 0xFF
    path.write_bytes(content)
    found, remarks = students(root, path)
    assert found == {"Ada"}
    assert len(remarks) == 1 and "Mallory" in remarks[0]


def test_a_folder_whose_name_is_no_text_is_named_and_left_out(root: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(root) + b"/submitted/jos\xe9/01_mini"))
    folder.mkdir(parents=True)
    (folder / "01_mini.ipynb").write_text(NOTEBOOK)
    mini_course.hand_in(root, "ada", NOTEBOOK)
    found, remarks = students(root, root / "submitted")
    assert found == {"ada"}
    assert "nbgrader cannot use this name" in remarks[0] and remarks[0].isprintable()
