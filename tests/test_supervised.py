"""Training on a dataset: reproducible, bounded, silent when asked to be, short in the short setting."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from rnncourse.datasets.core import Split
from rnncourse.recurrent_core import RecurrentCore
from rnncourse.supervised import SHORT, train
from rnncourse.tasks import last_valid


class LastSymbol(nn.Module):
    """Which of three symbols came last?"""

    def __init__(self) -> None:
        super().__init__()
        self.core = RecurrentCore(16, num_symbols=7, dim_input=8)
        self.head = nn.Linear(16, 3)

    def forward(self, symbols, lengths):
        return self.head(last_valid(self.core(symbols)[0], lengths))


@pytest.fixture(autouse=True)
def in_full(monkeypatch):
    monkeypatch.delenv(SHORT, raising=False)


@pytest.fixture
def split() -> Split:
    generator = torch.Generator().manual_seed(0)
    inputs = [torch.randint(4, 7, (1 + n % 6,), generator=generator) for n in range(100)]
    return Split("many-to-one", inputs, [one[-1] - 4 for one in inputs])


def loss(net, batch):
    return cross_entropy(net(batch.inputs, batch.lengths), batch.targets)


def small_train(split, num_updates=80, **options):
    torch.manual_seed(0)
    net = LastSymbol()
    return net, train(net, split, loss, num_updates, progress=False, lr=1e-2, **options)


def test_learns(split):
    net, losses = small_train(split)
    batch = split.batch()
    assert (net(batch.inputs, batch.lengths).argmax(1) == batch.targets).float().mean() > 0.95
    assert losses[-1] < 0.5 * losses[0]


def test_the_same_seed_gives_the_same_run(split):
    torch.manual_seed(1)
    (_, one), (_, other), (_, another) = small_train(split), small_train(split), small_train(split, seed=1)
    assert one == other != another


@pytest.mark.parametrize("num_updates", [1, 3, 4, 5, 21])
def test_makes_as_many_updates_as_asked_for(split, num_updates):
    assert len(small_train(split, num_updates)[1]) == num_updates


@pytest.mark.parametrize(("num_updates", "made"), [(1, 1), (20, 1), (21, 2), (100, 5)])
def test_the_short_setting_makes_a_twentieth(split, monkeypatch, num_updates, made):
    monkeypatch.setenv(SHORT, "1")
    assert len(small_train(split, num_updates)[1]) == made


def test_stops_when_the_loss_is_no_number(split):
    torch.manual_seed(0)
    net = LastSymbol()
    net.head.bias.data[0] = math.nan
    with pytest.raises(FloatingPointError, match="nan after 0 updates"):
        train(net, split, loss, 5, progress=False)


def test_the_network_is_ready_to_be_evaluated(split):
    assert not small_train(split)[0].training


@pytest.mark.parametrize("bidirectional", [False, True])
def test_the_core_takes_symbols_and_numbers(bidirectional):
    for core, inputs in [
        (RecurrentCore(5, num_symbols=9, bidirectional=bidirectional), torch.ones(7, 3, dtype=torch.int64)),
        (RecurrentCore(5, dim_input=2, bidirectional=bidirectional), torch.ones(7, 3, 2)),
    ]:
        states, last = core(inputs)
        assert states.shape == (7, 3, core.dim_output) == (7, 3, 5 * (1 + bidirectional))
        assert last.shape == (1 + bidirectional, 3, 5)
        again, _ = core(inputs, last)
        assert not torch.equal(again, states)
