"""What the explorer of the tagging notebook says while a sentence is read word by word."""

from __future__ import annotations

import torch
from torch import nn

from rnncourse.datasets import tagged_news
from rnncourse.figures.tagging import plot_tagged_sentence
from rnncourse.widgets.tagging import MOST, explore_tags, tag_probabilities


class LooksAhead(nn.Module):
    """Every word is a noun as long as it is the last one, then a verb."""

    def forward(self, symbols):
        noun, verb = tagged_news.load().target_vocabulary.encode(["NOUN", "VERB"])
        logits = torch.zeros(*symbols.shape, len(tagged_news.load().target_vocabulary))
        logits[:-1, :, verb] = logits[-1, :, noun] = 5.0
        return logits


def explorer_and_controls():
    explorer = explore_tags(LooksAhead(), tagged_news.load())
    return explorer, *explorer.children[1].children[:2]


def test_the_sentence_names_the_word_whose_tag_has_moved():
    explorer, sentence, read = explorer_and_controls()
    sentence.value, read.value = "go <home> now", 1
    assert explorer.children[2].value.endswith("the last is <b>go</b>, NOUN. It moved no tag of an earlier word.")
    read.value = 2
    assert "Words read: 2, the last is <b>&lt;home&gt;</b>, NOUN." in explorer.children[2].value
    assert explorer.children[2].value.endswith("It moved <b>go</b> from NOUN to VERB.")


def test_long_and_empty_sentences_are_drawn():
    explorer, sentence, _ = explorer_and_controls()
    sentence.value = "word " * 40
    assert f"Words read: {MOST}, " in explorer.children[2].value
    sentence.value = "  "
    assert "Words read: 1, the last is <b>.</b>" in explorer.children[2].value


def test_a_new_sentence_is_read_to_its_end_and_no_further():
    _, sentence, read = explorer_and_controls()
    read.value = 3
    sentence.value = "we can can it"
    assert (read.value, read.max) == (4, 4)
    sentence.value = "word"
    assert read.min < read.max  # a slider without a length is an error in the browser


def test_the_probabilities_of_the_tags_add_up_to_one():
    probabilities = tag_probabilities(LooksAhead(), tagged_news.load(), ["go", "home"])
    assert probabilities.shape == (2, 12)
    assert torch.allclose(probabilities.sum(1), torch.ones(2))


def test_a_sentence_that_is_not_read_to_its_end_leaves_room_for_the_rest():
    figure = plot_tagged_sentence(["a", "b"], torch.eye(3)[:2], ["X", "Y", "Z"], 5)
    assert figure.axes[0].get_xlim() == (-0.5, 4.5)
