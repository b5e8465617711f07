"""The sample problem keeps what it promises, for every size and share."""

import time

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from rnncourse.tasks import PADDING, Batch, HalvesTask, last_valid


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def sequences(batch: Batch) -> list[list[int]]:
    return [[symbol for symbol in row if symbol != PADDING] for row in batch.symbols.T.tolist()]


def changed_symbols(sequence: list[int]) -> int:
    half = len(sequence) // 2
    return sum(a != b for a, b in zip(sequence[:half], sequence[half:], strict=True))


@st.composite
def tasks(draw):
    min_half = draw(st.integers(1, 6))
    return HalvesTask(
        num_symbols=draw(st.integers(2, 12)),
        min_half=min_half,
        max_half=draw(st.integers(min_half, 8)),
        near_fraction=draw(st.sampled_from([0.0, 0.1, 0.29, 0.5, 1.0])),
    )


@settings(max_examples=150, deadline=None)
@given(task=tasks(), n=st.integers(1, 60), seed=st.integers(0, 2**32))
def test_every_batch_keeps_the_definition(task, n, seed):
    batch = task.sample(n, generator(seed))
    rows = sequences(batch)

    assert batch.targets.tolist() == [int(changed_symbols(row) == 0) for row in rows]
    assert batch.lengths.tolist() == [len(row) for row in rows]
    assert all(task.min_half <= len(row) // 2 <= task.max_half and len(row) % 2 == 0 for row in rows)
    assert all(0 <= symbol < task.num_symbols for row in rows for symbol in row)
    assert batch.targets.sum() in (n // 2, n - n // 2)
    near = sum(changed_symbols(row) == 1 for row in rows)
    promised = task.near_fraction * (n - batch.targets.sum().item())
    assert near > promised - 1
    if task.near_fraction == 1:
        assert near == promised


@settings(max_examples=60, deadline=None)
@given(task=tasks(), n=st.integers(1, 40), seed=st.integers(0, 2**32))
def test_every_batch_is_laid_out_time_first_with_zeros_after_the_end(task, n, seed):
    batch = task.sample(n, generator(seed))
    T = max(map(len, sequences(batch)))

    assert batch.symbols.shape == (T, n) and batch.x.shape == (T, n, task.num_symbols)
    assert batch.x.dtype == torch.float32
    assert {part.dtype for part in (batch.symbols, batch.lengths, batch.targets)} == {torch.int64}
    for i, row in enumerate(sequences(batch)):
        assert torch.equal(
            batch.x[: len(row), i], torch.nn.functional.one_hot(torch.tensor(row), task.num_symbols).float()
        )
        assert batch.x[len(row) :, i].count_nonzero() == 0
        assert (batch.symbols[len(row) :, i] == PADDING).all()


@settings(max_examples=60, deadline=None)
@given(task=tasks(), n=st.integers(1, 40), seed=st.integers(0, 2**32))
def test_shuffled_positives_are_negatives_in_which_every_symbol_occurs_an_even_number_of_times(task, n, seed):
    if task.min_half < 2:
        with pytest.raises(ValueError, match="min_half >= 2"):
            task.sample_shuffled(n, generator(seed))
        return
    batch = task.sample_shuffled(n, generator(seed))
    rows = sequences(batch)
    assert batch.lengths.tolist() == [len(row) for row in rows] and batch.targets.tolist() == [0] * n
    assert all(changed_symbols(row) > 0 for row in rows)
    assert all(row.count(symbol) % 2 == 0 for row in rows for symbol in row)
    assert all(task.min_half <= len(row) // 2 <= task.max_half for row in rows)
    assert torch.equal(batch.x.argmax(2)[batch.symbols != PADDING], batch.symbols[batch.symbols != PADDING])
    assert batch.x[batch.symbols == PADDING].count_nonzero() == 0


@pytest.mark.parametrize("near_fraction", [0.0, 0.29, 0.5, 1.0])
def test_the_share_of_near_negatives_is_exact_where_it_is_a_whole_number(near_fraction):
    # With halves of 30 symbols a random negative never has one change only: (1/10)^29.
    task = HalvesTask(min_half=30, max_half=30, near_fraction=near_fraction)
    rows = sequences(task.sample(200, generator(3)))
    assert sum(changed_symbols(row) == 1 for row in rows) == round(100 * near_fraction)


def test_chance_rounds_the_class_and_the_share_of_a_single_sequence():
    task = HalvesTask(min_half=30, max_half=30, near_fraction=0.5)
    source = generator(4)
    changes = [changed_symbols(sequences(task.sample(1, source))[0]) for _ in range(1000)]
    positives, near = changes.count(0), changes.count(1)
    assert 430 < positives < 570
    assert 190 < near < 310


def test_lengths_are_uniform_and_the_same_for_both_classes():
    batch = HalvesTask(near_fraction=0.5).sample(100_000, generator(5))
    for target in (0, 1):
        counts = (batch.lengths[batch.targets == target] // 2).bincount(minlength=11)
        assert counts[0] == 0
        torch.testing.assert_close(counts[1:].float(), torch.full((10,), 5000.0), atol=350, rtol=0)


def test_symbols_and_places_of_the_change_are_uniform():
    task = HalvesTask(num_symbols=4, min_half=5, max_half=5, near_fraction=1.0)
    batch = task.sample(80_000, generator(6))
    negative = batch.symbols[:, batch.targets == 0]
    changed = (negative[:5] != negative[5:]).sum(1)
    torch.testing.assert_close(changed.float(), torch.full((5,), 8000.0), atol=450, rtol=0)
    for step in batch.symbols:
        counts = step.bincount(minlength=4).float()
        torch.testing.assert_close(counts, torch.full((4,), 20_000.0), atol=700, rtol=0)


def test_random_negatives_are_uniform_over_all_unequal_halves():
    task = HalvesTask(num_symbols=2, min_half=2, max_half=2)
    batch = task.sample(48_000, generator(7))
    codes = (batch.symbols[:, batch.targets == 0] * torch.tensor([8, 4, 2, 1])[:, None]).sum(0)
    counts = codes.bincount(minlength=16)
    assert [code for code in range(16) if counts[code] == 0] == [0b0000, 0b0101, 0b1010, 0b1111]
    torch.testing.assert_close(counts[counts > 0].float(), torch.full((12,), 2000.0), atol=250, rtol=0)


def test_the_seed_decides_the_batch_and_global_state_does_not():
    task = HalvesTask(near_fraction=0.5)
    torch.manual_seed(1)
    one = task.sample(50, generator(8))
    torch.manual_seed(2)
    two = task.sample(50, generator(8))
    other = task.sample(50, generator(9))
    assert all(torch.equal(a, b) for a, b in zip(one, two, strict=True))
    assert one.symbols.shape != other.symbols.shape or not torch.equal(one.symbols, other.symbols)


def test_the_same_seed_gives_the_same_sequences_on_every_machine():
    batch = HalvesTask(near_fraction=0.5).sample(4, generator(0))
    assert sequences(batch) == [
        [3, 9, 8, 9, 1, 0, 0, 9, 3, 7, 3, 9, 8, 9, 1, 0, 0, 7, 3, 7],
        [1, 8, 4, 1, 9, 1, 5, 1, 1, 8, 4, 1, 9, 1, 5, 1],
        [6, 6, 3, 4, 6, 6, 3, 4],
        [6, 6, 6, 4, 9, 3, 2, 8, 9, 9, 5, 9, 7, 3, 1, 0],
    ]
    assert batch.targets.tolist() == [0, 1, 1, 0]


def test_a_quarter_of_a_million_sequences_take_seconds():
    task, source = HalvesTask(near_fraction=0.5), generator()
    start = time.process_time()
    for _ in range(1000):
        task.sample(250, source)
    assert time.process_time() - start < 10  # about half a second on an idle core


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"num_symbols": 1}, "at least 2 symbols"),
        ({"min_half": 0}, "1 <= min_half"),
        ({"min_half": 3, "max_half": 2}, "min_half <= max_half"),
        ({"near_fraction": 1.5}, "share in 0..1"),
        ({"near_fraction": -0.1}, "share in 0..1"),
        ({"near_fraction": float("nan")}, "share in 0..1"),
    ],
)
def test_impossible_tasks_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        HalvesTask(**arguments)


