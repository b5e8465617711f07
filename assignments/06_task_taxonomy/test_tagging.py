"""Hidden tests of the tagging notebook: the masked loss, and a tagger that is trained and judged on unseen articles."""

import gzip
from functools import cache
from pathlib import Path

import pytest
import torch
from torch import nn

from rnncourse.datasets import tagged_news
from rnncourse.datasets.core import Split
from rnncourse.grading.hidden import assert_same, expect, graded

DEADLINE = 180.0
HELD_OUT = Path(__file__).with_name("held_out_news.txt.gz")

# masked_loss


def loss_case(rng, lengths, C, lowest=0):
    """Logits and targets whose padding is zero, and the loss over the valid steps, one sentence after the other."""
    T, N = max(lengths), len(lengths)
    (logits,) = rng.normals((T, N, C))
    targets = rng.integers(lowest, C, (T, N))
    lengths = torch.tensor(lengths)
    valid = torch.arange(T)[:, None] < lengths
    logits, targets = logits * valid[:, :, None], targets * valid
    return logits, targets, lengths, valid, loss_of(logits, targets, lengths)


def loss_of(logits, targets, lengths):
    rows = [nn.functional.log_softmax(logits[:length, n], -1) for n, length in enumerate(lengths.tolist())]
    truth = [targets[:length, n] for n, length in enumerate(lengths.tolist())]
    return nn.functional.nll_loss(torch.cat(rows), torch.cat(truth))


@graded(
    "masked_loss",
    hint="Without padding: cross_entropy of the logits as they are, no softmax before it, averaged over all steps.",
)
@pytest.mark.parametrize(("T", "N", "C"), [(1, 1, 3), (1, 4, 2), (5, 1, 4), (6, 3, 5)])
def test_loss_of_equal_lengths(student, rng, T, N, C):
    logits, targets, lengths, _, expected = loss_case(rng, [T] * N, C, lowest=1)
    assert_same(student.masked_loss(logits, targets, lengths), expected)


@graded(
    "masked_loss",
    hint="The mean is over the valid steps of the whole batch, t < lengths[n], t from 0: every word counts the same.",
    weight=2,
)
@pytest.mark.parametrize("lengths", [[5, 2, 3], [1, 7], [4, 1, 1, 6], [3, 9, 9]])
def test_mean_over_the_valid_steps(student, rng, lengths):
    logits, targets, lengths, _, expected = loss_case(rng, lengths, 4, lowest=1)
    assert_same(student.masked_loss(logits, targets, lengths), expected)


@graded("masked_loss", hint="Whatever logits and targets the padding holds, the loss stays what it was.")
@pytest.mark.parametrize("size", [10.0, 1e30])
def test_ignores_what_the_padding_holds(student, rng, size):
    logits, targets, lengths, valid, _ = loss_case(rng, [4, 2, 6], 5)
    (garbage,) = rng.normals(tuple(logits.shape))
    clean = student.masked_loss(logits, targets, lengths)
    other = student.masked_loss(
        torch.where(valid[:, :, None], logits, size * garbage),
        torch.where(valid, targets, rng.integers(0, 5, tuple(targets.shape))),
        lengths,
    )
    doubled = student.masked_loss(3 * logits, targets, lengths)
    expect(isinstance(clean, torch.Tensor) and isinstance(doubled, torch.Tensor), "expected a tensor")
    expect(not torch.equal(clean, doubled), "other logits at the valid steps gave the same loss")
    assert_same(other, clean.detach())


@graded(
    "masked_loss", hint="Only lengths say what is padding: a target that is 0 is a class like the others.", weight=2
)
def test_counts_class_zero(student, rng):
    logits, targets, lengths, _, _ = loss_case(rng, [5, 5, 5], 3)
    targets = torch.zeros_like(targets)
    targets[::2] = 1
    assert_same(student.masked_loss(logits, targets, lengths), loss_of(logits, targets, lengths))


@graded(
    "masked_loss", hint="Backward through the loss, padded steps get a gradient of exactly zero, valid steps don't."
)
@pytest.mark.parametrize("lengths", [[4, 2, 6], [1, 3]])
def test_padding_gets_no_gradient(student, rng, lengths):
    logits, targets, lengths, valid, _ = loss_case(rng, lengths, 4, lowest=1)
    gradient = gradient_of(student, logits, targets, lengths)
    expect(bool(gradient[valid].any(-1).all()), "some valid steps have no gradient")
    expect(not gradient[~valid].any(), "some padded steps have a gradient")


@graded(
    "masked_loss", hint="The gradient at a valid step is that of the mean: (p - onehot) / the number of valid steps."
)
@pytest.mark.parametrize("lengths", [[1], [3, 3], [4, 2, 6]])
def test_gradient_of_the_valid_steps(student, rng, lengths):
    logits, targets, lengths, valid, _ = loss_case(rng, lengths, 4, lowest=1)
    logits.requires_grad_()
    loss_of(logits, targets, lengths).backward()
    gradient = gradient_of(student, logits.detach(), targets, lengths)
    assert_same(gradient[valid], logits.grad[valid])


