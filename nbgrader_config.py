"""Makes this folder an nbgrader course: the lessons in notebooks/ are the source, `rnncourse` does the rest."""

import nbgrader.api
from nbgrader.preprocessors import SaveCells

from rnncourse.grading.records import newest_schema
from rnncourse.grading.release import PREPROCESSORS

c = get_config()  # noqa: F821  (traitlets gives it)

# For a new gradebook nbgrader asks `alembic`: two seconds, and not found where the environment isn't activated.
nbgrader.api.get_alembic_version = newest_schema

c.CourseDirectory.course_id = "rnncourse"
c.CourseDirectory.source_directory = "notebooks"

c.GenerateAssignment.preprocessors = [*PREPROCESSORS, SaveCells]

# `nbgrader autograde` and formgrader's button grade as `rnncourse grade` does: any file is accepted, students' code
# runs in the sandbox, and the hidden tests run outside of it.
c.Autograde.exporter_class = "rnncourse.grading.autograde.SubmissionExporter"
c.Autograde.sanitize_preprocessors = ["rnncourse.grading.autograde.Transplant"]
c.Autograde.autograde_preprocessors = [
    "rnncourse.grading.autograde.SandboxedExecute",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
]

# `nbgrader generate_feedback` and formgrader's button write the page that `rnncourse grade` writes.
c.GenerateFeedback.exporter_class = "rnncourse.grading.feedback.FeedbackExporter"
c.GenerateFeedback.preprocessors = []

# The exchange, for students who have users of their own on this machine: outside of /usr, which students' code can read
# in the sandbox. Students' own configuration names the same two (docs/instructor.md).
c.Exchange.root = "/srv/nbgrader/exchange"
c.ExchangeFactory.release_assignment = "rnncourse.grading.exchange.ReleaseAssignment"
c.ExchangeFactory.collect = "rnncourse.grading.exchange.Collect"

# Names that hold a comma, or that a spreadsheet would compute.
c.ExportApp.plugin_class = "rnncourse.grading.exports.AllGrades"
