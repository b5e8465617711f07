"""Teams into presentation slots: who speaks when, from two CSV files.

`teams.csv` has a column `team` and, if some cannot come at every time, `cannot`: times separated by ";", each a day
(2021-11-17), a day and a time (2021-11-20 14:00, the slot at that time) or a span (2021-11-20 10:00-12:00, every slot
that overlaps it). `slots.csv` has the sessions, with `day`, `start` and `end`; each is cut into slots of equal length.
"""

from __future__ import annotations

import csv
import random
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import networkx as nx

SPAN = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?:\s+(?P<start>\d\d?:\d\d)(?:\s*[-–]\s*(?P<end>\d\d?:\d\d))?)?")
MINUTE = timedelta(minutes=1)


class NoSchedule(ValueError):
    """Why there is no schedule: a file that cannot be read, or teams that do not fit. One sentence."""


@dataclass(frozen=True, order=True)
class Slot:
    """A time on one day, in which one team speaks."""

    start: datetime
    end: datetime

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d %H:%M}–{self.end:%H:%M}"

    def overlaps(self, other: Slot) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Team:
    """A team, and the times at which it cannot speak."""

    name: str
    cannot: tuple[Slot, ...] = ()

    def can(self, slot: Slot) -> bool:
        return not any(slot.overlaps(busy) for busy in self.cannot)


def read_slots(path: Path, minutes: int) -> list[Slot]:
    """The sessions of a file, cut into slots of so many minutes, in the order of time.

    Raises:
        NoSchedule: the file, a line of it, or a session that is too short or overlaps another one.
    """
    sessions = []
    for number, row in _rows(path, ("day", "start", "end")):
        session = _span(f"{row['day']} {row['start']}-{row['end']}")
        if session is None:
            raise NoSchedule(
                f"{path.name}, line {number}: expected a day such as 2021-11-17 and a start before its end, such as "
                f"11:00 and 12:00; found {row['day']!r}, {row['start']!r} and {row['end']!r}."
            )
        if clash := next((other for other in sessions if session.overlaps(other)), None):
            raise NoSchedule(f"{path.name}, line {number}: {session} overlaps the session {clash}.")
        if session.end - session.start < minutes * MINUTE:
            raise NoSchedule(f"{path.name}, line {number}: {session} is shorter than one slot of {minutes} minutes.")
        sessions.append(session)
    slots = []
    for session in sorted(sessions):
        for place in range((session.end - session.start) // (minutes * MINUTE)):
            start = session.start + place * minutes * MINUTE
            slots.append(Slot(start, start + minutes * MINUTE))
    return slots


def read_teams(path: Path, slots: list[Slot]) -> list[Team]:
    """The teams of a file, in its order.

    Raises:
        NoSchedule: the file, a line of it, a team that is there twice, or a time at which there is no slot.
    """
    teams: dict[str, Team] = {}
    for number, row in _rows(path, ("team",)):
        name = row["team"]
        if not name:
            raise NoSchedule(f"{path.name}, line {number}: the team has no name.")
        if name in teams:
            raise NoSchedule(f"{path.name}, line {number}: the team {name} is there twice.")
        entries = [entry.strip() for entry in row.get("cannot", "").split(";") if entry.strip()]
        busy = [_span(entry) for entry in entries]
        for entry, span in zip(entries, busy, strict=True):
            if span is None or not any(span.overlaps(slot) for slot in slots):
                raise NoSchedule(
                    f"{path.name}, line {number}: {name} cannot come at {entry!r}, when there is no slot; expected "
                    "a day, a day and a time, or a span such as 2021-11-20 10:00-12:00."
                )
        teams[name] = Team(name, tuple(busy))
    return list(teams.values())


def schedule(teams: list[Team], slots: list[Slot], seed: int) -> dict[Slot, Team]:
    """A slot for each team at a time it can take, the earliest slots first, drawn by lot where there is a choice.

    A flow of largest size and least cost through a network team → slot, in which a later slot costs more.

    Raises:
        NoSchedule: they don't fit; the sentence names those who have too few slots between them.
    """
    drawn = random.Random(seed).sample(range(len(teams)), len(teams))  # the order of the nodes decides between equals
    network = nx.DiGraph()
    for team in drawn:
        network.add_edge("teams", ("team", team), capacity=1)
        for place, slot in enumerate(slots):
            if teams[team].can(slot):
                network.add_edge(("team", team), ("slot", place))
    for place in range(len(slots)):
        network.add_edge(("slot", place), "slots", capacity=1, weight=place)
    flow = nx.max_flow_min_cost(network, "teams", "slots")
    found = {slots[node[1]]: teams[team] for team in drawn for node, taken in flow["team", team].items() if taken}
    if len(found) < len(teams):
        raise NoSchedule(_who_is_left(teams, slots, network))
    return dict(sorted(found.items()))


def _who_is_left(teams: list[Team], slots: list[Slot], network: nx.DiGraph) -> str:
    """Hall's condition (1935) fails for the teams in front of a smallest cut; from behind, it is the nearest one."""
    _, (_, near) = nx.minimum_cut(network.reverse(), "slots", "teams")
    crowd = sorted(number for kind, number in near - {"teams"} if kind == "team")
    shared = sorted(number for kind, number in near - {"teams"} if kind == "slot")
    left = len(crowd) - len(shared)
    unplaced = f"{left} of {_count(len(teams), 'team')} {'has' if left == 1 else 'have'} no slot"
    who = _listed([teams[number].name for number in crowd]) if len(crowd) < len(teams) else "together they"
    times = f" ({_listed(_spans([slots[number] for number in shared]))})" if shared else ""
    return f"{unplaced}: {who} can take {_count(len(shared), 'slot')}{times}. Add a session, or ask for other times."


def write_schedule(path: Path, found: dict[Slot, Team]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("day", "start", "end", "team"), *rows(found)])


