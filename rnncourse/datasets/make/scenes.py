"""Make ``files/scenes.u8.gz``, the handwritten digits that scenes are made of, from scikit-learn.

python -m rnncourse.datasets.make.scenes
"""

from __future__ import annotations

import gzip
import zipfile
from tempfile import TemporaryDirectory

import numpy as np

from rnncourse.datasets.core import write_file
from rnncourse.datasets.make.download import download

PACKAGE = "scikit-learn==1.9.1"
TABLE = "sklearn/datasets/data/digits.csv.gz"
ORIGIN = (
    "scikit-learn 1.9.1: datasets/data/digits.csv.gz, which is the test file of Optical Recognition of Handwritten "
    "Digits of the UCI repository. E. Alpaydin and C. Kaynak (1998), Bogazici University. The layout of the scenes and "
    "their captions are synthetic"
)
LICENCE = "CC BY 4.0 (as the UCI repository states it for data set 80); the package: BSD 3-Clause"


def main() -> None:
    with TemporaryDirectory() as folder, zipfile.ZipFile(download(PACKAGE, folder)) as package:
        lines = gzip.decompress(package.read(TABLE)).decode("ascii").splitlines()
    rows = np.array([[int(number) for number in line.split(",")] for line in lines], dtype=np.uint8)
    assert rows.shape == (1797, 65) and rows[:, :64].max() == 16
    write_file("scenes.u8.gz", gzip.compress(rows.tobytes(), mtime=0), ORIGIN, LICENCE)
    print(f"{len(rows)} digits")


if __name__ == "__main__":
    main()
