"""Hidden tests of the overview: the types of twelve described tasks, three of each.

Each type has two tests, one for two of its three tasks and one for all of them: one misjudged task costs half of it.
"""

from rnncourse.checks.taxonomy import DESCRIBED
from rnncourse.grading.hidden import expect, graded
from rnncourse.grading.student import StudentError

TASKS = {
    "many-to-one": ["keyboard", "author", "heart"],
    "one-to-many": ["button", "photo", "signature"],
    "aligned": ["commas", "glove", "protein"],
    "unaligned": ["minutes", "backwards", "numeral"],
}
NAMES = {
    "many-to-one": "one_answer_to_all_that_was_read",
    "one-to-many": "a_sequence_from_one_thing",
    "aligned": "outputs_in_step_with_the_inputs",
    "unaligned": "outputs_of_their_own_length_or_order",
}
HINTS = {
    "many-to-one": "A sequence is read, of whatever length, and then there is one answer: one class, one word, once.",
    "one-to-many": "One thing of fixed size is given, and a sequence comes out that ends by itself. A picture is one "
    "thing.",
    "aligned": "Every input has an output of its own: the t-th output says something about the t-th input.",
    "unaligned": "Sequences on both sides, but the output has another length or order. Equal lengths don't align.",
}


def answers_of(student):
    """name → type; one misspelt name costs one task, and only an error for every task is an error."""
    answers = {}
    for name in DESCRIBED:
        try:
            answers[name] = student.task_type(name)
        except StudentError as error:
            problem = error
    if not answers:
        raise problem
    return {name: answer for name, answer in answers.items() if isinstance(answer, str)}


def share(kind, at_least):
    """The test that so many tasks of a type are recognised, by answers that aren't nearly the same for everything."""

    @graded("task_type", hint=HINTS[kind])
    def test(student):
        answers = answers_of(student)
        given = sum(answer == kind for answer in answers.values())
        expect(given <= len(DESCRIBED) // 2, f"{given} of the {len(DESCRIBED)} tasks were given this type")
        expect(any(answer in HINTS for answer in answers.values()), f"no answer is one of {', '.join(HINTS)}")
        found = sum(answers.get(name) == kind for name in TASKS[kind])
        expect(found >= at_least, f"{found} of the {len(TASKS[kind])} tasks of this type were recognised")

    return test


for kind, what in NAMES.items():
    globals()[f"test_two_tasks_with_{what}"] = share(kind, 2)
    globals()[f"test_all_tasks_with_{what}"] = share(kind, 3)
