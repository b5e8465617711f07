"""Make ``files/actions.i16.gz`` from the recordings of a smartwatch in the package seglearn.

python -m rnncourse.datasets.make.actions

The file begins with a line of JSON that describes the recordings; the numbers follow, 16 bit, in hundredths.
"""

from __future__ import annotations

import gzip
import io
import json
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import numpy as np

from rnncourse.datasets.core import write_file
from rnncourse.datasets.make.download import download

PACKAGE = "seglearn==1.2.5"
RECORDINGS = "seglearn/data/watch_dataset.npy"
ORIGIN = (
    "seglearn 1.2.5, seglearn/data/watch_dataset.npy: D. M. Burns et al. (2018), Shoulder physiotherapy exercise "
    "recognition, Physiological Measurement 39(7); here the means of five measurements each, 10 a second"
)
LICENCE = "BSD 3-Clause (the package, with its data)"
EVERY = 5  # of 50 measurements a second


def main() -> None:
    with TemporaryDirectory() as folder, ZipFile(download(PACKAGE, folder)) as package:
        watch = np.load(io.BytesIO(package.read(RECORDINGS)), allow_pickle=True).item()
    motions = [np.rint(100 * slower(motion)).astype("<i2") for motion in watch["X"]]
    recordings = [
        {"subject": int(subject), "arm": ("left", "right")[int(side)], "exercise": int(exercise), "steps": len(motion)}
        for subject, side, exercise, motion in zip(watch["subject"], watch["side"], watch["y"], motions, strict=True)
    ]
    content = json.dumps(recordings).encode() + b"\n" + np.concatenate(motions).tobytes()
    write_file("actions.i16.gz", gzip.compress(content, mtime=0), ORIGIN, LICENCE)
    print(len(recordings), "recordings,", sum(map(len, motions)), "steps")


def slower(motion: np.ndarray) -> np.ndarray:
    """(T, 6) → (T // EVERY, 6), the mean of each five."""
    whole = len(motion) // EVERY * EVERY
    return motion[:whole].reshape(-1, EVERY, 6).mean(1)


if __name__ == "__main__":
    main()