def rows(found: dict[Slot, Team]) -> list[tuple[str, str, str, str]]:
    """Day, start, end and team, in the order of time."""
    return [
        (f"{slot.start:%Y-%m-%d}", f"{slot.start:%H:%M}", f"{slot.end:%H:%M}", team.name)
        for slot, team in found.items()
    ]


def _rows(path: Path, needed: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """The filled lines of a CSV file with their numbers; a spreadsheet's semicolons, tabs and byte order mark are fine.

    Raises:
        NoSchedule: it cannot be read, lacks a column, or holds nothing.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise NoSchedule(f"{path} cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise NoSchedule(f"{path.name} isn't text in UTF-8: save it as CSV UTF-8.") from None
    header = lines[0] if lines else ""
    reader = csv.DictReader(lines, delimiter=max(",;\t", key=header.count), restval="")
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or []]
    for name in needed:
        if name not in reader.fieldnames:
            found = _listed(reader.fieldnames) if header else "nothing"
            raise NoSchedule(f"{path.name} has no column {name!r}: its first line names {found}.")
    filled = []
    for row in reader:
        if None in row:
            raise NoSchedule(
                f"{path.name}, line {reader.line_num}: it has more values than the first line has columns; "
                "a value that holds the separator stands in quotes."
            )
        values = {name: value.strip() for name, value in row.items()}
        if any(values.values()):
            filled.append((reader.line_num, values))
    if not filled:
        raise NoSchedule(f"{path.name} has no line below its first.")
    return filled


def _span(text: str) -> Slot | None:
    """A day, a minute or a span; None if it is neither, or ends before it begins."""
    match = SPAN.fullmatch(text.strip())
    try:
        day, start, end = match.group("day", "start", "end")
        begin = datetime.fromisoformat(day)
        if start is None:
            return Slot(begin, begin + timedelta(days=1))
        first = datetime.strptime(f"{day} {start}", "%Y-%m-%d %H:%M")
        last = datetime.strptime(f"{day} {end}", "%Y-%m-%d %H:%M") if end else first + MINUTE
    except (AttributeError, ValueError):
        return None
    return Slot(first, last) if first < last else None


def _spans(slots: list[Slot]) -> list[str]:
    """Slots that follow each other without a gap, as one span."""
    joined: list[Slot] = []
    for slot in slots:
        if joined and joined[-1].end == slot.start:
            slot = Slot(joined.pop().start, slot.end)
        joined.append(slot)
    return list(map(str, joined))


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'s' * (number != 1)}"


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
