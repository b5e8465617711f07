"""Hidden tests of notebook 06_2, text and music. Expected values are worked out here, symbol by symbol."""

from typing import NamedTuple

import pytest
import torch
from torch.nn.utils.rnn import pad_sequence

from rnncourse.datasets.core import BEGIN, END, PADDING
from rnncourse.grading.hidden import assert_same, expect, graded
from rnncourse.grading.student import Handle

# teacher_forced_inputs


def targets_of(rng, lengths):
    """(T, N): random symbols, `END` and padding."""
    targets = torch.full((max(lengths), len(lengths)), PADDING)
    for n, length in enumerate(lengths):
        targets[: length - 1, n] = rng.integers(4, 30, (length - 1,))
        targets[length - 1, n] = END
    return targets


def expect_symbols_of(targets, inputs):
    """An answer that has nothing of a batch's targets has earned nothing."""
    symbols = targets[targets > END]
    read = targets.shape[1] == 1 or len(symbols) == 0 or torch.isin(inputs.long(), symbols).any()
    expect(bool(read), "the inputs hold none of the targets' symbols")


LENGTHS = pytest.mark.parametrize("lengths", [[1], [6], [1, 1], [5, 5, 5], [2, 7, 1, 4]])


@graded("teacher_forced_inputs", hint="For targets (T, N) the inputs are a tensor (T, N) of int64, too.")
@LENGTHS
def test_one_input_for_each_target(student, rng, lengths):
    targets = targets_of(rng, lengths)
    inputs = student.teacher_forced_inputs(targets)
    expect(isinstance(inputs, torch.Tensor), "expected a tensor")
    expect(inputs.shape == targets.shape, f"returned shape {tuple(inputs.shape)}; expected {tuple(targets.shape)}")
    expect(inputs.dtype == torch.int64, f"returned {inputs.dtype}; expected torch.int64")
    expect(max(lengths) == 1 or not torch.equal(inputs, targets), "the inputs are the targets themselves")
    expect_symbols_of(targets, inputs)


@graded(
    "teacher_forced_inputs", hint="Nothing has been written yet at the first step: each sequence begins with BEGIN."
)
@LENGTHS
def test_begins_with_begin(student, rng, lengths):
    inputs = student.teacher_forced_inputs(targets_of(rng, lengths))
    expect(isinstance(inputs, torch.Tensor) and inputs.dim() == 2 and len(inputs) > 0, "expected a tensor (T, N)")
    assert_same(inputs[0].long(), torch.full((len(lengths),), BEGIN))


@graded(
    "teacher_forced_inputs",
    hint="The input at step t is the target of step t − 1 of the same sequence: time is dim 0.",
    weight=2,
)
@pytest.mark.parametrize("lengths", [[6], [5, 5, 5], [2, 7, 1, 4]])
def test_then_reads_each_target_one_step_later(student, rng, lengths):
    targets = targets_of(rng, lengths)
    inputs = student.teacher_forced_inputs(targets)
    expect(isinstance(inputs, torch.Tensor) and inputs.dim() == 2, "expected a tensor (T, N)")
    for n, length in enumerate(lengths):
        expect(len(inputs) >= length and inputs.shape[1] > n, "there are fewer inputs than targets")
        assert_same(inputs[1:length, n].long(), targets[: length - 1, n])


@graded(
    "teacher_forced_inputs", hint="The loss still needs the targets: make a new tensor and leave the given one alone."
)
def test_leaves_the_targets_alone(student, rng):
    targets = targets_of(rng, [4, 2, 6])
    inputs = student.teacher_forced_inputs(targets)
    expect(isinstance(inputs, torch.Tensor), "expected a tensor")
    expect_symbols_of(targets, inputs)
    (after,) = student.arguments_after(student.teacher_forced_inputs, targets)
    assert_same(after, targets)


# sample_symbol
#
# Frequencies: NUMBER draws from one distribution, in one call. By Hoeffding's inequality the frequency of one symbol is
# further than TOLERANCE from its probability with probability at most 2 exp(−2 · 20,000 · 0.03²) = 2 exp(−36) < 5e-16.
# There are 7 distributions with 29 symbols in all: a right answer fails with probability below 2e-14.

NUMBER, TOLERANCE = 20_000, 0.03


def draw(student, logits, temperature, seed=0):
    """Two calls, one after the other, with one generator of the student's kernel."""
    twice = (
        "lambda f, logits, T, seed: (lambda g: (f(logits, T, g), f(logits, T, g)))(torch.Generator().manual_seed(seed))"
    )
    return student.evaluate(twice)(student.sample_symbol, logits, temperature, seed)