@graded("masked_loss", hint="Logits and targets belong to the caller, who goes on with them: write into new tensors.")
def test_leaves_its_arguments_alone(student, rng):
    logits, targets, lengths, _, _ = loss_case(rng, [4, 2, 6], 5)
    loss, doubled = (student.masked_loss(factor * logits, targets, lengths) for factor in (1, 2))
    both = isinstance(loss, torch.Tensor) and isinstance(doubled, torch.Tensor)
    expect(both and not torch.equal(loss, doubled), "the loss doesn't depend on the logits")
    after = student.arguments_after(student.masked_loss, logits, targets, lengths)
    assert_same(tuple(after), (logits, targets, lengths))


def gradient_of(student, logits, targets, lengths):
    got = student.gradients(student.masked_loss, logits, targets, lengths, cotangent=torch.ones(()))
    gradient = got.arguments[0]
    expect(gradient is not None, "no gradient arrives at the logits")
    expect(gradient.shape == logits.shape, "the gradient has not the shape of the logits")
    return gradient


# Tagger


def symbols_of(rng, lengths, num_symbols):
    """(T, N), padded with 0."""
    lengths = torch.tensor(lengths)
    drawn = rng.integers(4, num_symbols, (int(lengths.max()), len(lengths)))
    return drawn * (torch.arange(len(drawn))[:, None] < lengths)


def new_tagger(student, *sizes):
    """A network in the state in which it is used, without dropout; another one, all zero, can tell no words apart."""
    net, zero = student.Tagger(*sizes), student.Tagger(*sizes)
    for one in (net, zero):
        is_module = student.evaluate("isinstance(net, nn.Module) and net.eval() is net", net=one)
        expect(is_module is True, "the tagger is no nn.Module")
    symbols = torch.arange(sizes[0])[-2:, None]
    logits_of(zero, symbols, sizes[2])  # after which it has its parameters, also those that it makes late
    student.evaluate("[parameter.data.zero_() for parameter in net.parameters()] and None", net=zero)
    logits = logits_of(zero, symbols, sizes[2])
    expect(torch.allclose(logits[1], logits[0], equal_nan=True), "the logits don't come from the network's parameters")
    return net


def logits_of(net, symbols, C):
    logits = net(symbols)
    expect(isinstance(logits, torch.Tensor), "expected a tensor")
    expect(
        logits.shape == (*symbols.shape, C),
        f"returned shape {tuple(logits.shape)} for symbols {tuple(symbols.shape)} and {C} tags",
    )
    return logits.detach()


@graded("Tagger", hint="Logits of shape (T, N, C) in float32, one row for every step, for any sizes, of one word too.")
@pytest.mark.parametrize(
    ("lengths", "sizes"), [([1], (6, 1, 2)), ([5, 2, 4], (30, 7, 3)), ([3, 3], (9, 4, 12)), ([6], (50, 10, 5))]
)
def test_one_prediction_for_every_step(student, rng, lengths, sizes):
    symbols = symbols_of(rng, lengths, sizes[0])
    logits = logits_of(new_tagger(student, *sizes), symbols, sizes[2])
    expect(logits.dtype == torch.float32, f"the logits are of {logits.dtype}")
    expect(bool(torch.isfinite(logits).all()), "some logits are NaN or infinite")
    expect(len(lengths) == 1 or len(logits.flatten(0, 1).unique(dim=0)) > 1, "the same for different words")


@graded("Tagger", hint="Return the logits, as the last layer gives them: no softmax, no log_softmax, no argmax.")
def test_returns_logits(student, rng):
    symbols = symbols_of(rng, [6, 6, 6], 30)
    logits = logits_of(new_tagger(student, 30, 8, 5), symbols, 5)
    expect(logits.dtype == torch.float32, f"the logits are of {logits.dtype}")
    expect(len(logits.flatten(0, 1).unique(dim=0)) > 1, "the same for different words")
    for name, values in (("probabilities", logits), ("logarithms of probabilities", logits.exp())):
        expect(not torch.allclose(values.sum(-1), torch.ones(6, 3), atol=1e-3), f"these are {name}")


def influence(student, rng, changed):
    """Which steps of a sentence of 7 get other logits when the word at one step is another: (T,) of booleans."""
    net = new_tagger(student, 40, 8, 5)
    symbols = symbols_of(rng, [7, 7], 40)
    other = symbols.clone()
    other[changed, 0] = 4 + (symbols[changed, 0] - 3) % 36
    before, after = logits_of(net, symbols, 5), logits_of(net, other, 5)
    return (before[:, 0] != after[:, 0]).any(-1)


@graded(
    "Tagger", hint="A word's logits depend on the words before it: does a state go forward from step to step?", weight=2
)
def test_knows_the_words_before(student, rng):
    moved = influence(student, rng, 2)
    expect(bool(moved[3] and moved[6]), "another third word changes nothing at the fourth or the last one")


@graded(
    "Tagger",
    hint="A word's logits depend on the words behind it: does a second state go backward from the end, and does it"
    " stand at its own word?",
    weight=2,
)
def test_knows_the_words_behind(student, rng):
    moved = influence(student, rng, 4)
    expect(bool(moved[3] and moved[0]), "another fifth word changes nothing at the fourth or the first one")


