"""Lesson 06, the overview."""

from rnncourse.figures import taxonomy
from rnncourse.widgets.taxonomy import explore_taxonomy

FIGURES = {
    "types": taxonomy.plot_types,
    **{f"type {kind}": lambda kind=kind: taxonomy.plot_type(kind) for kind in taxonomy.DRAW},
    "four losses": lambda: taxonomy.plot_losses({kind: [2 * 0.9**n for n in range(80)] for kind in taxonomy.DRAW}),
}
DRAWINGS = {"types", *(f"type {kind}" for kind in taxonomy.DRAW)}

EXPLORERS = {explore_taxonomy: {"Outputs come": "afterwards", "Output": "one thing", "Input": "one thing"}}

UNSEEN = {  # each type as often as it should be: the package doesn't know more
    "task_type__glove_and_keyboard_exchanged",
    "task_type__numeral_and_commas_exchanged",
    "task_type__sides_exchanged",
}
SENTENCES = [
    ("task_type__numeral_in_step", r"finds .*4 tasks aligned, 2 tasks unaligned; expected 3 of each"),
    ("task_type__capital_letters", r"returned 'Many-to-one' for 'keyboard'; expected one of 'many-to-one'"),
]
