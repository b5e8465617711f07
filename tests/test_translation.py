"""The pairs of the translation lesson: no value in two splits, and the two sentences of a pair say the same."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations

import pytest

from rnncourse.datasets import dates, number_words
from rnncourse.datasets.pairs import SPLITS, Pair, read_pairs

DATASETS = [dates, number_words]


def pairs_of(module) -> list[Pair]:
    return read_pairs(module.FILE)


@pytest.mark.parametrize("module", DATASETS)
def test_no_value_and_no_sentence_is_in_two_splits(module):
    for column in ("value", "source", "target"):
        in_splits = [{getattr(pair, column) for pair in pairs_of(module) if pair.split == split} for split in SPLITS]
        for one, other in combinations(in_splits, 2):
            assert one.isdisjoint(other)


@pytest.mark.parametrize(("module", "sizes"), [(dates, (6400, 800, 800)), (number_words, (8000, 1000, 1000))])
def test_the_splits_are_as_large_as_the_module_says(module, sizes):
    data = module.load()
    assert (len(data.train), len(data.validation), len(data.test)) == sizes
    assert len({pair.value for pair in pairs_of(module)}) == sum(sizes)


@pytest.mark.parametrize("module", DATASETS)
def test_symbols_go_there_and_back(module):
    data = module.load()
    test = [pair for pair in pairs_of(module) if pair.split == "test"]
    for pair, (source, target) in zip(test, [data.test[i] for i in range(len(test))], strict=True):
        assert data.input_vocabulary.decode(source) == module.symbols(pair.source)
        assert "".join(data.target_vocabulary.decode(target)) == pair.target


def test_both_languages_name_the_date():
    for number, pair in enumerate(pairs_of(dates)):
        when = date.fromisoformat(pair.value)
        width = ("full", "long", "medium", "short")[number % 4]
        month, day, year = when.month, when.day, when.year
        if width == "short":
            assert pair.source == f"{month}/{day}/{year % 100:02d}"
            assert pair.target == f"{day:02d}/{month:02d}/{year}"
            continue
        english, french = pair.source.replace(",", "").split(), pair.target.split()
        if width == "full":
            assert english.pop(0) == when.strftime("%A")
            french.pop(0)
        assert when.strftime("%B").startswith(english[0])
        assert english[1:] == [str(day), str(year)]
        assert [french[0], french[2]] == [str(day), str(year)]


def test_a_month_and_a_weekday_have_one_name_in_each_way_of_writing():
    names = Counter()
    for pair in pairs_of(dates):
        english, french = pair.source.replace(",", "").split(), pair.target.split()
        if len(english) > 1:
            names.update(
                {(english[-3], french[-2]), (english[0], french[0])} if len(english) == 4 else {(english[0], french[1])}
            )
    english = {one for one, _ in names}
    assert len(names) == 12 + 11 + 7  # long and medium months, May alike in both, and weekdays
    assert len(english) == len(names)


UNITS = (
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn"
)
TENS = ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]


def german(number: int, final: bool = True) -> str:
    """The rule, written by hand."""
    if number >= 1000:
        return german(number // 1000, False) + "tausend" + (german(number % 1000) if number % 1000 else "")
    if number >= 100:
        return german(number // 100, False) + "hundert" + (german(number % 100, final) if number % 100 else "")
    if number >= 20:
        return (german(number % 10, False) + "und" if number % 10 else "") + TENS[number // 10 - 2]
    words = [*UNITS.split(), "achtzehn", "neunzehn"]
    return "eins" if number == 1 and final else words[number]


def test_every_german_number_follows_the_rule():
    for pair in pairs_of(number_words):
        assert pair.target == german(int(pair.value))


def test_the_numbers_are_those_that_the_module_says():
    digits = Counter(len(pair.value) for pair in pairs_of(number_words))
    assert digits == {1: 10, 2: 90, 3: 900, 4: 3000, 5: 3000, 6: 3000}


def test_words_are_cut_from_what_a_person_types():
    assert number_words.symbols("Twenty-one thousand, three") == ["twenty", "one", "thousand", "three"]
    assert dates.symbols("3/3/15") == list("3/3/15")
