"""Lesson 01."""

import torch

from rnncourse.figures import convolution
from rnncourse.tasks import HalvesTask
from rnncourse.widgets import convolution as widgets

REACHED = torch.ones(12, 12).tril().bool()
BY_LENGTH = {length: length / 40 for length in range(2, 15, 2)}


def explore_receptive_field():
    """With a formula as its reader may have written it: wrong."""
    return widgets.explore_receptive_field(lambda kernel_size, dilations: kernel_size * sum(dilations))


FIGURES = {
    "reach": lambda: convolution.plot_reach({"padding='same'": REACHED.T, "causal": REACHED, "dilation 3": REACHED}),
    "field": lambda: convolution.plot_field(2, [1, 2, 4], 32),
    "field, many blocks": lambda: convolution.plot_field(5, [1, 4, 16, 64], 20),
    "error and field": lambda: convolution.plot_error_and_field(
        HalvesTask(3, max_half=7),
        {field: [BY_LENGTH] * 2 for field in (3, 7, 15)},
        dict.fromkeys((3, 7, 15), BY_LENGTH),
    ),
    "times": lambda: convolution.plot_times([64, 256, 1024], {"TCN": [1e-3, 2e-3, 4e-3], "loop": [2e-3, 8e-3, 3e-2]}),
    "adding": lambda: convolution.plot_adding(
        {
            "TCN, field 61": ([0, 100], [0.4, 0.01]),
            "TCN, field 29": ([0, 100], [0.4, 0.09]),
            "RNN": ([0, 100], [0.2, 0.17]),
        }
    ),
}
DRAWINGS = {"field", "field, many blocks"}

EXPLORERS = {
    explore_receptive_field: {
        "Kernel size k": 3,
        "Blocks": 4,
        "Dilations": "1, 1, 1, …",
        "Output step t": 9,
    },
}

UNSEEN = {"causal_conv__detached", "TCN__detached", "TemporalBlock__detached", "measured_field__grad_above_zero"}

SENTENCES = [
    ("causal_conv__same_padding", "future|last slice"),
    ("causal_conv__zeros_behind", "looks into the future"),
    ("causal_conv__channels_first", r"expected \(T, N, Q\)"),
    ("causal_conv__no_bias", "for x = 0: is the bias"),
    ("causal_conv__flipped", r"belongs to the last slice"),
    ("causal_conv__no_dilation", r"dilation 4: which x"),
    ("receptive_field__one_convolution", "two convolutions"),
    ("receptive_field__float", "expected the int 3"),
    ("receptive_field__powers_of_two", "need not be powers of two"),
    ("measured_field__signed_sum", "opposite sign"),
    ("measured_field__counts_the_reached", "between them count, too"),
    ("measured_field__threshold", "small influence"),
    ("TemporalBlock__no_weight_norm", "conv1 without weight normalisation"),
    ("TemporalBlock__no_one_by_one", "a 1×1 convolution with bias exactly if"),
    ("TemporalBlock__no_relu_between", "behind the first convolution"),
    ("TemporalBlock__no_second_relu", "behind the second convolution"),
    ("TemporalBlock__no_relu_at_the_end", "behind the sum"),
    ("TemporalBlock__second_not_dilated", "both convolutions have the dilation"),
    ("TCN__no_dilation", r"expected \[\(4, 5, 2, 1\), \(5, 5, 2, 2\)"),
    ("TCN__after_the_padding", "own end"),
]
