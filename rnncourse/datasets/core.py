"""What every dataset is made of: examples in three splits, padded batches, vocabularies, a checked file."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

import torch
from torch import Generator, Tensor
from torch.nn.utils.rnn import pad_sequence

FILES = Path(__file__).parent / "files"
SPECIAL = ("<pad>", "<begin>", "<end>", "<unknown>")
PADDING, BEGIN, END, UNKNOWN = range(len(SPECIAL))  # codes that are the same in every vocabulary

Kind = Literal["many-to-one", "one-to-many", "aligned", "unaligned"]


class DataFileError(RuntimeError):
    """A data file of the package is missing or isn't the one that was released."""


class Batch(NamedTuple):
    """N examples. T is the longest input, T' the longest target; what is no sequence has no lengths.

    Symbols are int64 and padded with `PADDING`; numbers are float32 and padded with zeros.
    """

    inputs: Tensor  # sequences: (T, N) symbols or (T, N, D) numbers; one thing each: (N,) a class or (N, D) numbers
    lengths: Tensor | None  # (N,) of the inputs
    targets: Tensor  # (N,) a class each; (T, N) aligned with the inputs; else (T', N) symbols or (T', N, D) numbers
    target_lengths: Tensor | None  # (N,) of the targets


@dataclass(frozen=True)
class Vocabulary:
    """Symbols (characters, words, tags, notes …) and their codes; the first four are `SPECIAL`."""

    symbols: tuple[str, ...]

    @classmethod
    def of(cls, sequences: Iterable[Iterable[str]], min_count: int = 1) -> Vocabulary:
        """Every symbol that occurs at least so often, the most frequent first."""
        counts = Counter(symbol for sequence in sequences for symbol in sequence)
        frequent = [symbol for symbol, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
        return cls(SPECIAL + tuple(symbol for symbol in frequent if counts[symbol] >= min_count))

    def __len__(self) -> int:
        return len(self.symbols)

    def encode(self, symbols: Iterable[str], end: bool = False) -> Tensor:
        """(T,) int64; a symbol that isn't known becomes `UNKNOWN`; with ``end``, `END` comes last."""
        codes = [self._codes.get(symbol, UNKNOWN) for symbol in symbols]
        return torch.tensor(codes + [END] * end, dtype=torch.int64)

    def decode(self, codes: Iterable[int] | Tensor) -> list[str]:
        """The symbols up to `END`, without padding."""
        decoded = []
        for code in codes.tolist() if isinstance(codes, Tensor) else codes:
            if code == END:
                break
            if code not in (PADDING, BEGIN):
                decoded.append(self.symbols[code])
        return decoded

    @cached_property
    def _codes(self) -> dict[str, int]:
        return {symbol: code for code, symbol in enumerate(self.symbols)}


@dataclass(frozen=True)
class Split:
    """Examples without padding: each input and target is a sequence, (T,) or (T, D), or one thing, () or (D,)."""

    kind: Kind
    inputs: list[Tensor]
    targets: list[Tensor]

    def __len__(self) -> int:
        return len(self.inputs)

    def __getitem__(self, i: int) -> tuple[Tensor, Tensor]:
        return self.inputs[i], self.targets[i]

    def batch(self, indices: Iterable[int] | None = None) -> Batch:
        """The examples with these indices, all of them by default, padded to the longest."""
        chosen = range(len(self)) if indices is None else list(indices)
        inputs, lengths = _together([self.inputs[i] for i in chosen], self.kind != "one-to-many")
        targets, target_lengths = _together([self.targets[i] for i in chosen], self.kind != "many-to-one")
        return Batch(inputs, lengths, targets, target_lengths)

    def batches(self, batch_size: int, generator: Generator | None = None) -> Iterator[Batch]:
        """Every example once: in order, or shuffled by a generator; the last batch may be smaller."""
        order = torch.arange(len(self)) if generator is None else torch.randperm(len(self), generator=generator)
        for chosen in order.split(batch_size):
            yield self.batch(chosen.tolist())


@dataclass(frozen=True)
class Source:
    """Where a data file comes from."""

    name: str
    origin: str  # the package and version, and who made the data, with the year
    licence: str
    sha256: str  # of the derived file


@dataclass(frozen=True)
class Dataset:
    """A task with its data.

    No example of validation and test is a neighbour of one in train: they are split by document, subject, position or
    value, as the module of the dataset says.
    """

    kind: Kind
    train: Split
    validation: Split
    test: Split
    source: Source
    input_vocabulary: Vocabulary | None = None  # None: numbers, or classes
    target_vocabulary: Vocabulary | None = None
    classes: tuple[str, ...] = ()  # of the targets (many-to-one) or of the inputs (one-to-many)


def read_file(name: str) -> tuple[bytes, Source]:
    """A data file and its source, from ``files/NAME`` and ``files/NAME.source.json``.

    Raises:
        DataFileError: it is missing or damaged.
    """
    path, about = FILES / name, FILES / f"{name}.source.json"
    try:
        content, source = path.read_bytes(), Source(name, **json.loads(about.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise DataFileError(
            f"The data file {name} of rnncourse.datasets, or its source.json, cannot be read ({error}): "
            "get the course's folder anew, or install the package again."
        ) from error
    if (found := hashlib.sha256(content).hexdigest()) != source.sha256:
        raise DataFileError(
            f"The data file {name} of rnncourse.datasets is damaged: its SHA-256 is {found[:12]}…, expected "
            f"{source.sha256[:12]}…. Get the course's folder anew, or install the package again."
        )
    return content, source


def write_file(name: str, content: bytes, origin: str, licence: str) -> None:
    """For the scripts in `make/`: a data file with its source and checksum beside it."""
    FILES.mkdir(exist_ok=True)
    (FILES / name).write_bytes(content)
    about = {"origin": origin, "licence": licence, "sha256": hashlib.sha256(content).hexdigest()}
    (FILES / f"{name}.source.json").write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _together(examples: list[Tensor], are_sequences: bool) -> tuple[Tensor, Tensor | None]:
    if not are_sequences:
        return torch.stack(examples), None
    return pad_sequence(examples, padding_value=PADDING), torch.tensor([len(example) for example in examples])
