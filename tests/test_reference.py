"""What the project measured beforehand is complete, and was measured with the settings that the lessons use."""

from __future__ import annotations

import json
import statistics

import pytest

from rnncourse import rivals
from rnncourse.reference import PATH, sample_problem, tuning

MODELS = ["Elman", "gated", "LSTM", "GRU", "TCN"]


@pytest.fixture(params=["mixed", "random", "mixed, 250k"])
def measurement(request):
    return sample_problem(request.param)


def test_every_network_was_measured_with_every_seed(measurement):
    assert len(measurement.seeds) >= 3
    for of_networks in (measurement.histories, measurement.by_length):
        assert list(of_networks) == MODELS
        assert all(len(runs) == len(measurement.seeds) for runs in of_networks.values())
    assert all(count > 0 for count in measurement.num_parameters.values())
    assert measurement.cost["Elman"] == 1


def test_errors_are_shares(measurement):
    for runs in measurement.histories.values():
        for run in runs:
            assert len(run.seen) == len(run.error) == 21
            assert run.seen[0] == 0 and run.seen[-1] == measurement.num_sequences
            assert all(0 <= error <= 1 for error in run.error)
            assert 0.4 < run.error[0] < 0.6
    for runs in measurement.by_length.values():
        for run in runs:
            assert list(run) == list(range(2, 41, 2))
            assert all(0 <= error <= 1 for error in run.values())


def test_the_lessons_train_with_the_measured_settings():
    for name, near_fraction in (("mixed", 0.5), ("random", 0.0)):
        measured = sample_problem(name)
        assert measured.task.near_fraction == near_fraction
        assert measured.num_sequences == rivals.NUM_SEQUENCES
        assert measured.learning_rates == rivals.LEARNING_RATES


@pytest.mark.parametrize("label", MODELS)
def test_each_learning_rate_is_the_best_of_those_that_were_tried(label):
    medians = {lr: statistics.median(errors) for lr, errors in tuning()[label].items()}
    assert list(medians) == sorted(medians) and len(medians) >= 5
    best = min(medians, key=medians.get)
    assert best == rivals.LEARNING_RATES[label]
    assert best not in (min(medians), max(medians))
    first = [run.error[-1] for run in sample_problem("mixed").histories[label]]
    assert tuning()[label][best] == first[: len(tuning()[label][best])]


def test_what_the_lesson_says_of_the_mixed_task_holds_for_every_seed():
    last = {label: [run.error[-1] for run in runs] for label, runs in sample_problem("mixed").histories.items()}
    assert min(last["Elman"]) > 2 * max(last["gated"])
    assert min(last["Elman"]) > 2 * max(last["GRU"])


def test_a_network_that_is_not_written_yet_is_left_out():
    assert list(rivals.rivals(GatedNet=None, GRUNet=None, TCN=None)) == ["Elman", "LSTM"]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"sample_problem\.json is missing: benchmarks/sample_problem\.py"):
        sample_problem("mixed", tmp_path / "sample_problem.json")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"measurements": {"mixed": {}}}', '{"measurements": {"mixed": 3}}']
)
def test_a_damaged_file_is_named(tmp_path, text):
    path = tmp_path / "sample_problem.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"sample_problem\.json is damaged"):
        sample_problem("mixed", path)


def test_an_unknown_measurement_is_named_with_those_there_are():
    with pytest.raises(ValueError, match=r"no measurement 'hard'.*'mixed'"):
        sample_problem("hard")


def test_the_file_says_which_torch_measured_it():
    assert json.loads(PATH.read_text())["torch"]
