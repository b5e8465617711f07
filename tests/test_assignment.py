"""The open-ended lesson with a small class: trained in the sandbox, read by a person, ranked."""

from __future__ import annotations

import csv
import html
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from mini_course import PROJECT
from nbgrader.api import Gradebook

from rnncourse import challenge

pytestmark = pytest.mark.slow

LESSON = "07_improve_the_sample_problem"
NOTEBOOK = f"notebooks/{LESSON}/{LESSON}.ipynb"
CHEATS = PROJECT / "assignments" / LESSON / "answers" / "wrong"
PATIENCE = 100  # seconds for a training, instead of the lesson's own

SIMPLE = """
def train_model(seed, num_sequences=80_000):
    torch.manual_seed(seed)
    net = LayerNet(nn.GRU(10, 50), 2)
    fit(net, HalvesTask(near_fraction=0.5), num_sequences, lr=1e-2, seed=seed)
    return net
"""
PAIRED = """
class Paired(nn.Module):
    def __init__(self):
        super().__init__()
        self.compare = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32))
        self.read = nn.Linear(32, 2)

    def forward(self, x, lengths):
        half, t = lengths // 2, torch.arange(len(x))[:, None]
        other = x.gather(0, (t + half).clamp(max=len(x) - 1)[..., None].expand_as(x))
        compared = self.compare(torch.cat([x, other], -1)).masked_fill((t >= half)[..., None], -1e9)
        return self.read(compared.amax(0))


def train_model(seed, num_sequences=60_000):
    torch.manual_seed(seed)
    net = Paired()
    fit(net, HalvesTask(near_fraction=0.5), num_sequences, lr=3e-3, seed=seed, progress=False)
    return net
"""
ENDLESS = """
def train_model(seed, num_sequences=1):
    while True:
        time.sleep(1)
"""
CLASS = {
    "ada": (SIMPLE, "A GRU, because three gates are enough."),
    "bola": (PAIRED, "I compare every symbol with its partner in the other half."),
    "chen": ((CHEATS / "train_model__hard_coded_rule.py").read_text(encoding="utf-8"), "It is exact."),
    "dana": (ENDLESS, None),
    "ezra": (None, None),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of this lesson alone, its class graded, and one training that never ends stopped early."""
    root = tmp_path_factory.mktemp("assignment") / "course"
    shutil.copytree(PROJECT / "rnncourse", root / "rnncourse", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("notebooks", "assignments"):
        shutil.copytree(PROJECT / folder / LESSON, root / folder / LESSON)
    for name in ("nbgrader_config.py", "pyproject.toml", "constraints.txt", "environment.yml"):
        shutil.copy(PROJECT / name, root)
    budget = root / "rnncourse" / "challenge.py"
    limit = f"TRAINING_SECONDS = {challenge.TRAINING_SECONDS}"
    assert limit in budget.read_text()
    budget.write_text(budget.read_text().replace(limit, f"TRAINING_SECONDS = {PATIENCE}"))

    rnncourse(root, "release", "../student")
    for student, answers in CLASS.items():
        nb = nbformat.read(root.parent / "student" / NOTEBOOK, as_version=4)
        for cell in nb.cells:
            question = cell.metadata.get("nbgrader", {}).get("grade_id")
            answer = dict(zip(("train_model", "explanation"), answers, strict=True)).get(question)
            cell.source = answer or cell.source
        path = root / "submitted" / student / LESSON / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(nb, path)
    rnncourse(root, "grade", "submitted", "--jobs", 2)
    return root


def rnncourse(course: Path, *arguments: object) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "rnncourse", *map(str, arguments)]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def leaderboard(course: Path) -> dict[str, dict[str, str]]:
    rnncourse(course, "leaderboard", LESSON, "--csv", "board.csv")
    with (course / "board.csv").open(newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def feedback(course: Path, student: str) -> str:
    return html.unescape((course / "feedback" / student / LESSON / f"{LESSON}.html").read_text(encoding="utf-8"))


def test_the_tests_give_what_the_network_is_worth(course: Path) -> None:
    points = {student: float(row["tests"]) for student, row in leaderboard(course).items()}
    assert 2 < points["ada"] < 16
    assert points["bola"] == 16
    assert points["chen"] == 2  # it keeps to the interface
    assert points["dana"] == points["ezra"] == 0


@pytest.mark.parametrize(
    ("student", "sentence"),
    [
        ("ada", "of the sequences were classified wrongly; this step asks for"),
        ("chen", "The answer is built in, not learnt"),
        ("dana", f"had not finished after {PATIENCE} seconds"),
        ("ezra", "There is no answer in this cell yet"),
    ],
)
def test_feedback_says_why(course: Path, student: str, sentence: str) -> None:
    assert sentence.lower() in feedback(course, student).lower()


def test_a_person_reads_the_text_and_the_code_and_has_the_last_word(course: Path) -> None:
    board = leaderboard(course)
    assert {student for student, row in board.items() if row["remark"]} == {"ada", "bola", "chen"}
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        for student, question, points in [
            ("ada", "explanation", 3),
            ("bola", "explanation", 1),
            ("bola", "check_train_model", 2),  # rule 6: no test can see that the middle was given away
            ("chen", "explanation", 0),
        ]:
            grade = book.find_grade(question, LESSON, LESSON, student)
            grade.manual_score, grade.needs_manual_grade = points, False
        comment = book.find_comment("explanation", LESSON, LESSON, "bola")
        comment.manual_comment = "Rule 6: the network did not have to find the middle."
        book.db.commit()
    rnncourse(course, "grade", "submitted")  # nothing is trained again, and nothing of this is lost

    board = leaderboard(course)
    assert not any(row["remark"] for row in board.values())
    totals = {student: float(row["total"]) for student, row in board.items()}
    assert totals == {"ada": totals["ada"], "bola": 3, "chen": 2, "dana": 0, "ezra": 0}
    assert [board[student]["rank"] for student in CLASS] == ["1", "2", "3", "4", "4"]
    assert "Rule 6: the network did not have to find the middle." in feedback(course, "bola")
    assert "1 of 4 points" in feedback(course, "bola")
