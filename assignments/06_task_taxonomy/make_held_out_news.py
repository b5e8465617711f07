"""Makes ``held_out_news.txt.gz``, documents that the package does not have. Run it by hand, with npm, in this folder.

python make_held_out_news.py
"""

import gzip
from pathlib import Path

from rnncourse.datasets.make.tagged_news import written

if __name__ == "__main__":
    content = gzip.compress(written(range(11, 45, 11)).encode(), mtime=0)
    Path(__file__).with_name("held_out_news.txt.gz").write_bytes(content)