def symbols_of(drawn, shape, num_symbols):
    """As they should be, or a sentence."""
    expect(isinstance(drawn, torch.Tensor), "expected a tensor")
    expect(tuple(drawn.shape) == shape, f"returned shape {tuple(drawn.shape)}; expected {shape}")
    expect(drawn.dtype == torch.int64, f"returned {drawn.dtype}; expected torch.int64")
    expect(bool(((drawn >= 0) & (drawn < num_symbols)).all()), "returned something that is no symbol, 0..V−1")
    return drawn


def assert_frequencies(student, logits, temperature, seed):
    symbols, _ = draw(student, logits.expand(NUMBER, -1).clone(), temperature, seed)
    symbols = symbols_of(symbols.reshape(-1) if isinstance(symbols, torch.Tensor) else symbols, (NUMBER,), len(logits))
    found = torch.bincount(symbols, minlength=len(logits)) / NUMBER
    expected = (logits.double() / temperature).softmax(0)
    expect(bool((found - expected).abs().max() < TOLERANCE), "some symbols come too often and others too rarely")


@graded(
    "sample_symbol", hint="One symbol for each row of logits, as int64: (N, V) → (N,), and (V,) → (), a single one."
)
@pytest.mark.parametrize(("shape", "expected"), [((5, 7), (5,)), ((1, 4), (1,)), ((6,), ()), ((3, 1), (3,))])
@pytest.mark.parametrize("temperature", [1.0, 0.0])
def test_one_symbol_for_each_row(student, rng, shape, expected, temperature):
    (logits,) = rng.normals(shape)
    symbols_of(draw(student, logits, temperature)[0], expected, shape[-1])
    if shape[-1] > 1 and temperature == 0:
        first, last = torch.eye(shape[-1])[[0, -1]]
        drawn = [draw(student, one.expand(shape).clone(), temperature)[0] for one in (first, last)]
        expect(not torch.equal(*drawn), "the same symbols came whatever the logits were")


@graded("sample_symbol", hint="At temperature 1 each symbol comes with its softmax probability.", weight=2)
@pytest.mark.parametrize("odds", [(1, 1), (6, 1, 3), (1, 2, 3, 4, 5, 6)])
def test_temperature_one_draws_from_the_softmax(student, rng, odds):
    logits = torch.tensor(odds, dtype=torch.float32).log()[torch.randperm(len(odds), generator=rng.generator)]
    assert_frequencies(student, logits, 1.0, rng.new_seed())


@graded(
    "sample_symbol", hint="The logits are divided by the temperature, before the softmax and not after it.", weight=3
)
@pytest.mark.parametrize("temperature", [0.5, 2.0])
@pytest.mark.parametrize("odds", [(8, 1, 3), (1, 2, 3, 4, 5, 9)])
def test_temperature_sharpens_and_flattens(student, rng, odds, temperature):
    logits = torch.tensor(odds, dtype=torch.float32).log()[torch.randperm(len(odds), generator=rng.generator)]
    assert_frequencies(student, logits, temperature, rng.new_seed())


@graded(
    "sample_symbol", hint="Every row has a distribution of its own, along the last dimension, and a draw of its own."
)
def test_rows_are_drawn_each_for_itself(student, rng):
    # Two halves with opposite certainties; then rows of one distribution, which must not all get the same symbol.
    certain = torch.zeros(40, 8)
    wanted = rng.integers(0, 8, (40,))
    certain[torch.arange(40), wanted] = 80.0
    symbols, _ = draw(student, certain, 1.0)
    expect(isinstance(symbols, torch.Tensor) and symbols.numel() == 40, "expected a symbol for each of the 40 rows")
    expect(torch.equal(symbols.reshape(-1).long(), wanted), "a row did not get its own all but certain symbol")
    alike, _ = draw(student, torch.zeros(40, 8), 1.0)  # all 40 the same: probability 8^−39
    expect(isinstance(alike, torch.Tensor) and alike.numel() == 40, "expected a symbol for each of the 40 rows")
    expect(len(set(alike.reshape(-1).tolist())) > 1, "40 rows with the same logits all got the same symbol")


@graded("sample_symbol", hint="At temperature 0 there is nothing to divide by: the answer is the most probable symbol.")
@pytest.mark.parametrize(("N", "V"), [(1, 2), (20, 9)])
def test_temperature_zero_is_greedy(student, rng, N, V):
    (logits,) = rng.normals((N, V))
    symbols, _ = draw(student, logits, 0.0)
    expect(isinstance(symbols, torch.Tensor), "expected a tensor")
    assert_same(symbols.reshape(-1).long(), logits.max(-1).indices)


