"""The explorer of the taxonomy; its static twin is `figures.taxonomy.plot_types`."""

from __future__ import annotations

from ipywidgets import Dropdown, VBox

from rnncourse.figures.taxonomy import plot_type
from rnncourse.widgets.core import WIDE, Drawn, explorer

ONE, SEQUENCE = "one thing", "a sequence"
TASKS = {
    "many-to-one": "sentiment analysis, action recognition, DNA sequence classification (notebook 06.1)",
    "one-to-many": "text and music synthesis (06.2), motion synthesis and image captioning (06.3)",
    "aligned": "part-of-speech tagging (06.4)",
    "unaligned": "machine translation (06.5)",
    "one-to-one": "classification of images and all else that a feedforward network does. No sequence, no recurrence",
}
GRAPHS = {
    "many-to-one": "Each of x_1 to x_5 leads into a state, each state into the next one, and only h_5 into an output.",
    "one-to-many": "One x leads into h_1. Each of five states leads into an output and the next state, and each output "
    "but the last back into the next state.",
    "aligned": "Each of x_1 to x_5 leads into a state of its own, and each state into the next one and into an output.",
    "unaligned": "x_1 to x_3 are read into h_1 to h_3; from h_3 a second chain s_1 to s_4 goes on, which writes "
    "y_1 to y_4 and reads each of them again.",
    "one-to-one": "x leads into h, and h into y.",
}


def explore_taxonomy() -> VBox:
    """What goes in, what comes out, and in which order: the graph, the formula and the lecture's tasks."""
    read = Dropdown(description="Input", options=[ONE, SEQUENCE], value=SEQUENCE, style=WIDE)
    written = Dropdown(description="Output", options=[ONE, SEQUENCE], value=SEQUENCE, style=WIDE)
    order = Dropdown(description="Outputs come", options=["in step with the inputs", "afterwards"], style=WIDE)

    def draw() -> Drawn:
        if SEQUENCE == read.value == written.value:
            kind = "aligned" if order.index == 0 else "unaligned"
        else:
            kind = "-to-".join("many" if side.value == SEQUENCE else "one" for side in (read, written))
        return plot_type(kind), f"<b>{kind}</b>: {TASKS[kind]}.", f"A graph of the type {kind}. {GRAPHS[kind]}"

    return explorer(
        "Choose what goes in and what comes out. Which choices need a state at all? Which of them read what they wrote "
        "(the orange arrows)? <b>Outputs come</b> matters only where both sides are sequences.",
        [read, written, order],
        draw,
    )
