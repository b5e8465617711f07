"""Teams into presentation slots: the lecture's case, cases that don't fit, and the CSV files that people send."""

from __future__ import annotations

import csv
import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from rnncourse.grading.schedule import NoSchedule, read_slots, read_teams, schedule

SESSIONS = "day,start,end\n2021-11-20,14:00,15:00\n2021-11-17,11:00,12:00\n2021-11-20,10:00,12:00\n"
EARLY = ("T1", "T2", "T4", "T16")  # the lecture's four teams of the first day
TEAMS = "team,cannot\n" + "".join(f"T{n},{'' if f'T{n}' in EARLY else '2021-11-17'}\n" for n in range(1, 17))


@pytest.fixture
def plan(tmp_path: Path):
    """Writes the files, and makes a schedule of them: (day, start) → team."""

    def made(teams: str | bytes = TEAMS, slots: str = SESSIONS, seed: int = 0, minutes: int = 15) -> dict:
        for name, text in (("teams.csv", teams), ("slots.csv", slots)):
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        free = read_slots(tmp_path / "slots.csv", minutes)
        found = schedule(read_teams(tmp_path / "teams.csv", free), free, seed)
        return {(f"{slot.start:%Y-%m-%d}", f"{slot.start:%H:%M}"): team.name for slot, team in found.items()}

    return made


def test_the_lectures_case(plan):
    found = plan()
    assert list(found) == sorted(found)
    assert sorted(found.values()) == sorted(f"T{n}" for n in range(1, 17))
    assert {team for (day, _), team in found.items() if day == "2021-11-17"} == set(EARLY)
    saturday = [start for day, start in found if day == "2021-11-20"]
    assert saturday == [f"{hour}:{minute:02}" for hour in (10, 11, 14) for minute in (0, 15, 30, 45)]


def test_a_seed_is_a_schedule_and_another_seed_another_one(plan):
    assert plan(seed=3) == plan(seed=3)
    assert len({tuple(plan(seed=seed).values()) for seed in range(5)}) == 5


def test_every_team_gets_the_first_slot_about_equally_often(plan):
    first = [next(iter(plan("team\nA\nB\nC\n", seed=seed).values())) for seed in range(150)]
    assert all(30 <= first.count(team) <= 70 for team in "ABC")


def test_a_slot_is_left_free_at_the_end_rather_than_between(plan):
    assert list(plan("team\nA\nB\nC\nD\nE\n"))[-1] == ("2021-11-20", "10:00")


def test_nobody_speaks_when_they_cannot_however_narrow_it_is(plan):
    """Each team has one slot left, and the first to choose would take another's."""
    starts = ["11:00", "11:15", "11:30", "11:45"]
    lines = [f"T{n},2021-11-20;{';'.join(f'2021-11-17 {start}' for start in starts[n + 1 :])}" for n in range(4)]
    found = plan("team,cannot\n" + "\n".join(lines))
    assert found == {("2021-11-17", start): f"T{n}" for n, start in enumerate(starts)}


def test_what_the_flow_finds_is_the_most_that_any_order_finds(plan):
    """Against every assignment of four teams, for all patterns of what two of them can take."""
    times = [(f"2021-11-17 11:{minute:02}") for minute in (0, 15, 30, 45)]
    for busy in itertools.product(itertools.product((0, 1), repeat=4), repeat=2):
        cannot = [[time for time, no in zip(times, row, strict=True) if no] for row in (*busy, (1, 1, 0, 0), (0,) * 4)]
        teams = "team,cannot\n" + "\n".join(f"T{n},{';'.join(row)}" for n, row in enumerate(cannot))
        fits = any(
            all(time not in cannot[team] for team, time in enumerate(order)) for order in itertools.permutations(times)
        )
        try:
            found = plan(teams, "day,start,end\n2021-11-17,11:00,12:00\n")
        except NoSchedule:
            assert not fits, teams
        else:
            assert fits
            assert all(" ".join(time) not in cannot[int(team[1])] for time, team in found.items())


