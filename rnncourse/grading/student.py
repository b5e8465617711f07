"""A student's notebook, seen from a hidden test in another process.

`Student` stands for the namespace of the student's kernel. What comes back from there is the student's claim about what
their code computed, rebuilt from plain JSON.
"""

from __future__ import annotations

import re
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zmq
from jupyter_client import BlockingKernelClient
from torch import Tensor

from rnncourse.grading import wire
from rnncourse.grading.judge import ENDED
from rnncourse.grading.names import HIDDEN_TESTS

SERVE = "__import__('rnncourse.grading.agent', fromlist='agent').serve(globals())"  # leaves no name behind
UNREADABLE = "what your code returned could not be read: expected tensors, numbers or containers of them"
FRACTION = re.compile(r"[-+]?\d+\.\d+(?:[eE][-+]?\d+)?|[-+]?\d+,\d{3,}|\d+[eE][-+]?\d+")
GRACE = 2.0  # seconds that an interrupted call gets to stop


class StudentError(Exception):
    """The student's code raised; the text is meant for the student."""


class KernelLost(Exception):
    """The student's kernel doesn't answer any more; the text is meant for the student."""


@dataclass(frozen=True)
class Gradients:
    """What backward through a student's function left behind."""

    output: Tensor
    arguments: tuple[Tensor | None, ...]
    parameters: dict[str, Tensor | None]


class Handle:
    """An object that stays in the student's kernel: call it, or read its attributes."""

    def __init__(self, student: Student, description: dict) -> None:
        self._student = student
        self._description = {
            "handle": int(description["handle"]),
            "type": str(description.get("type", "object"))[:60],
        }

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._student._request("call", function=self, args=args, kwargs=kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._student._request("attribute", of=self, name=name)

    def __repr__(self) -> str:
        return f"<a {self._description['type']} in the student's kernel>"


class Student:
    """The names of a student's notebook as attributes.

    Raises, on any use:
        StudentError: the name isn't defined, or the student's code raised.
        KernelLost: no answer before the deadline, and the call could not be interrupted.
    """

    def __init__(self, connection_file: str) -> None:
        self._lost = ""
        context = zmq.Context()
        context.maxmsgsize = 2**20  # of Jupyter's own messages: a larger one closes the connection
        self._client = BlockingKernelClient(connection_file=connection_file, context=context)
        self._client.load_connection_file()
        self._client.start_channels(shell=True, iopub=False, stdin=False, hb=False, control=True)
        self._line = socket.socket(socket.AF_UNIX)
        try:
            self._line.connect(str(Path(connection_file).with_name(HIDDEN_TESTS)))
        except OSError:
            self._lost = ENDED
        self._client.execute(SERVE, silent=True, store_history=False, allow_stdin=False)

    def turn_to(self, question: str) -> None:
        """From now on, names are those of the moment when this question's check cell was reached."""
        self._question = question
        self._names: dict[str, Any] = {}
        self._seed: int | None = None
        self._timed_out = False

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in self._names:
            self._names[name] = self._request("get", name=name, question=self._question)
        return self._names[name]

    def evaluate(self, source: str, **names: Any) -> Any:
        """The value of an expression of the test's own, over ``torch``, ``nn`` and the given names."""
        return self._request("evaluate", source=source, names=names)

    def gradients(self, function: Any, *args: Any, cotangent: Tensor) -> Gradients:
        """Call, then backward with the given cotangent, in the student's kernel."""
        reply = self._request("gradients", function=function, args=args, cotangent=cotangent)
        return Gradients(reply["output"], reply["arguments"], reply["parameters"])

    def arguments_after(self, function: Any, *args: Any) -> tuple:
        """The arguments as they are after the call: shows what was changed in place."""
        return self._request("arguments_after", function=function, args=args)

    def seed(self, seed: int) -> None:
        """Before the next call, torch's random numbers in the student's kernel start anew."""
        self._seed = seed

    def patience(self, seconds: float) -> None:
        """How long the following calls may take; less once a call hasn't ended, so that a class isn't kept waiting."""
        self._seconds = min(seconds, GRACE) if self._timed_out else seconds

    @property
    def is_lost(self) -> bool:
        return bool(self._lost)

    def _request(self, operation: str, **request: Any) -> Any:
        if self._lost:
            raise KernelLost(self._lost)
        reply = self._exchange(wire.dumps({"operation": operation, "seed": self._seed, **request}, _describe))
        self._seed = None
        try:
            message = wire.loads(reply, lambda node: Handle(self, node))
            problem = None if "value" in message else _problem(message)
        except (wire.WireError, TypeError, KeyError, AttributeError):
            problem = UNREADABLE
        if problem:
            raise StudentError(problem)
        return message["value"]

    def _exchange(self, request: str) -> str:
        """One round trip to the agent in the student's kernel; the text of its answer."""
        deadline = time.monotonic() + self._seconds
        try:
            self._line.settimeout(self._seconds)
            wire.send(self._line, request)
            return self._reply(deadline)
        except TimeoutError:
            self._interrupt()
            raise StudentError(
                f"your code had not finished after {self._seconds:g} seconds: does a loop ever end?"
            ) from None
        except (EOFError, OSError):
            self._lost = ENDED
        except wire.WireError:  # what comes next on the line is unknown
            self._lost = UNREADABLE
        raise KernelLost(self._lost)

    def _reply(self, deadline: float) -> str:
        poller = zmq.Poller()
        poller.register(self._line, zmq.POLLIN)
        poller.register(self._client.shell_channel.socket, zmq.POLLIN)
        ready = dict(poller.poll(1000 * max(deadline - time.monotonic(), 0)))
        if not ready:
            raise TimeoutError
        if self._line.fileno() not in ready:  # Jupyter's answer comes only when the agent has given up
            self._lost = "your code damaged the notebook's Python so that it could not be called"
            raise KernelLost(self._lost)
        return wire.receive(self._line, deadline)

    def _interrupt(self) -> None:
        """Stop a call that runs for too long, so that the next test finds an idle kernel."""
        self._timed_out = True
        self._client.control_channel.send(self._client.session.msg("interrupt_request", {}))
        try:
            wire.receive(self._line, time.monotonic() + GRACE)
        except (EOFError, OSError, wire.WireError):
            self._lost = "the notebook's Python had to be stopped: your code neither finished nor could be interrupted"


def _describe(obj: Any) -> dict:
    if isinstance(obj, Handle):
        return obj._description
    raise TypeError(f"a hidden test cannot send a {type(obj).__name__} to the student's kernel")


def _problem(message: dict) -> str:
    """One sentence for the student about a call that didn't return a value."""
    if "missing" in message:
        return f"`{str(message['missing'])[:60]}` isn't defined in the notebook: did its cell run without an error?"
    error = message["error"]
    kind, text, line = (_without_inputs(str(error[part])[:300]) for part in ("type", "message", "line"))
    if kind == "NotImplementedError":
        return "there is no answer in this cell yet"
    where = f" in the line `{line.strip()}`" if line else ""
    return f"your code raised {kind}{where}: {text}" if text else f"your code raised {kind}{where}"


def _without_inputs(text: str) -> str:
    """Hidden inputs are random fractions: a message that quotes them is shown without."""
    return FRACTION.sub("…", text)
