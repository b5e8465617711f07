"""The data of the task taxonomy: whole, honestly split, and in the form that every lesson expects."""

from __future__ import annotations

import hashlib
import json
import shutil
from importlib import import_module
from pkgutil import iter_modules

import pytest
import torch

import rnncourse.datasets
from rnncourse.datasets import core
from rnncourse.datasets.core import BEGIN, END, PADDING, UNKNOWN, DataFileError, Dataset, Split, Vocabulary, read_file

NAMES = sorted({module.name for module in iter_modules(rnncourse.datasets.__path__)} - {"core", "make", "pairs"})
MAX_BYTES = 700_000  # of one file


@pytest.fixture(scope="module", params=NAMES)
def dataset(request: pytest.FixtureRequest) -> Dataset:
    return import_module(f"rnncourse.datasets.{request.param}").load()


def splits(dataset: Dataset) -> list[Split]:
    return [dataset.train, dataset.validation, dataset.test]


def examples(split: Split) -> set[str]:
    return {f"{one.tolist()}|{other.tolist()}" for one, other in zip(split.inputs, split.targets, strict=True)}


def test_every_split_has_examples_of_the_datasets_kind(dataset):
    for split in splits(dataset):
        assert len(split) > 0
        assert split.kind == dataset.kind


def test_no_example_is_in_two_splits(dataset):
    train, validation, test = map(examples, splits(dataset))
    assert train.isdisjoint(validation) and train.isdisjoint(test) and validation.isdisjoint(test)


def test_a_batch_is_padded_sequences_with_their_lengths(dataset):
    for split in splits(dataset):
        batch = split.batch(range(min(5, len(split))))
        for together, lengths, alone in [
            (batch.inputs, batch.lengths, split.inputs),
            (batch.targets, batch.target_lengths, split.targets),
        ]:
            assert together.dtype in (torch.int64, torch.float32)
            if lengths is None:
                assert torch.equal(together, torch.stack(alone[: len(together)]))
                continue
            assert len(together) == lengths.max() and lengths.min() >= 1
            for n, length in enumerate(lengths.tolist()):
                assert torch.equal(together[:length, n], alone[n])
                assert not together[length:, n].any()


def test_symbols_and_classes_are_in_their_range(dataset):
    for split in splits(dataset):
        for values, vocabulary in [
            (split.inputs, dataset.input_vocabulary),
            (split.targets, dataset.target_vocabulary),
        ]:
            flat = torch.cat([value.reshape(-1) for value in values])
            if vocabulary is not None:
                assert flat.dtype == torch.int64 and flat.min() > PADDING and flat.max() < len(vocabulary)
            elif flat.dtype == torch.int64:
                assert flat.min() >= 0 and flat.max() < len(dataset.classes)
            else:
                assert flat.isfinite().all()


def test_aligned_targets_are_as_long_as_their_inputs(dataset):
    for split in splits(dataset):
        if split.kind == "aligned":
            assert [len(one) for one in split.inputs] == [len(other) for other in split.targets]


def test_sequences_of_symbols_to_write_stop_with_an_end(dataset):
    for split in splits(dataset):
        if split.kind in ("one-to-many", "unaligned") and dataset.target_vocabulary is not None:
            assert all(target[-1] == END and END not in target[:-1] for target in split.targets)


def test_a_file_has_a_source_a_licence_and_its_checksum():
    files = [path for path in core.FILES.iterdir() if not path.name.endswith(".source.json")]
    assert files
    for path in files:
        content, source = read_file(path.name)
        assert source.origin and source.licence
        assert hashlib.sha256(content).hexdigest() == source.sha256
        assert len(content) < MAX_BYTES


@pytest.fixture
def a_file(tmp_path, monkeypatch):
    monkeypatch.setattr(core, "FILES", tmp_path)
    core.write_file("some.txt", b"data", "made up for the test", "none")
    assert read_file("some.txt")[0] == b"data"
    return tmp_path / "some.txt"


def test_a_damaged_file_is_named(a_file):
    a_file.write_bytes(b"date")
    with pytest.raises(DataFileError, match=r"some\.txt .* is damaged"):
        read_file("some.txt")


@pytest.mark.parametrize("missing", ["some.txt", "some.txt.source.json"])
def test_a_missing_file_is_named(a_file, missing):
    (a_file.parent / missing).unlink()
    with pytest.raises(DataFileError, match=r"some\.txt .* cannot be read"):
        read_file("some.txt")


@pytest.mark.parametrize("about", ["", "[]", "{}", json.dumps({"sha256": "1", "unknown": 2})])
def test_a_source_that_makes_no_sense_is_named(a_file, about):
    (a_file.parent / "some.txt.source.json").write_text(about)
    with pytest.raises(DataFileError, match=r"some\.txt"):
        read_file("some.txt")


def test_every_loader_names_its_missing_file(dataset, tmp_path, monkeypatch):
    if not dataset.source.sha256:
        pytest.skip("made by rule, without a file")
    name = dataset.source.name
    monkeypatch.setattr(core, "FILES", tmp_path)
    shutil.copy(core.Path(core.__file__).parent / "files" / f"{name}.source.json", tmp_path)
    with pytest.raises(DataFileError, match=name):
        read_file(name)


def test_a_vocabulary_goes_there_and_back():
    vocabulary = Vocabulary.of(["abba", "ca"])
    assert vocabulary.symbols[4:] == ("a", "b", "c")
    codes = vocabulary.encode("cab", end=True)
    assert codes.tolist() == [6, 4, 5, END]
    assert vocabulary.decode(codes) == ["c", "a", "b"]
    assert vocabulary.decode([BEGIN, 4, END, 5]) == vocabulary.decode([4, PADDING]) == ["a"]
    assert vocabulary.encode("z").tolist() == [UNKNOWN]
    assert vocabulary.encode("").tolist() == []
    assert Vocabulary.of(["abba", "ca"], min_count=2).symbols[4:] == ("a", "b")


@pytest.mark.parametrize("batch_size", [1, 2, 3, 10])
def test_a_pass_has_every_example_once(batch_size):
    split = Split("many-to-one", [torch.full((n + 1,), n + 1) for n in range(5)], [torch.tensor(n) for n in range(5)])
    for generator in (None, torch.Generator().manual_seed(0)):
        batches = list(split.batches(batch_size, generator))
        assert sorted(n for batch in batches for n in batch.targets.tolist()) == list(range(5))
        assert all(len(batch.targets) <= batch_size for batch in batches)