@graded("sample_symbol", hint="A logit of 500, or one of 20 at temperature 0.01, is beyond exp: softmax can do it.")
@pytest.mark.parametrize(("scale", "temperature"), [(500.0, 1.0), (20.0, 0.01), (-500.0, 1.0)])
def test_large_logits_and_low_temperatures(student, rng, scale, temperature):
    order = torch.stack([torch.randperm(6, generator=rng.generator) for _ in range(10)])
    logits = scale * (1 + order / 5)  # neighbours are 100, or 400 temperatures, apart
    symbols, _ = draw(student, logits, temperature)
    expect(isinstance(symbols, torch.Tensor), "expected a tensor")
    assert_same(symbols.reshape(-1).long(), logits.max(-1).indices)


@graded(
    "sample_symbol",
    hint="All chance comes from the generator that is given: it goes on, and torch's own stays as it is.",
)
def test_draws_from_the_given_generator_only(student, rng):
    logits = torch.zeros(20, 2000)  # the same 20 symbols twice by chance: probability 2000^−20
    seed = rng.new_seed()
    first, second = draw(student, logits, 1.0, seed)
    again, _ = draw(student, logits, 1.0, seed)
    other, _ = draw(student, logits, 1.0, seed + 1)
    tensors = all(isinstance(value, torch.Tensor) for value in (first, second, again, other))
    expect(tensors, "expected a tensor")
    expect(torch.equal(first, again), "the same seed gave other symbols")
    expect(not torch.equal(first, second), "two calls with one generator gave the same symbols")
    expect(not torch.equal(first, other), "another seed gave the same symbols")
    state = student.evaluate("lambda: torch.get_rng_state()")
    before, _, after = state(), draw(student, logits, 1.0), state()
    expect(torch.equal(before, after), "torch's global generator was used or seeded")


@graded("sample_symbol", hint="The network still needs its logits: divide into a new tensor, not in place.")
def test_leaves_the_logits_alone(student, rng):
    (logits,) = rng.normals((3, 5))
    keep = "lambda sample_symbol, logits: (sample_symbol(logits, 0.5, torch.Generator().manual_seed(0)), logits)"
    drawn, after = student.evaluate(keep)(student.sample_symbol, logits)
    expect(isinstance(drawn, torch.Tensor) and drawn.numel() == 3, "expected a symbol for each of the 3 rows")
    assert_same(after, logits)
    largest = student.sample_symbol(torch.eye(5)[:3], 0.05, student.evaluate("torch.Generator()"))
    expect(isinstance(largest, torch.Tensor) and largest.unique().numel() > 1, "every row got the same symbol")


# generate
#
# Two networks. The automaton has M states, and its state is one number: h' = (5 h + symbol + 1) mod M, and the next
# symbol is table[h']. Whoever forgets the state, or feeds another symbol, ends up elsewhere in the table. The reciter
# counts its steps in its state and writes a given text, whatever it reads: for how a text ends.

M, V = 41, 12
ROOM = 20  # symbols: more than any text needs


class Network(NamedTuple):
    step: Handle
    choose: Handle
    h_0: torch.Tensor
    written: list[list[int]]  # with enough room


def recite(table, h, max_length):
    """What the automaton writes from state h."""
    symbol, written = BEGIN, []
    while symbol != END and len(written) < max_length:
        h = (5 * h + symbol + 1) % M
        symbol = int(table[h])
        written.append(symbol)
    return written


def automaton(student, rng, lengths):
    """In the student's kernel, with states from which it writes texts of these lengths."""
    by_length = {}
    while not by_length.keys() >= set(lengths):
        table = rng.integers(4, V, (M,))
        table[rng.integers(0, M, (3,))] = END
        by_length = {len(text): (h, text) for h in range(M) if (text := recite(table, h, ROOM))[-1] == END}
    starts, written = zip(*(by_length[length] for length in lengths), strict=True)
    step = student.evaluate(
        "lambda symbols, h: (lambda after: (nn.functional.one_hot(table[after[0, :, 0].long()], V).float(), after))"
        "((5 * h + symbols[:, None] + 1) % M)",
        **{"table": table, "M": M, "V": V},
    )
    choose = student.evaluate("lambda logits: logits.argmax(-1)")
    return Network(step, choose, torch.tensor(starts, dtype=torch.float32)[None, :, None], list(written))


def reciter(student, rng, lengths, sign=1.0):
    """With sign −1 it marks its symbol with the smallest logit, and `choose` looks for that."""
    N = len(lengths)
    script = rng.integers(4, V, (ROOM, N))
    script[torch.tensor(lengths) - 1, torch.arange(N)] = END
    step = student.evaluate(
        "lambda symbols, h: (sign * nn.functional.one_hot(script[int(h[0, 0, 0])], V).float(), h + 1)",
        **{"script": script, "V": V, "sign": sign},
    )
    choose = student.evaluate("lambda logits: (sign * logits).argmax(-1)", sign=sign)
    return Network(
        step, choose, torch.zeros(1, N, 1), [script[:length, n].tolist() for n, length in enumerate(lengths)]
    )


