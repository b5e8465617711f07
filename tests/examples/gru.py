"""Lesson 05."""

import torch

from rnncourse.figures import gru
from rnncourse.figures.style import COLOURS
from rnncourse.widgets.gru import PULSES, explore_reset_gate, two_forms

STATES = torch.linspace(-1, 1, 120).reshape(30, 4)
RATIOS = {"gate by gate": 1.3, "fused,\nxs[t]": 5.3, "fused,\nunbind": 1.1, "nn.GRU": 1.0}
RATES = dict.fromkeys(COLOURS, 0.01)
TIMES = {50: 1.0, 100: 4.0, 200: 16.0, 400: 64.0}

FIGURES = {
    "GRU unit": gru.plot_unit,
    "both GRU units": gru.plot_two_units,
    "gate settings": lambda: gru.plot_gate_settings({f"z = {z}, r = 1": STATES for z in range(4)}, (2, 16)),
    "both forms": lambda: gru.plot_two_forms(
        {f"r = ({r:g}, 1), z = 0.6": two_forms((r, 1.0), 0.6) for r in (0.0, 0.35)}, PULSES
    ),
    "one case of both forms": lambda: gru.plot_two_forms({"r = (1, 1)": two_forms((1.0, 1.0), 0.6)}, PULSES),
    "distance of both forms": lambda: gru.plot_distance({f"weights × {s}": s * torch.rand(40) / 3 for s in (1, 2, 3)}),
    "tuning": lambda: gru.plot_tuning(
        {m: {0.001: [0.4, 0.3], 0.01: [0.1, 0.2]} for m in COLOURS if m != "baseline"}, RATES
    ),
    "speed": lambda: gru.plot_speed({"T = 20, N = 64, Q = 50": RATIOS, "T = 100, N = 64, Q = 128": RATIOS}),
    "backward time": lambda: gru.plot_backward_time({"xs[t]": TIMES, "xs.unbind(0)": TIMES}),
}
DRAWINGS = {"GRU unit", "both GRU units"}

EXPLORERS = {explore_reset_gate: {"r of unit 1": 0.5, "r of unit 2": 0.25, "z of both": 0.9, "b_hh": 0.5}}

UNSEEN = {
    "gru_step__detached",
    "torch_gru_step__no_grad",
    "count_parameters__builds_the_module",
    "convert_gru__unpacks_the_values",
    "convert_gru__detach",
    "convert_gru__through_a_module",
}

SENTENCES = [
    ("gru_step__z_the_other_way", "must keep h_prev where z_t = 1"),
    ("gru_step__torchs_form", "r_t multiplies h_prev, before W_hh"),
    ("gru_step__gates_see_the_input_only", "a wrong gate"),
    ("torch_gru_step__lectures_form", "already where b_hh = 0"),
    ("torch_gru_step__bias_not_reset", "does r_t multiply b_hh"),
    ("convert_gru__order_z_r_n", "r, z and n, in this order"),
    ("convert_gru__first_bias_only", "with these biases"),
    ("count_parameters__layers_alike", "three layers: what is the input of the second one"),
    ("GRUNet__torchs_form", "applies r_t in a wrong place"),
    ("GRUNet__second_biases", "fc_h2"),
    ("GRUNet__detached", "is the state detached between two steps"),
    ("GRUNet__after_the_padding", "is each read at its own last step"),
    ("convert_gru__in_place", r"changed the module's weights in place, namely bias_ih_l0: `b \+= c`"),
]
