"""Hidden tests of the overview: the types of twelve described tasks, three of each.

Each type has two tests, one for two of its three tasks and one for all of them: one misjudged task costs half of it.
"""

from rnncourse.checks.taxonomy import DESCRIBED
from rnncourse.grading.hidden import expect, graded

ONE_ANSWER = "A sequence is read, of whatever length, and then there is one answer: one class, one word, once."
ONE_THING = "One thing of fixed size is given, and a sequence comes out that ends by itself. A picture is one thing."
IN_STEP = "Every input has an output of its own: the t-th output says something about the t-th input."
OF_ITS_OWN = "Sequences on both sides, but the output has another length or order. Equal lengths alone don't align."

TASKS = {
    "many-to-one": ["keyboard", "author", "heart"],
    "one-to-many": ["button", "photo", "signature"],
    "aligned": ["commas", "glove", "protein"],
    "unaligned": ["minutes", "backwards", "numeral"],
}


def expect_recognised(student, kind, at_least):
    """So many tasks of a type are recognised, by answers that aren't nearly the same for everything."""
    answers = {name: student.task_type(name) for name in DESCRIBED}
    given = sum(answer == kind for answer in answers.values() if isinstance(answer, str))
    expect(given <= len(DESCRIBED) // 2, f"{given} of the {len(DESCRIBED)} tasks were given this type")
    found = sum(isinstance(answers[name], str) and answers[name] == kind for name in TASKS[kind])
    expect(found >= at_least, f"{found} of the {len(TASKS[kind])} tasks of this type were recognised")


@graded("task_type", hint=ONE_ANSWER)
def test_two_tasks_with_one_answer_to_all_that_was_read(student):
    expect_recognised(student, "many-to-one", 2)


@graded("task_type", hint=ONE_ANSWER)
def test_all_tasks_with_one_answer_to_all_that_was_read(student):
    expect_recognised(student, "many-to-one", 3)


@graded("task_type", hint=ONE_THING)
def test_two_tasks_with_a_sequence_from_one_thing(student):
    expect_recognised(student, "one-to-many", 2)


@graded("task_type", hint=ONE_THING)
def test_all_tasks_with_a_sequence_from_one_thing(student):
    expect_recognised(student, "one-to-many", 3)


@graded("task_type", hint=IN_STEP)
def test_two_tasks_with_outputs_in_step_with_the_inputs(student):
    expect_recognised(student, "aligned", 2)


@graded("task_type", hint=IN_STEP)
def test_all_tasks_with_outputs_in_step_with_the_inputs(student):
    expect_recognised(student, "aligned", 3)


@graded("task_type", hint=OF_ITS_OWN)
def test_two_tasks_with_outputs_of_their_own_length_or_order(student):
    expect_recognised(student, "unaligned", 2)


@graded("task_type", hint=OF_ITS_OWN)
def test_all_tasks_with_outputs_of_their_own_length_or_order(student):
    expect_recognised(student, "unaligned", 3)
