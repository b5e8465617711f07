"""The steps of `grade` as nbgrader's preprocessors: `nbgrader autograde` and formgrader's button use them.

nbgrader_config.py names them. The scores are those of `rnncourse grade`.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Enum, Integer, Unicode

from rnncourse.grading.execute import Limits
from rnncourse.grading.grade import prepare, run
from rnncourse.grading.lessons import Lesson
from rnncourse.grading.provisioner import START_MODES
from rnncourse.grading.sandbox import require_out_of_sight


class SubmissionExporter(NotebookExporter):
    """Reads any file as a submission, where nbconvert's own exporter would stop at what isn't a notebook."""

    def from_filename(self, filename: str, resources: ResourcesDict | None = None, **kwargs: object) -> tuple:
        resources = self._init_resources(resources)
        resources["rnncourse"] = {"path": filename}
        if self.parent._sanitizing:  # nbgrader's first pass is over the student's file, its second over ours
            return self.from_notebook_node(nbformat.v4.new_notebook(), resources=resources, **kwargs)
        return super().from_filename(filename, resources=resources, **kwargs)


class Transplant(NbGraderPreprocessor):
    """nbgrader's first pass: from the submitted file to a notebook that can be graded."""

    root = Unicode(".", help="The course folder.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        return prepare(_lesson(self.root, resources), Path(resources["rnncourse"]["path"])), resources


class SandboxedExecute(NbGraderPreprocessor):
    """nbgrader's second pass: sandboxed execution and hidden tests."""

    root = Unicode(".", help="The course folder.").tag(config=True)
    cell_seconds = Integer(Limits.cell_seconds, help="How long one cell may run.").tag(config=True)
    notebook_seconds = Integer(Limits.notebook_seconds, help="How long one notebook may run.").tag(config=True)
    start = Enum(list(START_MODES), "warm", help=f"How kernels start: {', '.join(START_MODES)}.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        if self.start != "unsafe":
            require_out_of_sight(Path(self.root))
        limits = Limits(cell_seconds=self.cell_seconds, notebook_seconds=self.notebook_seconds)
        run(nb, _lesson(self.root, resources), limits, START_MODES[self.start])
        return nb, resources


def _lesson(root: str, resources: ResourcesDict) -> Lesson:
    names = resources["nbgrader"]
    return Lesson(Path(root).absolute(), names["assignment"], names["notebook"])
