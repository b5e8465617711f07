"""The visible checks of the tagging notebook. The numbers they compare with are worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor, nn

from rnncourse.checks.core import Attempt

# the cross-entropy where the target has probability 1/2 …
HALF, THIRD, QUARTER, SIXTH, TENTH = (math.log(n) for n in (2, 3, 4, 6, 10))
VALID = 3 * HALF + THIRD  # the sum over three steps of a sentence and one of another
RIGHT = VALID / 4
MISTAKES = {  # what else these four steps give, with ln 6, then ln 10 at the two padded steps of a batch of 3 × 2
    (VALID + SIXTH + TENTH) / 6: "it is the mean over all T·N steps: the padding counts.",
    (VALID + 2 * QUARTER) / 6: "it is the mean over all T·N steps: padded steps count, with logits of zero, too.",
    (HALF + THIRD) / 2: "it is the mean of the sentences' means: a word of a short sentence counts more than others.",
    VALID: "it is the sum over the valid steps: divide by their number.",
    VALID / 6: "the sum is over the valid steps only, but it is divided by all T·N.",
    VALID / 2: "it is the sum divided by N: divide by the number of valid steps of the whole batch.",
    (VALID + SIXTH) / 5: "one padded step counts: is the mask one step too long?",
    (VALID + TENTH) / 5: "does a target of 0 count as padding? It is a class like any other.",
    -(3 * math.log(3) + math.log(3 / 2)) / 4: "it is the mean of the logits themselves: where is the log_softmax?",
}


def check_masked_loss(masked_loss: Callable) -> None:
    attempt = Attempt("masked_loss", masked_loss)
    targets, lengths = torch.tensor([[2, 3], [1, 0], [3, 1]]), torch.tensor([3, 1])
    logits = torch.zeros(3, 2, 4)  # probability 1/4 everywhere …
    for t in range(3):
        logits[t, 0, targets[t, 0]] = math.log(3)  # … but 3/6 for what the first sentence should be …
    for t, odds in enumerate((3 / 2, 3 / 5, 1 / 3)):
        logits[t, 1, targets[t, 1]] = math.log(odds)  # … and 1/3, then 1/6 and 1/10 in the padding
    value = attempt(logits, targets, lengths)
    attempt.expect_tensor(value, (), "()", hint="One number for the whole batch.")
    known = next((why for mistake, why in MISTAKES.items() if math.isclose(value, mistake, rel_tol=1e-4)), "")
    attempt.expect_same(
        value,
        torch.tensor(RIGHT),
        f"returned {value:.4f} for lengths 3 and 1, where the targets have probability ½, ½, ½ and ⅓; expected "
        f"{RIGHT:.4f}, the mean over the four steps" + (f": {known}" if known else "."),
    )
    garbage = logits.clone()
    garbage[1:, 1] = torch.tensor([1e30, -1e30, 7.0, 0.0])
    attempt.expect_same(
        attempt(garbage, torch.where(targets == 1, 2, targets), torch.tensor([1, 1])),
        torch.tensor((HALF + THIRD) / 2),
        "changes with the logits or targets of padded steps, which may hold any tag and any finite logits.",
    )
    first = torch.tensor([[0, 2]])
    attempt.expect_same(
        attempt(torch.zeros(1, 2, 4), first, torch.tensor([1, 1])),
        torch.tensor(QUARTER),
        "is wrong for T = 1 with target 0, which is a class like any other: only lengths say what is padding.",
    )
    logits.requires_grad_()
    value = attempt(logits, targets, lengths)
    attempt.expect(value.requires_grad, "lets no gradient through: is something detached?")
    (gradient,) = torch.autograd.grad(value, logits)
    attempt.expect(not gradient[1:, 1].any(), "sends a gradient into padded steps.")
    attempt.expect_same(
        gradient[0, 1],
        torch.tensor([1, 1, 1, -3]) / 18,
        "has the right value and a wrong gradient at a valid step: ∂L/∂logits is (p - onehot) / 4 there.",
    )
    attempt.passed("the mean over the valid steps, whatever the padding holds, no gradient in it")


def check_Tagger(Tagger: Callable) -> None:
    attempt = Attempt("Tagger", Tagger)
    for num_symbols, Q, C, lengths in [(9, 5, 4, [6, 6]), (5, 1, 3, [1]), (30, 8, 12, [3, 7, 1])]:
        net = attempt(num_symbols, Q, C)
        attempt.expect(isinstance(net, nn.Module), "is not an nn.Module: does the class inherit from it?")
        net.eval()
        forward = Attempt("Tagger.forward", net)
        symbols = _sentences(num_symbols, lengths)
        logits = forward(symbols)
        hint = "A prediction for every step, time first."
        forward.expect_tensor(logits, (*symbols.shape, C), "(T, N, C)", hint=hint)
        sums = logits.sum(-1), logits.exp().sum(-1)
        forward.expect(
            not any(torch.allclose(total, torch.ones(symbols.shape), atol=1e-3) for total in sums),
            "returned probabilities or their logarithms; return the logits as they are.",
        )
        longer = forward(torch.cat([symbols, torch.zeros(2, len(lengths), dtype=torch.int64)]))
        hint = "Padding at the end of the whole batch has steps, too: total_length?"
        forward.expect_tensor(longer, (len(symbols) + 2, len(lengths), C), "(T, N, C)", hint=hint)
        for n, length in enumerate(lengths):
            forward.expect_same(
                longer[:length, n],
                logits[:length, n],
                "gives a sentence other logits when two more steps of padding (symbol 0) follow: does the backward "
                "direction begin in the padding?",
            )
        if len(lengths) == 2:
            _expect_context(forward, symbols, logits)
    forward.expect_gradients(logits, net)
    attempt.passed("a prediction for every step, from the words before and after it, whatever the padding")


def _expect_context(forward: Attempt, symbols: Tensor, logits: Tensor) -> None:
    """Of two sentences without padding, the first gets another word at one end."""
    forward.expect(
        not torch.allclose(logits[0], logits[-1]),
        "gives the first and the last word of a sentence the same logits: each step has a state of its own.",
    )
    for where, t, other in (("first", 0, -1), ("last", -1, 0), ("second", 1, 0)):
        changed = symbols.clone()
        changed[t, 0] = 4 + (symbols[t, 0] - 3) % 5
        now = forward(changed)
        forward.expect(
            not torch.equal(now[other, 0], logits[other, 0]),
            f"gives the {'last' if where == 'first' else 'first'} word of a sentence the same logits whatever its "
            f"{where} word is: does the tag depend on the words {'before' if where == 'first' else 'behind'} it"
            f"{', and does each state stand at its own word' if where == 'second' else ''}?",
        )
        forward.expect_same(
            now[:, 1],
            logits[:, 1],
            "gives a sentence other logits when another sentence of the batch changes: which dimension is time?",
        )


def _sentences(num_symbols: int, lengths: list[int]) -> Tensor:
    """Symbols (T, N) from 4 on, padded with 0, the same on every call."""
    generator = torch.Generator().manual_seed(0)
    symbols = torch.randint(4, num_symbols, (max(lengths), len(lengths)), generator=generator)
    return symbols * (torch.arange(max(lengths))[:, None] < torch.tensor(lengths))
