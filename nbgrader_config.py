"""Makes this folder an nbgrader course: the lessons in notebooks/ are the source, `rnncourse` does the rest."""

from nbgrader.preprocessors import SaveCells

from rnncourse.grading.release import PREPROCESSORS

c = get_config()  # noqa: F821  (traitlets gives it)

c.CourseDirectory.course_id = "rnncourse"
c.CourseDirectory.source_directory = "notebooks"

c.GenerateAssignment.preprocessors = [*PREPROCESSORS, SaveCells]
