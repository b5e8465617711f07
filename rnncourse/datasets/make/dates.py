"""Makes `files/dates.txt.gz`: python -m rnncourse.datasets.make.dates"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from datetime import date, timedelta

from rnncourse.datasets.dates import FILE
from rnncourse.datasets.make.download import download
from rnncourse.datasets.pairs import SPLITS, Pair, write_pairs

PACKAGE = "babel==2.18.0"
FIRST, LAST = date(1990, 1, 1), date(2029, 12, 31)  # no two years of these end in the same two digits
WIDTHS = ("full", "long", "medium", "short")
SIZES = (6400, 800, 800)


def main() -> None:
    days = random.Random(0).sample(range((LAST - FIRST).days + 1), sum(SIZES))
    splits = [split for split, size in zip(SPLITS, SIZES, strict=True) for _ in range(size)]
    with tempfile.TemporaryDirectory() as folder:
        shutil.unpack_archive(download(PACKAGE, folder), folder, "zip")
        sys.path.insert(0, folder)
        from babel.core import get_cldr_version
        from babel.dates import format_date

        pairs = []
        for number, (day, split) in enumerate(zip(days, splits, strict=True)):
            when, width = FIRST + timedelta(day), WIDTHS[number % len(WIDTHS)]
            english, french = (format_date(when, width, locale) for locale in ("en_US", "fr_FR"))
            pairs.append(Pair(split, when.isoformat(), english, french))
        origin = (
            f"{PACKAGE.replace('==', ' ')}, format_date of sampled days, with the locale data of the Unicode CLDR "
            f"{get_cldr_version()} (Unicode Consortium, 2025)"
        )
    write_pairs(FILE, pairs, origin, "Unicode License V3, © 2004-2025 Unicode, Inc. (the locale data); BSD-3 (Babel)")


if __name__ == "__main__":
    main()