def write(student, net, max_length=ROOM):
    """(T, N), what the student's loop returns."""
    symbols = student.generate(net.step, net.h_0, net.choose, max_length)
    expect(isinstance(symbols, torch.Tensor), "expected a tensor (T, N)")
    N = net.h_0.shape[1]
    right = symbols.dim() == 2 and symbols.shape[1] == N and len(symbols) > 0
    expect(right, f"returned shape {tuple(symbols.shape)}; expected (T, N) with N = {N}")
    return symbols


@graded(
    "generate",
    hint="Each step reads the symbol that was chosen before, and the state that the step before returned.",
    weight=3,
)
@pytest.mark.parametrize("lengths", [[8], [9, 6], [7, 9, 8]])
def test_keeps_the_state_and_reads_what_it_wrote(student, rng, lengths):
    # The second symbol and those behind it, up to the first END: how a sequence ends is no business of this test.
    net = automaton(student, rng, lengths)
    symbols, ahead = write(student, net), min(lengths) - 1
    for n, text in enumerate(net.written):
        expect(symbols[1:ahead, n].tolist() == text[1:ahead], "the symbols are not those of this network")


@graded("generate", hint="The first step reads BEGIN and the state h_0 that it is given, for each sequence its own.")
@pytest.mark.parametrize("lengths", [[4], [6], [3, 5], [2, 4, 7, 5]])
def test_starts_from_begin_and_h_0(student, rng, lengths):
    one_each = student.evaluate("lambda step: lambda symbols, h: step(symbols.view(h.shape[1]), h)")
    for _ in range(3):
        net = automaton(student, rng, lengths)
        net = net._replace(step=one_each(net.step))
        first = [text[0] for text in net.written]
        expect(write(student, net)[0].tolist() == first, "the first symbols are not those of this network")


@graded("generate", hint="END is written, as the last symbol of its sequence, and then nothing more: T ends there.")
@pytest.mark.parametrize("length", [1, 2, 7])
def test_stops_with_the_end(student, rng, length):
    net = reciter(student, rng, [length])
    symbols = write(student, net)
    expect(END in symbols, "there is no END")
    expect(symbols[-1].tolist() == [END], "something follows the END")
    expect(symbols[-length:, 0].tolist() == net.written[0], "the symbols before the END are not those of this network")


@graded(
    "generate", hint="Each sequence of a batch ends by itself: PADDING follows its END until the last one has ended."
)
@pytest.mark.parametrize("lengths", [[2, 6], [7, 1, 4], [5, 5]])
def test_each_sequence_to_its_own_end(student, rng, lengths):
    net = reciter(student, rng, lengths)
    symbols = write(student, net)
    for n, text in enumerate(net.written):
        own = symbols[:, n].tolist()
        expect(END in own, "a sequence has no END")
        end = own.index(END) + 1
        expect(set(own[end:]) <= {PADDING}, "something other than PADDING follows an END")
        expect(own[:end][-len(text) :] == text, "the symbols before an END are not those of this network")


@graded("generate", hint="A network that never writes END is stopped after max_length symbols.")
@pytest.mark.parametrize(("lengths", "max_length"), [([9], 4), ([3, 9], 6), ([9], 1)])
def test_never_longer_than_max_length(student, rng, lengths, max_length):
    student.patience(4)
    net = reciter(student, rng, lengths)
    symbols = write(student, net, max_length)
    expect(len(symbols) == max_length, f"returned T = {len(symbols)} with max_length = {max_length}")
    expect(symbols[0].tolist() == [text[0] for text in net.written], "the symbols are not those of this network")


@graded("generate", hint="choose gets the logits (N, V) of a step and picks the symbols: no argmax of your own.")
@pytest.mark.parametrize("lengths", [[6], [4, 6]])
def test_lets_choose_choose(student, rng, lengths):
    # An argmax picks another symbol than this network's, always.
    student.patience(4)
    net = reciter(student, rng, lengths, sign=-1.0)
    symbols = write(student, net)
    for n, text in enumerate(net.written):
        expect(text[0] in symbols[:2, n], "the symbols are not those that choose picked")


@graded("generate", hint="A tensor (T, N) of int64 as the targets of the data: END included, BEGIN not, then PADDING.")
@pytest.mark.parametrize("lengths", [[1], [6], [5, 5, 5], [2, 8, 3]])
def test_looks_like_the_targets_of_the_data(student, rng, lengths):
    net = reciter(student, rng, lengths)
    expected = pad_sequence([torch.tensor(text) for text in net.written], padding_value=PADDING)
    assert_same(write(student, net), expected)
