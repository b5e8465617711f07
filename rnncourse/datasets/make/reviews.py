"""Make ``files/reviews.tsv.gz`` from a text file in the source distribution of vaderSentiment.

python -m rnncourse.datasets.make.reviews
"""

from __future__ import annotations

import gzip
import io
import tarfile
from tempfile import TemporaryDirectory

from rnncourse.datasets.core import write_file
from rnncourse.datasets.make.download import download
from rnncourse.datasets.reviews import tokens

PACKAGE = "vaderSentiment==3.3.2"
ARCHIVE = "vaderSentiment-3.3.2/additional_resources/hutto_ICWSM_2014.tar.gz"
TEXTS = "hutto_ICWSM_2014/movieReviewSnippets_GroundTruth.txt"
ORIGIN = (
    "vaderSentiment 3.3.2, source distribution: hutto_ICWSM_2014/movieReviewSnippets_GroundTruth.txt. Mean ratings by "
    "15 to 29 people for each snippet: C. J. Hutto and E. Gilbert (2014), VADER, ICWSM. The snippets: B. Pang and "
    "L. Lee (2004, 2005), from reviews on rottentomatoes.com"
)
LICENCE = "MIT (the package, with its data); the snippets are sentences quoted from published reviews"
SHORTEST = 4  # tokens
CLEAR = 0.5  # on a scale from -4 to 4; what is nearer to zero is neither positive nor negative


def main() -> None:
    with TemporaryDirectory() as folder, tarfile.open(download(PACKAGE, folder, source=True)) as package:
        archive = io.BytesIO(package.extractfile(ARCHIVE).read())
    with tarfile.open(fileobj=archive) as inner:
        lines = inner.extractfile(TEXTS).read().decode("utf-8").splitlines()
    kept = [f"{number}\t{float(rating):.2f}\t{text.strip()}" for number, rating, text in clear(lines)]
    write_file("reviews.tsv.gz", gzip.compress("\n".join(kept).encode(), mtime=0), ORIGIN, LICENCE)
    print(f"{len(kept)} of {len(lines)} snippets")


def clear(lines: list[str]) -> list[list[str]]:
    """Number, rating and text of the snippets with a clear rating and some words, each sequence of tokens once."""
    found = {}
    for line in lines:
        number, rating, text = line.split("\t")
        if abs(float(rating)) >= CLEAR and len(tokens(text)) >= SHORTEST:
            found.setdefault(tuple(tokens(text)), [number, rating, text])
    return list(found.values())


if __name__ == "__main__":
    main()
