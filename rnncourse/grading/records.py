"""nbgrader's way to record a submission, in one transaction and through a gradebook that is open already.

nbgrader commits some twenty times for a notebook, and opens the gradebook anew for each step: a tenth of a second, and
twenty waits for the disk.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from alembic.script import ScriptDirectory
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.dbutil import ALEMBIC_DIR
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades


def newest_schema() -> str:
    """The version that a new gradebook's tables have, in nbgrader's history of them."""
    return ScriptDirectory(ALEMBIC_DIR).get_current_head()


@contextlib.contextmanager
def one_transaction(gradebook: Gradebook) -> Iterator[None]:
    """What nbgrader commits in this block is committed at its end, or not at all."""
    session = gradebook.db
    commit, session.commit = session.commit, session.flush
    try:
        yield
    finally:
        session.commit = commit
    commit()


class SaveScores(SaveAutoGrades):
    """Records the scores and comments of a graded notebook."""

    def __init__(self, gradebook: Gradebook) -> None:
        super().__init__()
        self.gradebook = gradebook

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        names = resources["nbgrader"]
        self.notebook_id, self.assignment_id, self.student_id = (
            names[name] for name in ("notebook", "assignment", "student")
        )
        return NbGraderPreprocessor.preprocess(self, nb, resources)