def test_an_empty_batch_is_refused():
    with pytest.raises(ValueError, match="at least one sequence"):
        HalvesTask().sample(0, generator())


def test_last_valid_reads_each_sequence_at_its_own_end():
    states = torch.arange(4 * 3 * 2.0).view(4, 3, 2)
    lengths = torch.tensor([4, 1, 3])
    expected = torch.stack([states[length - 1, i] for i, length in enumerate(lengths)])
    assert torch.equal(last_valid(states, lengths), expected)


def test_last_valid_agrees_with_a_packed_sequence_and_passes_gradients_to_the_last_steps_only():
    batch = HalvesTask().sample(17, generator(10))
    rnn = torch.nn.RNN(10, 5)
    states = rnn(batch.x)[0].detach().requires_grad_()
    packed = torch.nn.utils.rnn.pack_padded_sequence(batch.x, batch.lengths, enforce_sorted=False)
    last = last_valid(states, batch.lengths)
    torch.testing.assert_close(last, rnn(packed)[1][0])

    last.sum().backward()
    expected = torch.zeros_like(states)
    expected[batch.lengths - 1, torch.arange(17)] = 1
    assert torch.equal(states.grad, expected)


@pytest.mark.parametrize("lengths", [[0, 2], [5, 2], [-1, 4]])
def test_last_valid_refuses_lengths_outside_the_batch(lengths):
    with pytest.raises(ValueError, match=r"lengths must lie in 1\.\.4"):
        last_valid(torch.zeros(4, 2, 3), torch.tensor(lengths))
