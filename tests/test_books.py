"""The passages of books: what is tested on lies apart from what is trained on."""

from __future__ import annotations

from rnncourse.datasets import books
from rnncourse.datasets.core import UNKNOWN
from rnncourse.datasets.make.books import passages, pieces, split_at


def written(split) -> list[str]:
    return ["".join(books.load().target_vocabulary.decode(target)) for target in split.targets]


def test_no_held_out_passage_shares_fifty_characters_with_the_training():
    data = books.load()
    known = {piece for passage in written(data.train) for piece in pieces(passage)}
    for split in (data.validation, data.test):
        assert all(known.isdisjoint(pieces(passage)) for passage in written(split))


def test_all_books_are_in_all_splits_and_all_characters_known():
    data = books.load()
    for split in (data.train, data.validation, data.test):
        assert {data.classes[book] for book in split.inputs} == {"Bible", "Paradise Lost", "Emma"}
        assert all(20 <= len(passage) <= 100 for passage in written(split))
    assert all(
        (target != UNKNOWN).all() for split in (data.train, data.validation, data.test) for target in split.targets
    )


def test_a_held_out_part_has_a_gap_at_either_end():
    names = [split_at(place, 50) for place in range(1000)]
    assert names[:200] == ["train"] * 200
    assert names[200:250] == [None] * 10 + ["validation"] * 30 + [None] * 10
    assert names[450:500] == [None] * 10 + ["test"] * 30 + [None] * 10
    assert names.count("validation") == names.count("test") == 60
    assert split_at(1003, 50) is None  # what the twenty parts leave over belongs to the last


def test_verses_lines_and_sentences():
    bible = "[T]\n\n1:1 In the beginning\nGod created. 1:2 And the earth was\nwithout form.\n\n\n\nThe Second Book"
    assert passages("Bible", bible) == ["In the beginning God created.", "And the earth was without form."]
    milton = (
        "[T] \nOf Man's first disobedience, \n short \nOf Man's first disobedience, \nBrought death into the World,"
    )
    assert passages("Paradise Lost", milton) == ["Of Man's first disobedience,", "Brought death into the World,"]
    emma = '[T]\n\nMr. Elton was _very_ amiable. "He is gone,"\nsaid she to herself. Yes.'
    assert passages("Emma", emma) == ["Mr. Elton was very amiable.", '"He is gone," said she to herself.']
