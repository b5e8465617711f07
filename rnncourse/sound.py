"""Tunes as sound: a plucked string, small enough to be stored in a notebook."""

from __future__ import annotations

import wave
from collections.abc import Iterable, Sequence
from html import escape
from io import BytesIO

import numpy as np
from IPython.display import Audio, display

from rnncourse.datasets.tunes import Note, bars

RATE = 8000  # samples per second, of 8 bits each: 1 s is 11 kB in a notebook
SECONDS_PER_UNIT = 0.17  # a bar of a jig lasts a second
LONGEST = 13.0  # seconds; what comes later isn't heard
DECAY, HARMONICS = 3.0, 6  # of the first harmonic per second; the k-th one fades k times as fast


def render(notes: Iterable[Note]) -> np.ndarray:
    """The samples of notes played one by one or together, between −1 and 1."""
    heard = [note for note in notes if note.start * SECONDS_PER_UNIT < LONGEST]
    if not heard:
        return np.zeros(RATE // 10)
    seconds = min(max(note.start + note.length for note in heard) * SECONDS_PER_UNIT + 0.4, LONGEST)
    samples = np.zeros(round(seconds * RATE))
    for note in heard:
        begin = round(note.start * SECONDS_PER_UNIT * RATE)
        tone = pluck(note.pitch, note.length * SECONDS_PER_UNIT)[: len(samples) - begin]
        samples[begin : begin + len(tone)] += tone
    return samples / np.abs(samples).max()


def pluck(pitch: int, seconds: float) -> np.ndarray:
    """A string that is plucked, sounds for so long and is then damped."""
    frequency = 440 * 2 ** ((pitch - 69) / 12)
    time = np.arange(round((seconds + 0.1) * RATE)) / RATE
    harmonics = [k for k in range(1, HARMONICS + 1) if k * frequency < RATE / 2]
    tone = sum(np.sin(2 * np.pi * k * frequency * time) * np.exp(-DECAY * k * time) / k for k in harmonics)
    edges = np.minimum(1, time / 0.004) * np.clip((seconds + 0.1 - time) / 0.1, 0, 1)  # no clicks
    return tone * edges


def wav(samples: np.ndarray) -> bytes:
    """A WAV file with 8 bits a sample."""
    buffer = BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        file.writeframes(np.round(127.5 + 127 * samples).astype(np.uint8).tobytes())
    return buffer.getvalue()


def play(symbols: Sequence[str], alt: str) -> None:
    """A player for the beginning of a tune, without its repeats; ``alt`` says in words what is heard."""
    notes = [note for bar in bars(symbols) for note in bar.notes]
    display(Audio(wav(render(notes))))
    words = f"<details><summary>This sound in words</summary>{escape(alt)}<br>{escape(' '.join(symbols))}</details>"
    display({"text/html": words, "text/plain": alt}, raw=True)
