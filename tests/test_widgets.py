"""The explorers: every control changes the picture at once, and Reset brings the first one back."""

from __future__ import annotations

import base64
import gc
import itertools
import re
import statistics
import time

import pytest
import torch
from examples import gathered
from ipywidgets import HTML, Button, ValueWidget, VBox

from rnncourse.widgets.elman import decay, explore_unrolled_network, explore_vanishing_gradient, small_run

OTHER_VALUES = gathered("EXPLORERS")


@pytest.fixture(params=OTHER_VALUES, ids=lambda explore: explore.__name__)
def explore(request):
    return request.param


def parts(explorer: VBox) -> tuple[dict[str, ValueWidget], Button, HTML, HTML]:
    task, controls, sentence, picture = explorer.children
    *values, reset = controls.children
    assert len(task.value.partition("</style>")[2]) > 40
    return {control.description: control for control in values}, reset, sentence, picture


def shown(picture: HTML) -> tuple[str, bytes]:
    """What the picture says in words, and its PNG."""
    words, coded = re.search(r'<img alt="([^"]+)".* src="data:image/png;base64,([^"]+)">', picture.value).groups()
    return words, base64.b64decode(coded)


def test_every_control_has_a_name_and_changes_the_picture_and_its_words(explore):
    controls, _, _, picture = parts(explore())
    assert controls.keys() == OTHER_VALUES[explore].keys()
    for name, value in OTHER_VALUES[explore].items():
        words, png = shown(picture)
        controls[name].value = value
        assert shown(picture)[0] != words
        assert shown(picture)[1] != png
        assert shown(picture)[1].startswith(b"\x89PNG")


def test_reset_brings_the_first_picture_back(explore):
    controls, reset, sentence, picture = parts(explore())
    first = picture.value, sentence.value, [control.value for control in controls.values()]
    for name, value in OTHER_VALUES[explore].items():
        controls[name].value = value
    assert picture.value != first[0]
    reset.click()
    assert (picture.value, sentence.value, [control.value for control in controls.values()]) == first


def test_two_explorers_do_not_touch_each_other(explore):
    one, other = explore(), explore()
    controls, *_ = parts(one)
    untouched = parts(other)[3].value
    for name, value in OTHER_VALUES[explore].items():
        controls[name].value = value
    assert parts(other)[3].value == untouched


def test_a_new_picture_comes_at_once(explore):
    """About 0.1 s on an idle machine; CPU time, and room for a busy one."""
    torch.set_num_threads(1)
    controls, *_ = parts(explore())
    name, other = next(iter(OTHER_VALUES[explore].items()))
    values = itertools.cycle([other, controls[name].value])
    times = []
    for value in itertools.islice(values, 10):
        start = time.process_time()
        controls[name].value = value
        times.append(time.process_time() - start)
    assert statistics.median(times) < 0.3


def test_pictures_leave_no_garbage_that_a_full_collection_must_find(explore):
    """One takes a third of a second in a notebook, and would come with every dozenth picture."""
    controls, *_ = parts(explore())
    name, other = next(iter(OTHER_VALUES[explore].items()))
    gc.collect()
    alive = len(gc.get_objects())
    for value in itertools.islice(itertools.cycle([other, controls[name].value]), 6):
        controls[name].value = value
    assert gc.isenabled()
    assert len(gc.get_objects()) < alive + 3000  # a single figure is made of more


def test_the_sentence_follows_the_steps():
    controls, _, sentence, _ = parts(explore_unrolled_network())
    said = []
    for step in range(13):
        controls["Step"].value = step
        said.append(sentence.value)
    assert len(set(said)) == 13
    assert "h<sub>0</sub> = 0" in said[0] and "Forward, t = 6" in said[6]
    assert "from the loss" in said[7] and "Backward, t = 1" in said[12]


def test_the_sentence_tells_the_norm():
    controls, _, sentence, _ = parts(explore_vanishing_gradient())
    controls["Weights"].value, controls["Spectral radius"].value = "identity", 0.5
    controls["Steps back k"].value = 2
    assert sentence.value.endswith("= 0.25")


def test_the_small_runs_gradient_vanishes_or_explodes_with_the_radius():
    weak, strong = small_run(0.5)[1], small_run(1.5)[1]
    assert weak[1].norm() < 0.05 * weak[6].norm()
    assert strong[1].norm() > strong[6].norm()
    states, gradients = small_run(1.0)
    assert states.shape == gradients.shape == (7, 3)
    assert torch.equal(states[0], torch.zeros(3))
    assert (states >= 0).all()


def test_the_identity_loses_nothing_and_a_scaled_one_the_power():
    steps = torch.arange(51, dtype=torch.float64)
    for radius in (0.8, 1.0, 1.2):
        assert torch.allclose(decay("identity", radius)[:20], radius ** steps[:20], rtol=1e-6)
    assert decay("uniform", 1.1)[50] < 1e-3
    assert decay("orthogonal", 1.0)[50] < 1e-3
