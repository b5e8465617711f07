"""Hidden tests of lesson 07: a model is trained once, in the student's kernel, and its answers are judged here."""

from functools import cache

import pytest
import torch

from rnncourse import challenge
from rnncourse.grading.hidden import assert_same, expect, graded
from rnncourse.tasks import HalvesTask

DEADLINE = challenge.TRAINING_SECONDS + 300.0  # for the training, and for all that is asked of the network after it
HINTS = {
    "random": "Random negatives come first and easily: more sequences, or a state that forgets less.",
    "near": "One changed symbol is only seen by comparing every pair: train on such negatives, too, and for longer.",
    "longer": "Lengths 22 to 40 were never trained on: what errs a little at 20 errs much at 40. Does it also hold for "
    "another seed?",
}


@pytest.fixture(scope="module")
def trained(once):
    """The network that train_model returns, in evaluation mode."""
    student, rng = once
    student.patience(challenge.TRAINING_SECONDS)
    net = student.train_model(rng.new_seed())
    student.patience(10)
    is_network = student.evaluate("isinstance(net, nn.Module)", net=net) is True
    expect(is_network, "train_model did not return a network: an nn.Module, trained")
    student.evaluate("nn.Module.eval(net)", net=net)
    return net


@pytest.fixture(scope="module")
def learnt(trained, once):
    """The same, where it keeps to the number of parameters and knows nothing without having learnt it."""
    student, rng = once
    counts = student.evaluate("[p.numel() for p in nn.Module.parameters(net)]", net=trained)
    expect(sum(counts) > 0, "the network has no parameters to learn with")
    expect(
        sum(counts) <= challenge.MAX_PARAMETERS,
        f"the network has {sum(counts):,} parameters; at most {challenge.MAX_PARAMETERS:,} are allowed",
    )
    parameters = student.evaluate("{name: p for name, p in nn.Module.named_parameters(net)}", net=trained)
    load = student.evaluate("lambda state: nn.Module.load_state_dict(net, state, strict=False) and None", net=trained)
    skill = challenge.skill_untrained(classifier(trained), parameters, load, seed=rng.seed)
    expect(
        skill <= challenge.MAX_SKILL_UNTRAINED,
        "with its parameters drawn anew the network still tells the classes apart: the answer is built in, not learnt",
    )
    return trained


@pytest.fixture(scope="module")
def error_on(learnt, once):
    """family → the share of fresh sequences of it that the network misclassifies."""
    _, rng = once
    return cache(lambda family: challenge.error_on(family, classifier(learnt), seed=rng.seed))


def classifier(net):
    """The network as a function of tensors that are here."""

    def classify(x, lengths):
        logits = net(x, lengths)
        expect(isinstance(logits, torch.Tensor), "net(x, lengths) did not return a tensor")
        expect(
            logits.shape == (len(lengths), 2),
            f"net(x, lengths) returned shape {tuple(logits.shape)}; expected (N, C) = {(len(lengths), 2)}",
        )
        return logits.detach().float()

    return classify


@graded("train_model", hint="net(x, lengths) takes batches of every size and length, and returns logits (N, 2).")
@pytest.mark.parametrize(("N", "half"), [(1, 1), (1, 20), (7, 10), (64, 20)])
def test_gives_two_logits_for_each_sequence(trained, rng, N, half):
    batch = HalvesTask(max_half=half).sample(N, rng.generator)
    logits = classifier(trained)(batch.x, batch.lengths)
    expect(bool(logits.isfinite().all()), "some of the logits are NaN or infinite")


@graded(
    "train_model",
    hint="The answer for a sequence must not depend on the others in its batch, or on the padding behind it.",
)
def test_judges_each_sequence_alone(trained, rng):
    batch = HalvesTask(near_fraction=0.5).sample(24, rng.generator)
    classify = classifier(trained)
    together = classify(batch.x, batch.lengths)
    alone = [classify(batch.x[: batch.lengths[n], n : n + 1], batch.lengths[n : n + 1]) for n in range(24)]
    assert_same(together, torch.cat(alone), rtol=1e-2, atol=1e-3)
    padded = torch.cat([batch.x, torch.zeros(9, 24, 10)])
    assert_same(classify(padded, batch.lengths), together, rtol=1e-2, atol=1e-3)


def share(family, limit, worth):
    """The test of one step of the published scale."""

    @graded("train_model", hint=HINTS[family], weight=worth)
    def test(error_on):
        error = error_on(family)
        expect(error <= limit, f"{error:.2%} of the sequences were classified wrongly; this step asks for {limit:.0%}")

    return test


for family, steps in challenge.SCALE.items():
    for limit, worth in steps.items():
        globals()[f"test_{family}_error_at_most_{round(100 * limit)}_percent"] = share(family, limit, worth)
