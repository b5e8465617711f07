"""How values travel between a hidden test and a student's kernel: JSON with arrays as base64, never pickle.

Both sides use this module. The test's side must assume that a reply was forged, so `receive` looks at a message's size
before it reads it, and `loads` builds only plain values, and checks every declared size against the bytes that are
there before it makes an array of them.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import socket
import struct
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

MAX_BYTES = 32 * 2**20
SIZE = struct.Struct("!Q")  # goes before each message
MAX_NODES = 100_000
MAX_DEPTH = 20
DTYPES = {
    str(dtype).removeprefix("torch."): (dtype, np.dtype(name))
    for dtype, name in [
        (torch.bool, "bool"),
        (torch.uint8, "uint8"),
        (torch.int8, "int8"),
        (torch.int16, "int16"),
        (torch.int32, "int32"),
        (torch.int64, "int64"),
        (torch.float16, "float16"),
        (torch.float32, "float32"),
        (torch.float64, "float64"),
        (torch.complex64, "complex64"),
        (torch.complex128, "complex128"),
    ]
}


class WireError(ValueError):
    """What arrived isn't something that `encode` could have made, or is larger than allowed."""


def dumps(value: Any, handle: Callable[[Any], dict]) -> str:
    """JSON text for a value; objects that cannot travel become handles through ``handle(obj)``.

    Raises:
        WireError: too large or too deep.
    """
    text = json.dumps(_encode(value, handle, 0))
    _check_size(len(text))
    return text


def loads(text: str, resolve: Callable[[dict], Any]) -> Any:
    """The value of a JSON text.

    Args:
        text: what `dumps` made, or what a student's kernel claims that it made.
        resolve: gets the description of a handle, returns the object that stands for it on this side.

    Raises:
        WireError: too large, too deep, or malformed.
    """
    _check_size(len(text))
    try:
        return _Decoder(resolve).decode(json.loads(text), 0)
    except (KeyError, TypeError, ValueError, RecursionError, binascii.Error) as error:
        raise WireError(f"the value is malformed ({type(error).__name__})") from error


def send(connection: socket.socket, text: str) -> None:
    """Write one message of ASCII text, such as `dumps` makes."""
    connection.sendall(SIZE.pack(len(text)) + text.encode("ascii"))


def receive(connection: socket.socket, deadline: float | None = None) -> str:
    """Read one message.

    Args:
        deadline: on the clock of `time.monotonic`; None waits for ever.

    Raises:
        EOFError: the other side has closed the connection.
        TimeoutError: the deadline has passed.
        WireError: larger than allowed, or no ASCII text.
    """
    (size,) = SIZE.unpack(_read(connection, SIZE.size, deadline))
    _check_size(size)
    try:
        return _read(connection, size, deadline).decode("ascii")
    except UnicodeDecodeError as error:
        raise WireError("the message is no ASCII text") from error


def _read(connection: socket.socket, size: int, deadline: float | None) -> bytes:
    data = bytearray()
    while len(data) < size:
        if deadline is not None:
            connection.settimeout(max(deadline - time.monotonic(), 1e-3))
        part = connection.recv(min(size - len(data), 2**20))
        if not part:
            raise EOFError
        data += part
    return bytes(data)


def _check_size(size: int) -> None:
    if size > MAX_BYTES:
        raise WireError(f"the value is larger than {MAX_BYTES >> 20} MB")


def _encode(value: Any, handle: Callable[[Any], dict], depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise WireError("the value is nested too deeply")
    if value is None or type(value) in (bool, str, int, float):
        return value
    if type(value) in (Tensor, nn.Parameter) and _dtype_name(value) in DTYPES and value.layout == torch.strided:
        array = value.detach().cpu().resolve_conj().resolve_neg().contiguous().numpy()
        return {"tensor": _encode_array(array, _dtype_name(value)), "requires_grad": value.requires_grad}
    if isinstance(value, np.ndarray | np.generic) and value.dtype.name in DTYPES:
        return {"array": _encode_array(np.ascontiguousarray(value), value.dtype.name, np.shape(value))}
    if isinstance(value, list):
        return {"list": [_encode(item, handle, depth + 1) for item in value]}
    if isinstance(value, tuple):
        return {"tuple": [_encode(item, handle, depth + 1) for item in value]}
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {"dict": [[str(key), _encode(item, handle, depth + 1)] for key, item in value.items()]}
    return handle(value)


def _dtype_name(tensor: Tensor) -> str:
    return str(tensor.dtype).removeprefix("torch.")


def _encode_array(array: np.ndarray, dtype: str, shape: tuple[int, ...] | None = None) -> dict:
    data = base64.b64encode(array.tobytes()).decode()
    return {"dtype": dtype, "shape": list(array.shape if shape is None else shape), "data": data}


class _Decoder:
    def __init__(self, resolve: Callable[[dict], Any]) -> None:
        self.resolve = resolve
        self.nodes = 0

    def decode(self, node: Any, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise WireError("the value has too many parts")
        if not isinstance(node, dict):
            if isinstance(node, list):
                raise WireError("a bare list")
            return node
        if "tensor" in node:
            array, dtype = _decode_array(node["tensor"])
            tensor = torch.from_numpy(array).to(dtype)
            return tensor.requires_grad_(bool(node.get("requires_grad")) and dtype.is_floating_point)
        if "array" in node:
            return _decode_array(node["array"])[0]
        if "list" in node:
            return [self.decode(item, depth + 1) for item in node["list"]]
        if "tuple" in node:
            return tuple(self.decode(item, depth + 1) for item in node["tuple"])
        if "dict" in node:
            return {str(key): self.decode(item, depth + 1) for key, item in node["dict"]}
        return self.resolve(node)


def _decode_array(node: dict) -> tuple[np.ndarray, torch.dtype]:
    dtype, numpy_dtype = DTYPES[node["dtype"]]
    shape = [int(size) for size in node["shape"]]
    if len(shape) > 16 or any(size < 0 for size in shape):
        raise WireError("an impossible shape")
    data = base64.b64decode(node["data"], validate=True)
    if len(data) != math.prod(shape) * numpy_dtype.itemsize:
        raise WireError("an array whose bytes don't fit its shape")
    return np.ndarray(shape, numpy_dtype, buffer=bytearray(data)), dtype
