"""Hidden tests of lesson 06.1, pooling by length. What is expected comes from each sequence alone, without padding."""

import pytest
import torch
from torch.nn.utils.rnn import pad_sequence

from rnncourse.grading.hidden import assert_same, expect, graded

ALONE = {"last": lambda one: one[-1], "mean": lambda one: one.mean(0), "max": lambda one: one.amax(0)}
WAYS = pytest.mark.parametrize("how", list(ALONE))
LENGTHS = pytest.mark.parametrize("lengths", [[5, 2, 3, 1], [1, 4], [2, 7, 7, 6]])


def sequences_of(rng, lengths, Q=4, dtype=torch.float32):
    """Of each length one sequence of states (T_n, Q), all of them negative: the padding's zeros are larger."""
    return [-1 - state.abs() for state in rng.normals(*((length, Q) for length in lengths), dtype=dtype)]


def garbage_after(sequences, rng):
    """Padded with very large numbers, positive and negative."""
    states = pad_sequence(sequences)
    (garbage,) = rng.normals(tuple(states.shape), dtype=states.dtype)
    in_padding = torch.arange(len(states))[:, None] >= torch.tensor([len(one) for one in sequences])
    return torch.where(in_padding[:, :, None], 1e30 * garbage, states)


def lengths_of(sequences):
    return torch.tensor([len(one) for one in sequences])


def pooled_alone(sequences, how):
    return torch.stack([ALONE[how](one) for one in sequences])


SIZES = pytest.mark.parametrize(("T", "N", "Q"), [(6, 3, 4), (5, 1, 3), (1, 3, 2), (1, 1, 1), (4, 4, 4)])


@graded(
    "pool",
    hint='Without padding, "last" is states[-1]: time is the first axis, and (N, Q) remain, also for N = 1.',
    weight=0.5,
)
@SIZES
def test_last_without_padding(student, rng, T, N, Q):
    (states,) = rng.normals((T, N, Q))
    assert_same(student.pool(states, torch.full((N,), T), "last"), states[-1])


@graded(
    "pool",
    hint='Without padding, "mean" is the mean over the first axis: (N, Q) remain, also for N = 1 or T = 1.',
    weight=0.5,
)
@SIZES
def test_mean_without_padding(student, rng, T, N, Q):
    (states,) = rng.normals((T, N, Q))
    assert_same(student.pool(states, torch.full((N,), T), "mean"), states.mean(0))


@graded(
    "pool",
    hint='Without padding, "max" is the largest value of each unit over time: a tensor (N, Q), no indices.',
    weight=0.5,
)
@SIZES
def test_max_without_padding(student, rng, T, N, Q):
    (states,) = rng.normals((T, N, Q))
    assert_same(student.pool(states, torch.full((N,), T), "max"), states.amax(0))


@graded("pool", hint='"last": a sequence of length 3 ends at states[2], whatever the other sequences do.')
@LENGTHS
def test_last_is_at_each_sequences_own_end(student, rng, lengths):
    sequences = sequences_of(rng, lengths)
    pooled = student.pool(garbage_after(sequences, rng), lengths_of(sequences), "last")
    assert_same(pooled, pooled_alone(sequences, "last"))


@graded("pool", hint='"mean": the sum over a sequence of length 3 is divided by 3, not by T.')
@LENGTHS
def test_mean_divides_by_each_sequences_own_length(student, rng, lengths):
    sequences = sequences_of(rng, lengths)
    pooled = student.pool(pad_sequence(sequences), lengths_of(sequences), "mean")
    assert_same(pooled, pooled_alone(sequences, "mean"))


@graded("pool", hint='"max": when all states are negative, zeros of the padding, or -1e9 of a mask, must not win.')
@pytest.mark.parametrize("size", [1.0, 1e12])
@LENGTHS
def test_max_of_negative_states_is_negative(student, rng, lengths, size):
    sequences = [size * one for one in sequences_of(rng, lengths)]
    pooled = student.pool(pad_sequence(sequences), lengths_of(sequences), "max")
    assert_same(pooled, pooled_alone(sequences, "max"))


@graded(
    "pool", hint="After a sequence's end the states are not zero, they are garbage: leave them out of sum and maximum."
)
@pytest.mark.parametrize("how", ["mean", "max"])
@LENGTHS
def test_garbage_after_the_end_does_not_matter(student, rng, lengths, how):
    sequences = sequences_of(rng, lengths)
    pooled = student.pool(garbage_after(sequences, rng), lengths_of(sequences), how)
    assert_same(pooled, pooled_alone(sequences, how))


@graded(
    "pool", hint="The gradient reaches exactly the states that were pooled, and the padding gets none. No .detach()."
)
@WAYS
@LENGTHS
def test_the_gradient_goes_to_the_sequences_and_not_to_the_padding(student, rng, lengths, how):
    sequences = sequences_of(rng, lengths)
    states = garbage_after(sequences, rng)
    (cotangent,) = rng.normals((len(lengths), 4))
    parts = [one.requires_grad_() for one in sequences]
    pooled = pooled_alone(parts, how)
    expected = pad_sequence(list(torch.autograd.grad((pooled * cotangent).sum(), parts)))
    gradient = student.gradients(student.pool, states, torch.tensor(lengths), how, cotangent=cotangent).arguments[0]
    assert_same(gradient, expected)


@graded("pool", hint="States in float64 give a result in float64, with all its digits.")
@WAYS
def test_double_precision_stays(student, rng, how):
    sequences = sequences_of(rng, [5, 5, 5], dtype=torch.float64)
    states, lengths, expected = pad_sequence(sequences), lengths_of(sequences), pooled_alone(sequences, how)
    single, pooled = (student.pool(given, lengths, how) for given in (states.float(), states))
    expect(isinstance(pooled, torch.Tensor) and pooled.dtype == torch.float64, "expected a tensor in float64")
    expect(not torch.equal(pooled, pooled.float().double()), "the digits behind those of float32 are lost")
    if isinstance(single, torch.Tensor) and single.shape == expected.shape and torch.allclose(single, expected.float()):
        assert_same(pooled, expected)  # another maximum is another test's business


@graded(
    "pool", hint="The states belong to the caller, who may need them again: mask a copy, not the states themselves."
)
@WAYS
def test_the_input_stays_as_it_was(student, rng, how):
    sequences = sequences_of(rng, [3, 5, 1])
    states, lengths = garbage_after(sequences, rng), lengths_of(sequences)
    once, again, other = (student.pool(given, lengths, how) for given in (states, states, 2 * states))
    expect(all(isinstance(pooled, torch.Tensor) for pooled in (once, again, other)), "expected a tensor")
    expect(torch.equal(once, again) and not torch.equal(once, other), "what is returned doesn't depend on the states")
    states_after, lengths_after, _ = student.arguments_after(student.pool, states, lengths, how)
    expect(torch.equal(states_after, states), "the states were changed in place")
    expect(torch.equal(lengths_after, lengths), "the lengths were changed in place")
