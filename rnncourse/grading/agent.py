"""The hidden tests' hand inside a student's kernel: looks names up, calls them, sends back what they returned.

Everything here runs in the student's process, and a student may change any of it. So nothing here decides anything:
what it sends back is the student's answer, and is compared elsewhere.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import traceback
from typing import Any

import torch
from torch import Tensor, nn

from rnncourse.grading import wire

kept: list[Any] = []  # objects that stay here; the test holds their index
remembered: dict[str, dict[str, Any]] = {}  # question → every name as it was at the question's check cell


listener: socket.socket | None = None  # where hidden tests connect; set before a student's code runs


def serve(namespace: dict[str, Any]) -> None:
    """Carry out the requests of the hidden tests of one question, until they hang up."""
    ours = signal.signal(signal.SIGINT, _interrupt)
    connection, _ = listener.accept()
    try:
        with connection, contextlib.suppress(EOFError, OSError):
            while True:
                wire.send(connection, handle(wire.receive(connection), namespace))
    finally:
        signal.signal(signal.SIGINT, ours)


def handle(request: str, namespace: dict[str, Any]) -> str:
    """Carry out one request; an exception of the student's code becomes part of the reply."""
    global working
    working = True
    try:
        with (
            open(os.devnull, "w") as nowhere,
            contextlib.redirect_stdout(nowhere),
            contextlib.redirect_stderr(nowhere),
        ):
            value = _perform(wire.loads(request, lambda node: kept[node["handle"]]), namespace)
            return wire.dumps({"value": value}, _keep)
    except Missing as missing:
        return wire.dumps({"missing": str(missing)}, _keep)
    except BaseException as error:  # exit() and KeyboardInterrupt of a student's function included
        return wire.dumps({"error": _describe(error)}, _keep)
    finally:
        working = False


working = False  # a late interrupt must not break the line between two requests


def _interrupt(*_: Any) -> None:
    if working:
        raise KeyboardInterrupt


def remember(question: str, namespace: dict[str, Any]) -> None:
    """Keep what every name stands for now, so that a cell further down cannot change an answer further up."""
    remembered[question] = dict(namespace)


class Missing(Exception):
    """The name that a test asked for isn't defined in the notebook."""


def _keep(obj: Any) -> dict:
    kept.append(obj)
    return {"handle": len(kept) - 1, "type": type(obj).__name__}


def _describe(error: BaseException) -> dict:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "ipykernel" in frame.filename]
    return {
        "type": type(error).__name__,
        "message": str(error)[:300],
        "line": (frames[-1].line or "")[:200] if frames else "",
    }


def _perform(request: dict, namespace: dict[str, Any]) -> Any:
    operation, seed = request.pop("operation"), request.pop("seed")
    if seed is not None:
        torch.default_generator.manual_seed(seed)  # torch.manual_seed writes a stack trace for every kind of GPU
    if operation == "get":
        names = remembered.get(request["question"], namespace)
        if request["name"] not in names:
            raise Missing(request["name"])
        return names[request["name"]]
    return OPERATIONS[operation](**request)


def attribute(of: Any, name: str) -> Any:
    return getattr(of, name)


def call(function: Any, args: tuple, kwargs: dict) -> Any:
    return function(*args, **kwargs)


def arguments_after(function: Any, args: tuple) -> tuple:
    function(*args)
    return args


def evaluate(source: str, names: dict) -> Any:
    return eval(source, {"torch": torch, "nn": nn, **names})


def gradients(function: Any, args: tuple, cotangent: Tensor) -> dict:
    leaves = [_leaf(argument) for argument in args]
    if isinstance(function, nn.Module):
        function.zero_grad(set_to_none=True)
    output = function(*leaves)
    if not isinstance(output, Tensor):
        kind = "None" if output is None else f"a {'tuple' if isinstance(output, tuple) else type(output).__name__}"
        raise TypeError(f"a tensor was expected, and {kind} came back")
    if output.shape != cotangent.shape:
        shapes = tuple(cotangent.shape), tuple(output.shape)
        raise ValueError("a tensor of shape {} was expected, and one of shape {} came back".format(*shapes))
    if output.requires_grad:  # otherwise no gradient arrives anywhere, which is the tests' business
        output.backward(cotangent)
    named = function.named_parameters() if isinstance(function, nn.Module) else ()
    return {
        "output": output.detach(),
        "arguments": tuple(getattr(leaf, "grad", None) for leaf in leaves),
        "parameters": {name: parameter.grad for name, parameter in named},
    }


def _leaf(argument: Any) -> Any:
    if isinstance(argument, Tensor) and argument.is_floating_point():
        return argument.detach().requires_grad_()
    return argument


OPERATIONS = {f.__name__: f for f in (attribute, call, arguments_after, evaluate, gradients)}
