"""Hidden tests of the overview: the types of twelve described tasks, three of each."""

from rnncourse.checks.taxonomy import DESCRIBED
from rnncourse.grading.hidden import expect, graded


def judged(student, kind, names):
    """All tasks of one type are recognised, by answers that aren't one and the same for everything."""
    answers = {name: student.task_type(name) for name in DESCRIBED}
    given = {answer if isinstance(answer, str) else "no text" for answer in answers.values()}
    expect(len(given) > 1, "all tasks were given the same answer")
    found = sum(answers[name] == kind for name in names)
    expect(found == len(names), f"{found} of the {len(names)} tasks of this type were recognised")


@graded(
    "task_type",
    hint="A sequence is read, of whatever length, and then there is one answer: one class, one word, once.",
)
def test_one_answer_to_all_that_was_read(student):
    judged(student, "many-to-one", ["keyboard", "author", "heart"])


@graded(
    "task_type",
    hint="One thing of fixed size is given, and a sequence comes out that ends by itself. A picture is one thing.",
)
def test_a_sequence_from_one_thing(student):
    judged(student, "one-to-many", ["button", "photo", "signature"])


@graded("task_type", hint="Every input has an output of its own: the t-th output says something about the t-th input.")
def test_outputs_in_step_with_the_inputs(student):
    judged(student, "aligned", ["commas", "glove", "protein"])


@graded(
    "task_type",
    hint="Sequences on both sides, but the output has another length or order. Equal lengths alone don't align.",
)
def test_outputs_of_their_own_length_or_order(student):
    judged(student, "unaligned", ["minutes", "backwards", "numeral"])
