"""Tunes as sound: the right pitch at the right time, and small."""

from __future__ import annotations

import wave
from io import BytesIO

import numpy as np
import pytest

from rnncourse import sound
from rnncourse.datasets.tunes import Note, bars
from rnncourse.sound import LONGEST, RATE, SECONDS_PER_UNIT, play, pluck, render, wav


@pytest.mark.parametrize(("pitch", "frequency"), [(69, 440), (57, 220), (60, 261.6), (84, 1046.5)])
def test_a_string_sounds_at_its_pitch(pitch, frequency):
    tone = pluck(pitch, 1.0)
    spectrum = np.abs(np.fft.rfft(tone))
    assert spectrum.argmax() * RATE / len(tone) == pytest.approx(frequency, abs=2)


def test_a_note_begins_and_ends_when_it_is_written():
    samples = render([Note(60, 0, 1), Note(72, 6, 2)])
    silent_from, begins = round((SECONDS_PER_UNIT + 0.1) * RATE), round(6 * SECONDS_PER_UNIT * RATE)
    assert not samples[silent_from:begins].any()
    assert samples[:silent_from].any() and samples[begins : begins + 100].any()


def test_a_sound_stays_within_its_limits():
    tune = ["c", "d", "e'", "|"] * 200
    samples = render([note for bar in bars(tune) for note in bar.notes])
    assert len(samples) == LONGEST * RATE
    assert np.abs(samples).max() == 1
    assert len(wav(samples)) * 4 / 3 < 150_000  # as text in a notebook


def test_silence_is_a_sound_too():
    assert not render([]).any()


def test_a_file_can_be_read_back():
    with wave.open(BytesIO(wav(np.array([0.0, 1.0, -1.0])))) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 1)
        assert list(file.readframes(3)) == [128, 254, 0]


def test_a_player_says_in_words_what_is_heard(monkeypatch):
    displayed = []
    monkeypatch.setattr(sound, "display", lambda data, **options: displayed.append(data))
    play(["c", "|", "<x>"], "One note & no more.")
    player, words = displayed
    assert "data:audio/wav;base64," in player._repr_html_()
    assert "One note &amp; no more." in words["text/html"] and "c | &lt;x&gt;" in words["text/html"]
