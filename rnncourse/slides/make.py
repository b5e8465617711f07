"""Gets what the slides run on into ``files/``: reveal.js and MathJax, so that no slide asks a network. Run it by hand,
with npm: ``python -m rnncourse.slides.make``.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

FILES = Path(__file__).with_name("files")
SOURCES = {
    "reveal.js@5.2.1": ("MIT", ["dist/reveal.js", "dist/reveal.css", "plugin/notes/notes.js", "LICENSE"]),
    "mathjax@3.2.2": ("Apache License 2.0", ["es5/tex-svg-full.js", "LICENSE"]),
}


def main() -> None:
    FILES.mkdir(exist_ok=True)
    about = {}
    for package, (licence, names) in SOURCES.items():
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
            (archive,) = Path(folder).glob("*.tgz")
            with tarfile.open(archive) as content:
                for name in names:
                    text = content.extractfile(f"package/{name}").read()
                    file = f"{package.partition('@')[0]}-{Path(name).name}.gz"
                    (FILES / file).write_bytes(gzip.compress(text, mtime=0))
                    sha256 = hashlib.sha256(text).hexdigest()
                    about[file] = {"origin": f"npm {package}, {name}", "licence": licence, "sha256": sha256}
    (FILES / "sources.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
