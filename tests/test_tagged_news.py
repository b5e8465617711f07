"""The tagged news: articles on one side only, words that nobody knows, and nothing of what a hidden test reads."""

from __future__ import annotations

import gzip
from pathlib import Path

from rnncourse.datasets import tagged_news
from rnncourse.datasets.core import UNKNOWN
from rnncourse.datasets.make.tagged_news import TAGS, _reduced

HELD_OUT = Path(__file__).parent.parent / "assignments" / "06_task_taxonomy" / "held_out_news.txt.gz"


def test_a_sentence_comes_from_an_article_of_its_own_split():
    split_of = {5: "test", 8: "validation"}
    for number, written in tagged_news._documents().items():
        assert 1 <= number <= 44
        name = split_of.get(number % 11, "train")
        kept = set(tagged_news.sentences()[name])
        assert sum(sentence in kept for sentence in written) > 0.9 * len(written)
    assert {number % 11 for number in tagged_news._documents()} == set(range(1, 11))


def test_the_package_has_no_sentence_that_is_held_out():
    ours = {" ".join(s.words) for some in tagged_news._documents().values() for s in some if len(s.words) > 5}
    lines = [line.split() for line in gzip.decompress(HELD_OUT.read_bytes()).decode().splitlines() if line[0] != "="]
    theirs = {" ".join(token.rsplit("/", 1)[0] for token in line) for line in lines if len(line) > 5}
    assert len(theirs) > 300
    assert ours.isdisjoint(theirs)


def test_sentences_stand_in_the_order_of_the_splits():
    data = tagged_news.load()
    for name, split in (("train", data.train), ("validation", data.validation), ("test", data.test)):
        for i, sentence in enumerate(tagged_news.sentences()[name]):
            words, tags = split[i]
            assert len(sentence.words) == len(words)
            assert tuple(data.target_vocabulary.decode(tags)) == sentence.tags


def test_what_is_left_of_a_word_that_is_not_known():
    readable = tagged_news.readable(["The", "zibbed", "Blorging", "$12.3-million"])
    assert readable == ["the", "<ed>", "<A…ng>", "<number>"]
    assert UNKNOWN not in tagged_news.load().input_vocabulary.encode(readable)


def test_few_words_leave_nothing():
    data = tagged_news.load()
    words = [code for one in data.test.inputs for code in one.tolist()]
    assert words.count(UNKNOWN) / len(words) < 0.02


def test_the_corpus_tags_become_twelve():
    tokens = "Grand/jj-tl I'm/ppss+bem men's/nns$ didn't/dod* not/* ,/, --/-- de/fw-in-tl his/pp$ theirs/pp$$ to/to"
    reduced = [_reduced(token).rsplit("/", 1)[1] for token in tokens.split()]
    assert reduced == ["ADJ", "PRON", "NOUN", "VERB", "ADV", "PUNCT", "PUNCT", "X", "DET", "PRON", "PRT"]
    assert set(tagged_news.load().target_vocabulary.symbols[4:]) == set(TAGS)
