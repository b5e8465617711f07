"""Training and evaluation on the sample problem."""

from __future__ import annotations

import math

import pytest
import torch
import tqdm
from torch import nn

from rnncourse.tasks import HalvesTask, last_valid
from rnncourse.training import TEST_SEED, History, _to_device_of, error_by_length, error_on_shuffled, evaluate, fit

SHORT = HalvesTask(num_symbols=4, max_half=2)


class Net(nn.Module):
    """The lesson's kind of network, over `nn.RNN`."""

    def __init__(self, dim_input: int = 4, dim_recurrent: int = 32) -> None:
        super().__init__()
        self.rnn = nn.RNN(dim_input, dim_recurrent, nonlinearity="relu")
        self.readout = nn.Linear(dim_recurrent, 2)

    def forward(self, x, lengths):
        return self.readout(last_valid(self.rnn(x)[0], lengths))


class Oracle(nn.Module):
    """Right on every sequence up to `longest`, always class 0 beyond."""

    def __init__(self, longest: int = 10**6) -> None:
        super().__init__()
        self.longest = longest
        self.unused = nn.Parameter(torch.zeros(()))
        self.seen: list[torch.Tensor] = []

    def forward(self, x, lengths):
        self.seen.append(lengths)
        answers = []
        for n, length in enumerate(lengths.tolist()):
            half = length // 2
            same = torch.equal(x[:half, n], x[half:length, n])
            answers.append([0.0, 1.0] if same and length <= self.longest else [1.0, 0.0])
        return torch.tensor(answers) + self.unused


def small_net(seed: int = 0) -> Net:
    torch.manual_seed(seed)
    return Net()


def small_fit(net: nn.Module, **options) -> History:
    return fit(net, SHORT, 640, batch_size=32, progress=False, **options)


def test_learns_and_remembers_how():
    history = fit(small_net(), SHORT, 8000, batch_size=32, lr=1e-2, progress=False)
    assert history.seen[0] == 0 and history.seen[-1] == 8000
    assert sorted(set(history.seen)) == history.seen and len(history.seen) == len(history.error) == 21
    assert len(history.loss) == len(history.gradient_norm) == 250
    assert abs(history.error[0] - 0.5) < 0.1 and history.error[-1] < 0.05


def test_the_same_seed_gives_the_same_run_whatever_happened_before():
    first = small_fit(small_net())
    net = small_net()
    torch.rand(1000)
    assert small_fit(net) == first
    assert small_fit(small_net(), seed=1) != first


def test_leaves_the_global_generator_alone():
    net = small_net()
    before = torch.random.get_rng_state()
    small_fit(net)
    assert torch.equal(torch.random.get_rng_state(), before)


@pytest.mark.parametrize("num_sequences", [1, 31, 32, 33, 100])
def test_sees_exactly_the_sequences_it_was_given(num_sequences):
    net = Oracle()
    history = fit(net, SHORT, num_sequences, batch_size=32, progress=False)
    batches = [len(lengths) for lengths in net.seen if len(lengths) <= 32]
    assert sum(batches) == history.seen[-1] == num_sequences


def test_records_the_gradients_norm_before_clipping():
    free, clipped = small_fit(small_net(), max_norm=math.inf), small_fit(small_net(), max_norm=1e-3)
    assert free.gradient_norm[0] == clipped.gradient_norm[0] > 1e-3
    assert free.gradient_norm[-1] != clipped.gradient_norm[-1]


def test_stops_when_the_loss_is_no_number():
    net = small_net()
    net.readout.bias.data[0] = math.nan
    with pytest.raises(FloatingPointError, match="nan after 32 sequences"):
        small_fit(net)


def test_the_bar_can_be_shown_and_silenced(capsys, monkeypatch):
    # Which bar it is depends on what else this process has imported: the test names the terminal's.
    monkeypatch.setattr("rnncourse.training.tqdm", tqdm.tqdm)
    fit(small_net(), SHORT, 64, batch_size=32, progress=False)
    assert capsys.readouterr().err == ""
    fit(small_net(), SHORT, 64, batch_size=32)
    assert "64/64" in capsys.readouterr().err


def test_evaluates_one_class_or_both():
    always_0 = Oracle(longest=0)
    assert evaluate(always_0, SHORT) == 0.5
    assert evaluate(always_0, SHORT, target=0) == 0
    assert evaluate(always_0, SHORT, target=1) == 1
    assert evaluate(Oracle(), SHORT, 333) == 0


def test_the_test_sequences_are_not_those_of_training():
    training = SHORT.sample(500, torch.Generator().manual_seed(0)).symbols
    testing = SHORT.sample(500, torch.Generator().manual_seed(TEST_SEED)).symbols
    assert not torch.equal(training, testing)


def test_error_by_length_evaluates_each_length_alone():
    net = Oracle(longest=6)
    errors = error_by_length(net, SHORT, halves=[1, 3, 4, 8], num_sequences=100)
    assert errors == {2: 0, 6: 0, 8: 0.5, 16: 0.5}
    assert [set(lengths.tolist()) for lengths in net.seen] == [{2}, {6}, {8}, {16}]


def test_error_by_length_keeps_the_kind_of_negatives():
    class CountsPairs(Oracle):
        """Class 1 unless more than one pair differs: right on random negatives, wrong on near ones."""

        def forward(self, x, lengths):
            half = int(lengths[0]) // 2
            differing = (x[:half] != x[half:]).any(-1).sum(0)
            return nn.functional.one_hot((differing <= 1).long(), 2).float() + self.unused

    assert error_by_length(CountsPairs(), HalvesTask(near_fraction=1), [10]) == {20: 0.5}
    assert error_by_length(CountsPairs(), HalvesTask(near_fraction=0), [10])[20] < 0.01


class Counter(nn.Module):
    """Class 1 for sequences in which every symbol occurs an even number of times."""

    def __init__(self) -> None:
        super().__init__()
        self.unused = nn.Parameter(torch.zeros(()))

    def forward(self, x, lengths):
        even = (x.sum(0) % 2 == 0).all(1).long()
        return nn.functional.one_hot(even, 2).float()


def test_shuffled_positives_tell_who_counts_from_who_compares():
    mixed = HalvesTask(near_fraction=0.5)
    assert evaluate(Counter(), mixed) < 0.02
    assert error_on_shuffled(Counter(), mixed, halves=(2, 20), num_sequences=50) == {4: 1.0, 40: 1.0}
    assert error_on_shuffled(Oracle(), mixed, halves=(2, 20), num_sequences=50) == {4: 0.0, 40: 0.0}


def test_batches_go_to_the_networks_device():
    batch = SHORT.sample(3, torch.Generator().manual_seed(0))
    assert {tensor.device.type for tensor in _to_device_of(Net().to("meta"), batch)} == {"meta"}