@graded(
    "Tagger",
    hint="No sentence changes another's logits, nor does an earlier call: dimension 0 is time, dimension 1 the batch.",
)
@pytest.mark.parametrize("N", [2, 5])
def test_sentences_do_not_touch_each_other(student, rng, N):
    net = new_tagger(student, 40, 8, 5)
    symbols = symbols_of(rng, [5] * N, 40)
    together = logits_of(net, symbols, 5)
    expect(len(together.flatten(0, 1).unique(dim=0)) > 1, "the same for different words")
    for n in range(N):
        assert_same(logits_of(net, symbols[:, [n]], 5), together[:, [n]])


@graded(
    "Tagger",
    hint="Padding (0) behind a sentence must not change its words' logits: where does the backward direction begin? And"
    " there are T rows of logits, also when the whole batch is padded: total_length?",
    weight=2,
)
@pytest.mark.parametrize("lengths", [[6, 2, 4], [1, 3], [7, 1]])
def test_padding_does_not_change_a_tag(student, rng, lengths):
    net = new_tagger(student, 40, 8, 5)
    symbols = symbols_of(rng, lengths, 40)
    longer = torch.cat([symbols, torch.zeros(3, len(lengths), dtype=torch.int64)])
    together, behind = logits_of(net, symbols, 5), logits_of(net, longer, 5)
    for n, length in enumerate(lengths):
        alone = logits_of(net, symbols[:length, [n]], 5)[:, 0]
        expect(length == 1 or len(alone.unique(dim=0)) > 1, "the same for different words")
        assert_same(together[:length, n], alone)
        assert_same(behind[:length, n], alone)


@graded("Tagger", hint="The gradient of every word's logits must reach every parameter: nothing may be detached.")
def test_gradients_reach_every_parameter(student, rng):
    net = new_tagger(student, 40, 8, 5)
    symbols = symbols_of(rng, [5, 5, 5], 40)
    (cotangent,) = rng.normals((5, 3, 5))
    expect(len(logits_of(net, symbols, 5).flatten(0, 1).unique(dim=0)) > 1, "the same for different words")
    parameters = student.gradients(net, symbols, cotangent=cotangent).parameters
    expect(len(parameters) > 4, "a tagger of two directions has more parameters than these")
    without = [name for name, gradient in parameters.items() if gradient is None or not gradient.any()]
    expect(not without, f"no gradient for {', '.join(without)}")


TRAIN = """lambda net, seed: [
    [module.weight.data.mul_(0.1) for module in net.modules() if isinstance(module, nn.Embedding)],
    __import__("rnncourse.supervised").supervised.train(
        net,
        __import__("rnncourse.datasets.tagged_news").datasets.tagged_news.load().train,
        lambda net, batch: nn.functional.cross_entropy(
            net(batch.inputs).flatten(0, 1), batch.targets.flatten(), ignore_index=0
        ),
        200,
        lr=1e-2,
        seed=seed,
        progress=False,
    ),
][1][-1]"""


@cache
def held_out():
    """The words as they were printed, and what a network reads and should say."""
    data = tagged_news.load()
    lines = [line for line in gzip.decompress(HELD_OUT.read_bytes()).decode().splitlines() if line[0] != "="]
    sentences = [[token.rsplit("/", 1) for token in line.split()] for line in lines]
    printed = [[word for word, _ in sentence] for sentence in sentences]
    inputs = [data.input_vocabulary.encode(tagged_news.readable(words)) for words in printed]
    targets = [data.target_vocabulary.encode(tag for _, tag in sentence) for sentence in sentences]
    return [word.lower() for words in printed for word in words], Split("aligned", inputs, targets)


@pytest.fixture(scope="module")
def right(once):
    """For every word of the articles that are held out, whether the trained tagger gave it its tag."""
    student, rng = once
    data = tagged_news.load()
    net = student.Tagger(len(data.input_vocabulary), 48, len(data.target_vocabulary))
    student.patience(90)
    student.evaluate(TRAIN)(net, rng.new_seed())
    student.evaluate("net.eval() is net", net=net)
    _, split = held_out()
    found = []
    for batch in split.batches(32):
        given = logits_of(net, batch.inputs, len(data.target_vocabulary)).argmax(-1)
        found += [given[:length, n] == batch.targets[:length, n] for n, length in enumerate(batch.lengths)]
    return torch.cat(found).float()


@graded("Tagger", hint="Trained on 200 batches, the tagger should be right in 93 % of the words of unseen articles.")
def test_tags_unseen_articles(right):
    expect(right.mean() >= 0.93, f"after training, {1 - right.mean():.1%} of the words had another tag")


@graded(
    "Tagger",
    hint="Trained on 200 batches, it should tell the two kinds of 'to' apart in 75 % of the cases. What decides is the"
    " next word.",
    weight=2,
)
def test_tells_the_two_kinds_of_to(right):
    words, _ = held_out()
    of_to = right[[i for i, word in enumerate(words) if word == "to"]]
    expect(of_to.mean() >= 0.75, f"after training, {1 - of_to.mean():.0%} of them had another tag")
