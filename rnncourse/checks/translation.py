"""The visible checks of notebook 06_5: scripted decoders, and `nn.GRU` for the translator."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import torch
from torch import Generator, Tensor, nn
from torch.nn.functional import one_hot
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

from rnncourse.checks.core import Attempt, shown
from rnncourse.datasets.core import BEGIN, END, PADDING

A, B, C = 4, 5, 6  # symbols
NAMES = {PADDING: "PADDING", BEGIN: "BEGIN", END: "END", A: "A", B: "B", C: "C"}


def check_greedy_decode(greedy_decode: Callable) -> None:
    attempt = Attempt("greedy_decode", greedy_decode)
    decode = _Decoding(attempt)
    decode.expect(
        _automaton({BEGIN: A, A: END}),
        [[A], [END]],
        "where BEGIN is followed by A and A by END: BEGIN is fed first and not returned, END is returned last.",
    )
    decode.expect(
        _automaton({BEGIN: B, B: C, C: A, A: END}),
        [[B, B], [C, C], [A, A], [END, END]],
        "where each symbol follows from the one fed: is its own symbol, the argmax, fed at the next step?",
    )
    decode.expect(
        _script([[A, B], [B, B], [C, A], [END, END]]),
        [[A, B], [B, B], [C, A], [END, END]],
        "whose state counts the steps: does each step get the state that the step before returned?",
    )
    decode.expect(
        _script([[A, B], [B, B], [C, A], [END, END]]),
        [[C, A], [END, END]],
        "that starts from another state: does the first step get the state that is given?",
        start=2,
    )
    decode.expect(
        _script([[A, END, B], [END, C, B], [A, C, B], [C, A, END]]),
        [[A, END, B], [END, PADDING, B], [PADDING, PADDING, B], [PADDING, PADDING, END]],
        "whose sequences end at different steps: END is the last symbol of each, and PADDING stands behind it.",
    )
    decode.expect(_script([[END], [A]]), [[END]], "that writes END at once: an empty sequence is one, too.")
    for max_length in (1, 3):
        decode.expect(
            _script([[A, B]]),
            [[A, B]] * max_length,
            f"that never ends, with {max_length=}: it stops after so many symbols.",
            max_length=max_length,
        )
    attempt.passed("BEGIN first, its own symbols and states, each sequence's end, at once and never")


class _Decoding:
    """Calls an answer with a scripted decoder and compares what it writes."""

    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt

    def expect(
        self, step: Callable, expected: list[list[int]], which: str, *, start: int = 0, max_length: int = 9
    ) -> None:
        N = len(expected[0])
        symbols = self.attempt(_patient(step), torch.full((1, N, 1), float(start)), N, max_length)
        rows = f"(T', N) with N = {N}"
        self.attempt.expect(isinstance(symbols, Tensor), f"returned {shown(symbols)}; expected a tensor {rows}.")
        self.attempt.expect(
            symbols.dim() == 2 and symbols.shape[1] == N, f"returned shape {tuple(symbols.shape)}; expected {rows}."
        )
        self.attempt.expect(
            symbols.dtype == torch.int64, f"returned {symbols.dtype}; expected torch.int64, as codes are."
        )
        self.attempt.expect(
            len(symbols) <= len(expected) or symbols[: len(expected)].tolist() != expected,
            f"wrote {len(symbols)} symbols where {len(expected)} would do, with {max_length=}: it stops when all "
            "sequences have ended, or have max_length symbols.",
        )
        self.attempt.expect(
            symbols.tolist() == expected,
            f"returned {_words(symbols.tolist())}, expected {_words(expected)}, step by step, for a decoder {which}",
        )


def check_Translator(Translator: Callable) -> None:
    attempt = Attempt("Translator", Translator)
    generator = Generator().manual_seed(0)
    for num_source, num_target, Q, lengths, num_steps in [(9, 12, 5, [3, 5, 1], 4), (8, 6, 3, [1], 1)]:
        net = attempt(num_source, num_target, Q)
        attempt.expect(isinstance(net, nn.Module), "is not an nn.Module: does the class inherit from it?")
        _expect_parts(attempt, net, num_source, num_target, Q)
        source = [torch.randint(4, num_source, (length,), generator=generator) for length in lengths]
        source, N = pad_sequence(source, padding_value=PADDING), len(lengths)
        inputs = torch.randint(4, num_target, (num_steps, N), generator=generator)
        _check_forward(net, source, torch.tensor(lengths), inputs, num_target)
        _check_decode(net, source, torch.tensor(lengths), inputs, num_target)
    attempt.passed("its parts, the logits, the source's ends, one step after the other, gradients everywhere")


def _expect_parts(attempt: Attempt, net: nn.Module, num_source: int, num_target: int, Q: int) -> None:
    def sizes(weights: Callable[[], Tensor]) -> tuple[int, ...]:
        try:
            return tuple(weights().shape)
        except AttributeError:
            return ()

    for name, weights, expected in [
        ("encoder", lambda: net.encoder.gru.weight_hh_l0, (3 * Q, Q)),
        ("decoder", lambda: net.decoder.gru.weight_hh_l0, (3 * Q, Q)),
        ("encoder.embedding", lambda: net.encoder.embedding.weight, (num_source, 32)),
        ("decoder.embedding", lambda: net.decoder.embedding.weight, (num_target, 32)),
        ("head", lambda: net.head.weight, (num_target, Q)),
    ]:
        attempt.expect(
            sizes(weights) == expected,
            f"should have a part {name} with weights {expected} for {num_source=}, {num_target=}, dim_recurrent={Q}, "
            f"but has {sizes(weights) or 'none of that name'}: encoder and decoder are RecurrentCores.",
        )


def _check_forward(net: nn.Module, source: Tensor, lengths: Tensor, inputs: Tensor, num_target: int) -> None:
    forward = Attempt("Translator.forward", net)
    logits = forward(source, lengths, inputs)
    forward.expect_tensor(logits, (*inputs.shape, num_target), "(T', N, V)", hint="One prediction for each input.")
    packed = pack_padded_sequence(net.encoder.embedding(source), lengths, enforce_sorted=False)
    first = net.encoder.gru(packed)[1]
    expected = net.head(net.decoder.gru(net.decoder.embedding(inputs), first)[0])
    longest = int(lengths.argmax())
    forward.expect_same(
        logits[:, longest],
        expected[:, longest],
        "does not give the head's plain logits for the states of a decoder that starts from the encoder's last state.",
    )
    forward.expect_same(
        logits,
        expected,
        f"is right for the longest source and not for all, with {lengths.tolist()=}: does each one's state "
        "come from its own last symbol?",
    )
    forward.expect_gradients(logits.square(), net)


def _check_decode(net: nn.Module, source: Tensor, lengths: Tensor, inputs: Tensor, num_target: int) -> None:
    expected = net(source, lengths, inputs)
    decode = Attempt("Translator.decode", net.decode)
    state = Attempt("Translator.encode", net.encode)(source, lengths)
    for t in range(len(inputs)):
        logits, state = decode.expect_tuple(decode(inputs[t : t + 1], state), ("logits", "state"))
        decode.expect_tensor(logits, (1, inputs.shape[1], num_target), "(T', N, V)", what="logits")
        decode.expect_same(
            logits[0],
            expected[t],
            "gives other logits one input at a time: is the state it returns the one behind them?",
        )


def _patient(step: Callable) -> Callable:
    """The same decoder, which refuses to go on forever."""
    calls = count(1)

    def counted(symbols: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        if next(calls) > 50:
            raise RuntimeError("the decoder was asked for more than 50 symbols, does the loop stop at max_length?")
        return step(symbols, state)

    return counted


def _automaton(follows: dict[int, int]) -> Callable:
    """A decoder without memory: what it writes depends on the symbol that it is fed. Its logits are negative."""

    def step(symbols: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        return one_hot(torch.tensor([follows.get(int(symbol), END) for symbol in symbols]), 7).float() - 3, state

    return step


def _script(symbols: list[list[int]]) -> Callable:
    """A decoder that writes these rows one after the other, whatever it is fed; its state counts the steps."""

    def step(_: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        row = symbols[min(int(state[0, 0, 0]), len(symbols) - 1)]
        return 9 * one_hot(torch.tensor(row), 7).float() - 4, state + 1

    return step


def _words(symbols: list[list[int]]) -> str:
    shown = [" ".join(NAMES.get(symbol, str(symbol)) for symbol in row) for row in symbols]
    return f"[{' | '.join(shown)}]"
