"""Make `files/tunes.json.gz`: python -m rnncourse.datasets.make.tunes

Takes O'Neill's and Ryan's collections out of music21's wheel and rewrites each tune as a row of simple symbols; the
module `rnncourse.datasets.tunes` says which. A tune that doesn't fit (another kind, a change of key or meter, a bar
that doesn't add up, too long) is left out.
"""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from rnncourse.datasets.core import write_file
from rnncourse.datasets.tunes import STEPS, UNITS, bars, inner_bars

PACKAGE, VERSION = "music21", "10.5.1"
OTHER_NAMES = {"double jig": "jig", "slipjig": "slip jig"}
EVEN = {"C|", "C", "4/4", "2/4"}
METERS = {"jig": {"6/8"}, "slip jig": {"9/8"}, "reel": EVEN, "hornpipe": EVEN}
SHORTEST, LONGEST = 40, 160  # symbols
RARE = 5  # a tune with a symbol that fewer tunes have is left out
SHARPS = {"C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5, "F": -1, "Bb": -2, "Eb": -3, "Ab": -4, "F#": 6}
MODES = {"": 0, "maj": 0, "m": -3, "min": -3, "mix": -1, "dor": -2, "phr": -4, "lyd": 1, "aeo": -3}
NAMES = ("C", "^C", "D", "_E", "E", "F", "^F", "G", "^G", "A", "_B", "B")
NOTE = re.compile(r"[\^_=]?[A-Ga-gz][,']*[\d/]*")
SYMBOL = re.compile(
    r"""(?P<triplet>\(3(?!:))
      | (?P<repeat>:\|:?|::|:\]) | (?P<section>\|\]|\|\||\|:|\[\|) | (?P<ending>\[[12]|(?<=[|])\s*[12]) | (?P<bar>\|)
      | (?P<sign>\^{1,2}|_{1,2}|=)?(?P<note>[A-Ga-gz])(?P<octave>[,']*)(?P<length>\d*/*\d*)(?P<broken>\s*[<>])?""",
    re.VERBOSE,
)


class Tune(NamedTuple):
    title: str
    kind: str
    symbols: list[str]


class Unfit(Exception):
    """A tune that cannot be written in the simple symbols."""


def main() -> None:
    tunes: dict[str, Tune] = {}
    left_out: Counter[str] = Counter()
    for text in texts():
        for abc in re.split(r"\n(?=X:)", text.replace("\r", "\n")):
            try:
                tune = simplified(abc)
                tunes.setdefault(" ".join(tune.symbols), tune)
            except Unfit as reason:
                left_out[str(reason)] += 1
    usual = without_rare_symbols(sorted(tunes.values()))
    splits = split(usual)
    write_file(
        "tunes.json.gz",
        gzip.compress(json.dumps(splits, indent=0).encode(), mtime=0),
        f"{PACKAGE} {VERSION} on PyPI, corpus/oneills1850 and corpus/ryansMammoth: F. O'Neill, O'Neill's Music of "
        "Ireland (1903), and W. B. Ryan, Ryan's Mammoth Collection (1883), traditional tunes; typed in ABC by "
        "volunteers (J. Chambers, R. Davies, T. O'Neil, B. Safranek, H. Norbeck and others); here reduced to the notes",
        "the tunes: public domain (printed 1883 and 1903); the transcriptions: distributed with music21 by permission "
        "of their encoders, no licence named in the files (music21's corpus/license.txt); the package: BSD-3-Clause",
    )
    print({name: Counter(kind for kind, _ in rows) for name, rows in splits.items()}, "left out:", left_out)


def without_rare_symbols(tunes: list[Tune]) -> list[Tune]:
    counts = Counter(symbol for tune in tunes for symbol in set(tune.symbols))
    return [tune for tune in tunes if min(counts[symbol] for symbol in tune.symbols) >= RARE]


def split(tunes: list[Tune]) -> dict[str, list[tuple[str, str]]]:
    """Nine tenths of the groups of variants to train, the rest half and half."""
    rows: dict[str, list] = {"train": [], "validation": [], "test": []}
    for group in groups(tunes):
        draw = hashlib.sha256(group[0].title.encode()).digest()[0]  # the same in every run
        name = "train" if draw >= 48 else "validation" if draw < 24 else "test"
        rows[name] += [(tune.kind, " ".join(tune.symbols)) for tune in group]
    return rows


def groups(tunes: list[Tune]) -> list[list[Tune]]:
    """Tunes that share their title, or two bars on end, and whatever shares these with them."""
    parent = list(range(len(tunes)))

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    first_with: dict[object, int] = {}
    for i, tune in enumerate(tunes):
        for mark in {re.sub("[^a-z]", "", tune.title.lower()), *pairs_of_bars(tune.symbols)}:
            parent[root(i)] = root(first_with.setdefault(mark, i))
    found: dict[int, list[Tune]] = {}
    for i, tune in enumerate(tunes):
        found.setdefault(root(i), []).append(tune)
    return list(found.values())


def pairs_of_bars(symbols: list[str]) -> list[tuple[str, str]]:
    """Neighbouring bars; one of fewer than four symbols says too little and doesn't count."""
    found = [bar.strip() for bar in re.split(r":\||\|+", " ".join(symbols))]
    telling = [bar for bar in found if len(bar.split()) >= 4]
    return list(itertools.pairwise(telling))


def texts() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", folder, f"{PACKAGE}=={VERSION}"]
        subprocess.run(command, check=True)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as files:
            wanted = re.compile(r"music21/corpus/(oneills1850|ryansMammoth)/.*\.abc")
            names = sorted(name for name in files.namelist() if wanted.fullmatch(name))
            return [files.read(name).decode("latin-1") for name in names]


def simplified(abc: str) -> Tune:
    head, _, body = abc.partition("\nK:")
    fields = dict(re.findall(r"^([A-Z]):\s*(.*?)\s*$", head, re.MULTILINE))
    kind = fields.get("R", "").lower()
    kind = OTHER_NAMES.get(kind, kind)
    if not body or fields.get("M") not in METERS.get(kind, ()):
        raise Unfit("another kind")
    key, _, body = body.partition("\n")
    body = re.sub(r"%.*|^w:.*", "", body, flags=re.MULTILINE)
    if re.search(r"^[A-Z]:|\[[A-Z]:", body, re.MULTILINE):
        raise Unfit("changes on its way")
    symbols = rewritten(body, sharps_of(key), fraction(fields.get("L", "1/8")) / unit(fields["M"], kind))
    if not SHORTEST <= len(symbols) <= LONGEST:
        raise Unfit("too short or too long")
    if any(bar.length > UNITS[kind] for bar in bars(symbols)):
        raise Unfit("a bar that is too long")
    if any(bar.length < UNITS[kind] for bar in inner_bars(symbols)):
        raise Unfit("a bar that is too short")
    return Tune(title(fields.get("T", "")), kind, symbols)


def title(text: str) -> str:
    """'Acacia -- Reel' and 'Acacia, The' become Acacia."""
    return re.sub(r"\s*--.*|, (The|A)$|^(The|A) ", "", text).strip()


def fraction(text: str) -> Fraction:
    numerator, _, denominator = text.partition("/")
    return Fraction(int(numerator or 1), int(denominator or 1))


def unit(meter: str, kind: str) -> Fraction:
    """The length of one unit of a bar, as part of a whole note."""
    return (Fraction(1) if meter in ("C", "C|") else fraction(meter)) / UNITS[kind]


def sharps_of(key: str) -> int:
    parts = re.match(r"\s*([A-G][#b]?)\s*([A-Za-z]*)", key)
    if not parts or parts[1] not in SHARPS or parts[2].lower()[:3] not in MODES:
        raise Unfit("unknown key")
    return SHARPS[parts[1]] + MODES[parts[2].lower()[:3]]


def rewritten(body: str, sharps: int, unit: Fraction) -> list[str]:
    body = re.sub(r'"[^"]*"|\{[^}]*\}|![^!\n]*!|\\\n|\\', "", body)  # words and grace notes
    body = re.sub(r"\[([^]|:0-9][^]|]*)\]", lambda chord: NOTE.findall(chord[1])[-1], body)  # the last is the highest
    altered = {step: 1 for step in "FCGDAEB"[: max(sharps, 0)]} | {step: -1 for step in "BEADGCF"[: max(-sharps, 0)]}
    shift = (-7 * sharps + 6) % 12 - 6  # to no sharps and flats, up or down, whichever is nearer
    symbols, signs, carried, skipping = [], {}, Fraction(1), False
    for found in SYMBOL.finditer(body):
        if found["ending"]:
            skipping = found["ending"].strip("[ ") == "2"
        elif found["repeat"] or found["section"] or found["bar"]:
            skipping = skipping and not (found["repeat"] or found["section"])
            signs = {}
            if not skipping:
                bar_line(symbols, ":|" if found["repeat"] else "||" if found["section"] else "|")
        elif skipping:
            continue
        elif found["triplet"]:
            symbols.append("(3")
        else:
            length, carried = lengths(found, carried)
            symbols.append(note(found, altered, signs, shift) + written(length * unit))
    if symbols and symbols[-1] == "|":
        symbols[-1] = "||"
    if symbols and symbols[-1] not in ("||", ":|"):
        symbols.append("||")
    return symbols


def bar_line(symbols: list[str], line: str) -> None:
    """Never two in a row: the stronger one stays."""
    strength = ("|", "||", ":|")
    if symbols and symbols[-1] in strength:
        symbols[-1] = max(symbols[-1], line, key=strength.index)
    elif symbols:
        symbols.append(line)


def lengths(found: re.Match, carried: Fraction) -> tuple[Fraction, Fraction]:
    """A note's length, and what a > or < behind it does to the next."""
    numerator, slashes, denominator = re.fullmatch(r"(\d*)(/*)(\d*)", found["length"]).groups()
    length = Fraction(int(numerator or 1), int(denominator) if denominator else 2 ** len(slashes)) * carried
    broken = (found["broken"] or "").strip()
    after = {"": Fraction(1), ">": Fraction(1, 2), "<": Fraction(3, 2)}[broken]
    return length * (2 - after), after


def note(found: re.Match, altered: dict[str, int], signs: dict[str, int], shift: int) -> str:
    if found["note"] == "z":
        return "z"
    step, marks = found["note"].upper(), found["octave"]
    octave = found["note"].islower() + marks.count("'") - marks.count(",")
    place = f"{step}{octave}"
    if found["sign"]:
        signs[place] = {"^": 1, "_": -1, "=": 0, "^^": 2, "__": -2}[found["sign"]]
    pitch = STEPS[step] + 12 * octave + signs.get(place, altered.get(step, 0)) + shift
    name, octave = NAMES[pitch % 12], pitch // 12
    return name + "," * -octave if octave <= 0 else name.lower() + "'" * (octave - 1)


def written(length: Fraction) -> str:
    if length.denominator not in (1, 2) or not 0 < length <= 12:
        raise Unfit("an odd length")
    return "" if length == 1 else str(length)


if __name__ == "__main__":
    main()
