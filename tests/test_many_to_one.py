"""The data of lesson 06.1 are split as their modules say, and its explorer reads a sentence prefix by prefix."""

from __future__ import annotations

import pytest
import torch
from examples.many_to_one import Reader
from ipywidgets import HTML

from rnncourse.datasets import actions, basic_motions, reviews, splice_sites
from rnncourse.datasets.core import UNKNOWN
from rnncourse.widgets.many_to_one import explore_sentiment, sentiment_after_each_word


def test_neighbouring_reviews_are_in_one_split():
    blocks = {name: {review.number // reviews.BLOCK for review in chosen} for name, chosen in reviews.reviews().items()}
    assert blocks["train"].isdisjoint(blocks["validation"] | blocks["test"])
    assert blocks["validation"].isdisjoint(blocks["test"])
    assert all(len(found) > 50 for found in blocks.values())


def test_a_reviews_class_is_the_sign_of_a_clear_rating():
    data = reviews.load()
    for name, chosen in reviews.reviews().items():
        split = getattr(data, name)
        assert [bool(target) for target in split.targets] == [review.rating > 0 for review in chosen]
        assert all(0.5 <= abs(review.rating) <= 4 for review in chosen)
        assert 0.45 < torch.stack(split.targets).float().mean() < 0.55


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("It isn't BAD, it's 2 good!", ["it", "isn't", "bad", ",", "it's", "2", "good", "!"]),
        ("A ''new'' exposé … don’t", ["a", '"', "new", '"', "exposé", "…", "don't"]),
        ("", []),
    ],
)
def test_a_text_is_split_into_words_and_marks(text, tokens):
    assert reviews.tokens(text) == tokens


def test_nobody_is_in_two_splits():
    data = actions.load()
    subjects = [set(people) for people in actions.SUBJECTS.values()]
    assert sum(map(len, subjects)) == len(set.union(*subjects)) == 10
    for name, people in actions.SUBJECTS.items():
        expected = [clip for clip in actions.clips() if clip.subject in people]
        split = getattr(data, name)
        assert len(split) == len(expected)
        assert all(torch.equal(one, clip.motion) for one, clip in zip(split.inputs, expected, strict=True))
        assert [int(target) for target in split.targets] == [clip.exercise for clip in expected]


def test_the_clips_lie_end_to_end():
    motion = torch.arange(1000.0)[:, None].expand(-1, 6)
    parts = actions.cut(motion, torch.Generator().manual_seed(0))
    assert torch.equal(torch.cat(parts), motion[: sum(map(len, parts))])
    assert sum(map(len, parts)) > 1000 - actions.LONGEST
    assert {len(part) for part in parts[:-1]} <= set(range(actions.SHORTEST, actions.LONGEST + 1))
    assert len(parts[-1]) >= actions.SHORTEST
    assert len({len(part) for part in parts}) > 5


def test_in_the_mirror_the_arms_hang_alike():
    """The pendulum's arm hangs down: gravity is on one side of x for everybody, left and right."""
    hanging = [clip.motion[:, 0].mean() for clip in actions.clips() if actions.CLASSES[clip.exercise] == "pendulum"]
    assert (torch.stack(hanging) < -0.5).all()


def test_the_published_split_of_the_motions():
    data = basic_motions.load()
    sizes = [torch.stack(split.targets).bincount().tolist() for split in (data.train, data.validation, data.test)]
    assert sizes == [[8] * 4, [2] * 4, [10] * 4]
    assert all(motion.shape == (100, 6) for motion in data.train.inputs)


def test_two_bases_do_not_give_a_splice_site_away():
    for chosen in splice_sites.windows().values():
        with_gt = [window for window in chosen if window.bases[30:32] == "GT"]
        with_ag = [window for window in chosen if window.bases[28:30] == "AG"]
        assert all(window in with_gt for window in chosen if window.site == "donor")
        assert all(window in with_ag for window in chosen if window.site == "acceptor")
        for windows, site in [(with_gt, "donor"), (with_ag, "acceptor")]:
            assert 0.3 < sum(window.site == site for window in windows) / len(windows) < 0.7


def test_the_stretches_of_the_chromosome_have_a_gap_between_them():
    places = {name: [window.position for window in chosen] for name, chosen in splice_sites.windows().items()}
    for left, right in [("train", "validation"), ("validation", "test")]:
        assert min(places[right]) - max(places[left]) >= splice_sites.GAP


@pytest.mark.parametrize(
    ("position", "name"),
    [(0, "train"), (899_999, "train"), (900_000, None), (901_000, "validation"), (1_101_000, "test")],
)
def test_a_window_in_a_gap_is_in_no_split(position, name):
    assert splice_sites.split_of(position) == name


@pytest.fixture
def net():
    torch.manual_seed(0)
    return Reader(len(reviews.load().input_vocabulary))


def test_every_prefix_is_read_as_a_sentence_of_its_own(net):
    data, words = reviews.load(), reviews.tokens("a witty, moving film")
    positive = sentiment_after_each_word(net, data, words)
    assert len(positive) == len(words) == 5
    for t in range(5):
        alone = net(data.input_vocabulary.encode(words[: t + 1])[:, None], torch.tensor([t + 1]))
        assert torch.allclose(positive[t], alone.softmax(1)[0, 1])


def test_the_explorer_takes_any_text(net):
    data = reviews.load()
    explorer = explore_sentiment(net, data)
    _, controls, verdict, _ = explorer.children
    sentence = controls.children[0]
    for text, said in [
        ("", "Nothing to read"),
        ("zzyzx film", "Not in the vocabulary: zzyzx"),
        ("<b>", "&lt;"),
        ("good " * 300, "P(positive)"),
        ("$x_{", "P(positive)"),
    ]:
        sentence.value = text
        assert isinstance(verdict, HTML) and said in verdict.value
    assert data.input_vocabulary.encode(["zzyzx"]).tolist() == [UNKNOWN]
