"""The visible checks of notebook 06_2. What they compare with is written out by hand."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Generator, Tensor

from rnncourse.checks.core import Attempt, CheckFailed
from rnncourse.datasets.core import BEGIN, END, PADDING


def check_teacher_forced_inputs(teacher_forced_inputs: Callable) -> None:
    attempt = Attempt("teacher_forced_inputs", teacher_forced_inputs)
    for sequences, expected in [
        ([[7, 8, 9, END]], [[BEGIN, 7, 8, 9]]),
        ([[END]], [[BEGIN]]),
        (
            [[5, 6, 7, END], [8, END, PADDING, PADDING], [9, 4, END, PADDING]],
            [[BEGIN, 5, 6, 7], [BEGIN, 8], [BEGIN, 9, 4]],
        ),
    ]:
        targets = torch.tensor(sequences).T.contiguous()  # (T, N)
        T, N = targets.shape
        inputs = attempt(targets)
        attempt.expect_tensor(
            inputs,
            (T, N),
            "(T, N)",
            dtype=torch.int64,
            hint="One input for each target: BEGIN comes in front, so the last row has to go.",
        )
        attempt.expect(
            bool((inputs[0] == BEGIN).all()),
            f"begins with {inputs[0].tolist()}; expected BEGIN = {BEGIN} for each of the N = {N} sequences.",
        )
        for n, own in enumerate(expected):
            read = inputs[: len(own), n].tolist()
            attempt.expect(
                read == own,
                f"gives the inputs {read} for the targets {sequences[n]}; expected {own}: at step t the network reads "
                "what it should have written at step t − 1.",
            )
    attempt.passed("BEGIN, then each target one step later; one sequence and a batch, T = 1")


def check_sample_symbol(sample_symbol: Callable) -> None:
    attempt = Attempt("sample_symbol", sample_symbol)
    state_of_torch = torch.get_rng_state()
    certain = torch.tensor([[0.0, 90.0, 0.0, 0.0], [0.0, 0.0, 0.0, 90.0], [90.0, 0.0, 0.0, 0.0]])
    for logits, shape, letters, expected in [
        (certain, (3,), "(N,)", [1, 3, 0]),
        (certain[:1], (1,), "(N,)", [1]),
        (certain[1], (), "()", 3),
    ]:
        for temperature in (1.0, 0.0):
            symbol = attempt(logits, temperature, Generator().manual_seed(0))
            given = f"for logits of shape {tuple(logits.shape)} and temperature {temperature:g}"
            hint = (
                f"One symbol, not in brackets, {given}." if logits.dim() == 1 else f"One symbol for each row, {given}."
            )
            attempt.expect_tensor(symbol, shape, letters, dtype=torch.int64, hint=hint)
            attempt.expect(
                symbol.tolist() == expected,
                f"returned {symbol.tolist()} {given}; expected {expected}, the one symbol of each row that is all but "
                "certain: does every row have a distribution of its own?",
            )
    _expect_frequencies(attempt)
    generator = Generator().manual_seed(1)
    flat = torch.zeros(50, 100)
    first, second = attempt(flat, 1.0, generator), attempt(flat, 1.0, generator)
    attempt.expect(
        not torch.equal(first, second),
        "returned the same symbols twice in a row, from one generator: draw with generator=generator, and let it go on "
        "from where it is.",
    )
    again = attempt(flat, 1.0, Generator().manual_seed(1))
    attempt.expect(
        torch.equal(first, again) and torch.equal(state_of_torch, torch.get_rng_state()),
        "does not draw from the generator that it is given: the same seed must give the same symbols, and torch's own "
        "global generator must stay untouched.",
    )
    attempt.passed("the shapes, the frequencies at three temperatures, the most probable symbol at 0, the generator")


def _expect_frequencies(attempt: Attempt) -> None:
    """Logits ln 1, ln 2, ln 4: at temperature 1 the odds are 1 : 2 : 4, at 1/2 they are squared, at 2 roots."""
    number = 20_000
    for temperature, odds in [(1.0, (1, 2, 4)), (0.5, (1, 4, 16)), (2.0, (1, 2**0.5, 2))]:
        logits = torch.tensor([1.0, 2.0, 4.0]).log().expand(number, 3) + 300
        symbols = attempt(logits, temperature, Generator().manual_seed(0))
        attempt.expect_tensor(symbols, (number,), "(N,)", dtype=torch.int64)
        inside = bool(((symbols >= 0) & (symbols < 3)).all())
        attempt.expect(inside, "returned symbols that are not among 0..V−1.")
        found = torch.bincount(symbols, minlength=3) / number
        expected = torch.tensor(odds, dtype=torch.float32) / sum(odds)
        attempt.expect(
            bool((found - expected).abs().max() < 0.03),
            f"drew three symbols with frequencies {_decimals(found)} at temperature {temperature:g}; expected about "
            f"{_decimals(expected)}, the softmax of the logits divided by the temperature.",
        )


def check_generate(generate: Callable) -> None:
    attempt = Attempt("generate", generate)
    for texts, max_length, written in [
        ([[5, 6, 7, END]], 9, [[5, 6, 7, END]]),
        ([[END]], 9, [[END]]),
        ([[5, 6, 7, 8, 9, 4]], 3, [[5, 6, 7]]),
        ([[5, END], [6, 7, 8, END], [9, 4, END]], 9, [[5, END], [6, 7, 8, END], [9, 4, END]]),
    ]:
        network = Reciter(texts, max_length)
        try:
            symbols = attempt(network.step, network.h_0, lambda logits: logits.argmin(-1), max_length)
        except CheckFailed:
            attempt.expect(not network.complaint, network.complaint)
            raise
        T, N = max(map(len, written)), len(texts)
        hint = (
            "END is the last symbol of a sequence, BEGIN is none of its symbols, nothing follows once all have ended."
        )
        attempt.expect_tensor(symbols, (T, N), "(T, N)", dtype=torch.int64, hint=hint)
        for n, text in enumerate(written):
            expected = text + [PADDING] * (T - len(text))
            attempt.expect(
                symbols[:, n].tolist() == expected,
                f"returned {symbols[:, n].tolist()} where choose picked {(texts[n] + [8] * T)[:T]} with {max_length=}; "
                f"expected {expected}: END belongs to the sequence, and PADDING = {PADDING} follows it.",
            )
    attempt.passed("BEGIN and h_0, the state handed on, each sequence to its own END, max_length")


class Reciter:
    """A network that writes given texts, whatever it reads, and complains when it is called in a wrong way.

    The next symbol has the smallest logit, so that only `choose` finds it; after a text come 8s.
    """

    def __init__(self, texts: list[list[int]], max_length: int) -> None:
        self.texts, self.max_length = texts, max_length
        self.h_0 = torch.full((1, len(texts), 2), 0.5)
        self.num_steps = 0
        self.complaint = ""

    def step(self, symbols: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
        t, N = self.num_steps, len(self.texts)
        self._expect(t < self.max_length, f"calls step more often than {self.max_length=} times.".replace("self.", ""))
        shape = tuple(symbols.shape) if isinstance(symbols, Tensor) else type(symbols).__name__
        self._expect(shape == (N,), f"calls step with symbols of shape {shape}; expected (N,) = ({N},).")
        same = isinstance(h, Tensor) and h.shape == self.h_0.shape and torch.equal(h, self.h_0 + t)
        self._expect(
            same,
            "calls step with a state that is not the one which the step before returned: the state is kept."
            if t
            else "calls step first with a state that is not h_0.",
        )
        for n, text in enumerate(self.texts):
            if END not in text[:t]:
                expected = text[t - 1] if t else BEGIN
                self._expect(
                    symbols[n] == expected,
                    f"calls step with symbol {int(symbols[n])} at step {t + 1}; expected {expected}, "
                    + ("which choose picked a step earlier." if t else "BEGIN."),
                )
        logits = torch.zeros(N, 10)
        for n, text in enumerate(self.texts):
            logits[n, text[t] if t < len(text) else 8] = -1
        self.num_steps += 1
        return logits, h + 1

    def _expect(self, condition: object, complaint: str) -> None:
        if not condition:
            self.complaint = complaint
            raise ValueError(complaint)


def _decimals(values: Tensor) -> list[float]:
    return [round(value, 2) for value in values.tolist()]