@pytest.mark.parametrize(
    ("teams", "slots", "sentence"),
    [
        (TEAMS + "T17,\n", SESSIONS, "1 of 17 teams has no slot: together they can take 16 slots"),
        (
            TEAMS + "T17,2021-11-17\n",
            SESSIONS,
            "T3, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15 and T17 can take 12 slots "
            "(2021-11-20 10:00–12:00 and 2021-11-20 14:00–15:00). Add a session",
        ),
        (
            "team,cannot\nA,2021-11-17;2021-11-20 14:00-15:00\nB,2021-11-17 11:00-12:00;2021-11-20\nC,\n",
            SESSIONS,
            "1 of 3 teams has no slot: B can take no slots. Add",
        ),
        ("team,cannot\nA,2021-11-18\n", SESSIONS, "teams.csv, line 2: A cannot come at '2021-11-18', when there is no"),
        ("team,cannot\nA,Wednesday\n", SESSIONS, "A cannot come at 'Wednesday'"),
        ("team,cannot\nA,2021-11-17 12:00-11:00\n", SESSIONS, "A cannot come at '2021-11-17 12:00-11:00'"),
        ("name\nA\n", SESSIONS, "teams.csv has no column 'team': its first line names name."),
        ("", SESSIONS, "teams.csv has no column 'team': its first line names nothing."),
        ("team,cannot\n\n,\n", SESSIONS, "teams.csv has no line below its first."),
        ("team\nA\nB\n A\n", SESSIONS, "teams.csv, line 4: the team A is there twice."),
        ("team,cannot\n,2021-11-17\n", SESSIONS, "teams.csv, line 2: the team has no name."),
        ("team;cannot\nA;2021-11-17;2021-11-20\n", SESSIONS, "line 2: it has more values than the first line"),
        ("team\nMüller\n".encode("latin-1"), SESSIONS, "teams.csv isn't text in UTF-8"),
        (
            "team\nA\n",
            "day,start\n2021-11-17,11:00\n",
            "slots.csv has no column 'end': its first line names day and st",
        ),
        (
            "team\nA\n",
            "day,start,end\n17.11.2021,11:00,12:00\n",
            "slots.csv, line 2: expected a day such as 2021-11-17",
        ),
        ("team\nA\n", "day,start,end\n2021-11-17,12:00,11:00\n", "a start before its end"),
        ("team\nA\n", "day,start,end\n2021-11-31,11:00,12:00\n", "found '2021-11-31'"),
        ("team\nA\n", "day,start,end\n2021-11-17,11:00,11:10\n", "is shorter than one slot of 15 minutes"),
        ("team\nA\n", SESSIONS + "2021-11-17,11:30,12:30\n", "line 5: 2021-11-17 11:30–12:30 overlaps the session"),
    ],
)
def test_what_cannot_be_is_one_sentence(plan, teams: str | bytes, slots: str, sentence: str):
    with pytest.raises(NoSchedule) as problem:
        plan(teams, slots)
    assert sentence in str(problem.value)
    assert "\n" not in str(problem.value)


def test_files_as_a_spreadsheet_writes_them(plan):
    """A byte order mark, semicolons, carriage returns, quotes, capitals, more columns, empty lines."""
    teams = '\ufeffTeam;Members;Cannot\r\nA;"Ann; Bo";"2021-11-17;2021-11-20 10:00"\r\n;;\r\nB;;\r\n'
    assert set(plan(teams).values()) == {"A", "B"}
    assert ("2021-11-20", "10:15") in plan(teams)


def test_a_slot_that_begins_when_a_busy_time_ends_can_be_taken(tmp_path: Path):
    slots, teams = tmp_path / "slots.csv", tmp_path / "teams.csv"
    slots.write_text(SESSIONS)
    teams.write_text("team,cannot\nA,2021-11-17 11:00-11:30\n")
    free = read_slots(slots, 15)
    [team] = read_teams(teams, free)
    assert f"{next(filter(team.can, free)).start:%H:%M}" == "11:30"


def test_the_command_prints_a_table_and_writes_a_file(tmp_path: Path):
    def run(*arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "rnncourse", "schedule", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    (tmp_path / "teams.csv").write_text(TEAMS)
    (tmp_path / "slots.csv").write_text(SESSIONS)
    done = run("teams.csv", "slots.csv", "--csv", "schedule.csv", "--seed", "4")
    assert done.returncode == 0, done.stderr
    with (tmp_path / "schedule.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == 16
    assert all(line["team"] in done.stdout and line["start"] in done.stdout for line in lines)

    refused = run("teams.csv", "slots.csv", "--minutes", "20", "--csv", "no.csv")
    assert refused.returncode == 2
    assert "4 of 16 teams have no slot" in refused.stdout and not (tmp_path / "no.csv").exists()
    assert "missing.csv cannot be read" in run("missing.csv", "slots.csv").stdout
