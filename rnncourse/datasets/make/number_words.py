"""Makes `files/number_words.txt.gz`: python -m rnncourse.datasets.make.number_words"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile

from rnncourse.datasets.make.download import download
from rnncourse.datasets.number_words import FILE
from rnncourse.datasets.pairs import SPLITS, Pair, write_pairs

PACKAGE = "num2words==0.5.14"
SIZES = (8000, 1000, 1000)
WRONG, RIGHT = "einstausend", "eintausend"  # this version writes sechshunderteinstausend for 601,000


def main() -> None:
    generator = random.Random(0)
    numbers = list(range(1000))
    for low in (1000, 10_000, 100_000):
        numbers += generator.sample(range(low, 10 * low), 3000)
    generator.shuffle(numbers)
    splits = [split for split, size in zip(SPLITS, SIZES, strict=True) for _ in range(size)]
    with tempfile.TemporaryDirectory() as folder:
        shutil.unpack_archive(download(PACKAGE, folder), folder, "zip")
        sys.path.insert(0, folder)
        from num2words.lang_DE import Num2Word_DE
        from num2words.lang_EN import Num2Word_EN

        english, german = Num2Word_EN().to_cardinal, Num2Word_DE().to_cardinal
        pairs = [
            Pair(split, str(number), english(number), german(number).replace(WRONG, RIGHT))
            for number, split in zip(numbers, splits, strict=True)
        ]
    origin = f"{PACKAGE.replace('==', ' ')} (Taro Ogawa, Savoir-faire Linux and contributors), of sampled numbers"
    write_pairs(FILE, pairs, origin, "LGPL 2.1 (num2words, the program that wrote these sentences)")


if __name__ == "__main__":
    main()
