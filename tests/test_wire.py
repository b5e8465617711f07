"""Values cross to a student's kernel and back unchanged; forged ones are refused before they cost anything."""

from __future__ import annotations

import base64
import json
import socket
import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rnncourse.grading import wire
from rnncourse.grading.hidden import Random, Unmet, assert_same, assert_shapes


def no_handle(obj: object) -> dict:
    raise AssertionError(f"{obj!r} should travel as a value")


def there_and_back(value: object) -> object:
    return wire.loads(wire.dumps(value, no_handle), no_handle)


scalars = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | st.text()
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(values)
def test_plain_values_arrive_as_they_were_sent(value: object) -> None:
    arrived = there_and_back(value)
    assert arrived == value
    assert type(arrived) is type(value)


@pytest.mark.parametrize("name", wire.DTYPES)
@pytest.mark.parametrize("shape", [(), (0,), (1,), (3, 0, 2), (2, 3)])
def test_tensors_of_every_dtype_and_shape_arrive(name: str, shape: tuple[int, ...]) -> None:
    sent = torch.arange(torch.Size(shape).numel()).reshape(shape).to(wire.DTYPES[name][0])
    arrived = there_and_back(sent)
    assert arrived.dtype == sent.dtype
    assert arrived.shape == sent.shape
    assert torch.equal(arrived, sent)


def test_views_and_gradients_arrive_as_plain_tensors() -> None:
    sent = torch.randn(4, 3, requires_grad=True)
    assert there_and_back(sent).requires_grad
    assert torch.equal(there_and_back(sent.T[1:] * 2), sent.T[1:] * 2)
    assert isinstance(there_and_back(torch.nn.Parameter(torch.ones(2))), torch.Tensor)
    assert np.array_equal(there_and_back(np.float32(3.5)), np.float32(3.5))


def test_what_is_no_plain_value_becomes_a_handle() -> None:
    class Twice(int):
        pass

    for obj in (print, Twice(2), {1: 2}, torch.ones(2).to_sparse(), torch.ones(2, dtype=torch.bfloat16), object()):
        assert json.loads(wire.dumps(obj, lambda obj: {"handle": 7})) == {"handle": 7}


def array(shape: object, data: bytes = b"", dtype: str = "float32") -> str:
    return json.dumps({"tensor": {"dtype": dtype, "shape": shape, "data": base64.b64encode(data).decode()}})


FORGED = {
    "more than there is": array([1000, 1000, 1000, 1000]),
    "fewer than there are": array([1], b"12345678"),
    "negative": array([-1], b""),
    "shape of text": array("x"),
    "no shape": json.dumps({"tensor": {"dtype": "float32", "data": ""}}),
    "objects": array([1], b"12345678", "object"),
    "pickle": json.dumps({"pickle": "gASVCg=="}),
    "bare list": "[1, 2]",
    "deep": '{"list":[' * 500 + "]}" * 500,
    "many": json.dumps({"list": [1] * (wire.MAX_NODES + 1)}),
    "huge": '"' + "x" * (wire.MAX_BYTES + 1) + '"',
    "number of a million digits": "1" * 1_000_000,
    "not json": "{",
    "pairs": json.dumps({"dict": [1, 2]}),
}


@pytest.mark.parametrize("text", FORGED.values(), ids=FORGED)
def test_a_forged_reply_is_refused(text: str) -> None:
    def resolve(node: dict) -> object:
        return node["handle"]

    with pytest.raises(wire.WireError):
        wire.loads(text, resolve)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (2.0, torch.ones(2, 2)),
        (torch.tensor(1.0), torch.ones(2, 2)),
        (torch.ones(2, 2).double(), torch.ones(2, 2)),
        (torch.ones(4), torch.ones(2, 2)),
        (torch.full((2, 2), torch.nan), torch.full((2, 2), torch.nan)),
        (torch.full((1,), torch.inf), torch.full((1,), torch.inf)),
        (torch.ones(2) + 1e-3, torch.ones(2)),
        (torch.tensor([1, 2]), torch.tensor([1, 3])),
        (None, torch.ones(1)),
        (True, 1),
        (1.0, 1),
        ([torch.ones(1)], (torch.ones(1),)),
        ((torch.ones(1),), (torch.ones(1), torch.ones(1))),
        (np.ones(2), torch.ones(2)),
        (float("nan"), 1.0),
    ],
)
def test_the_comparison_rejects(actual: object, expected: object) -> None:
    with pytest.raises(Unmet):
        assert_same(actual, expected)


def test_the_comparison_accepts_rounding_and_says_no_expected_value() -> None:
    assert_same(torch.ones(3) + 1e-7, torch.ones(3))
    assert_same((torch.ones(2), [1, "a"], {"k": None}), (torch.ones(2), [1, "a"], {"k": None}))
    with pytest.raises(Unmet) as unmet:
        assert_same(torch.zeros(3), torch.full((3,), 0.123456))
    assert "0.123" not in str(unmet.value)
    assert "3 of 3 values differ" in str(unmet.value)


@pytest.fixture
def line() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


@pytest.mark.parametrize("size", [0, 1, 2**20 - 8, 2**20, 3 * 2**20 + 1])
def test_a_message_of_any_size_arrives_whole(line: tuple, size: int) -> None:
    ours, theirs = line
    sender = threading.Thread(target=lambda: [wire.send(theirs, text) for text in ("x" * size, "next")])
    sender.start()
    assert wire.receive(ours, time.monotonic() + 20) == "x" * size
    assert wire.receive(ours, time.monotonic() + 20) == "next"
    sender.join()


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        (wire.SIZE.pack(wire.MAX_BYTES + 1), wire.WireError),  # before a byte of it is read
        (wire.SIZE.pack(2**64 - 1), wire.WireError),
        (wire.SIZE.pack(2) + b"\xff\xfe", wire.WireError),
        (wire.SIZE.pack(5) + b"four", TimeoutError),
        (b"\0\0", TimeoutError),
        (b"", TimeoutError),
    ],
)
def test_what_is_no_message_ends_the_waiting(line: tuple, sent: bytes, problem: type[Exception]) -> None:
    ours, theirs = line
    theirs.sendall(sent)
    begin = time.monotonic()
    with pytest.raises(problem):
        wire.receive(ours, begin + 0.3)
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize("sent", [b"", wire.SIZE.pack(5) + b"four"])
def test_a_line_that_is_closed_is_noticed_at_once(line: tuple, sent: bytes) -> None:
    ours, theirs = line
    theirs.sendall(sent)
    theirs.close()
    with pytest.raises(EOFError):
        wire.receive(ours, time.monotonic() + 60)


def test_wrong_parameters_are_named_and_a_students_own_names_are_not_repeated():
    expected = {"fc.weight": [2, 3], "fc.bias": [2]}
    assert_shapes(dict(expected), expected, "Net(3, 2)")
    for claimed in ({"fc.weight": [3, 2], "x=[0.1, 0.2]": [1]}, {"y": "0.1"}, "0.1", None):
        with pytest.raises(Unmet, match=r"in Net\(3, 2\), of its parameters, .*fc\.bias is missing") as refused:
            assert_shapes(claimed, expected, "Net(3, 2)")
        assert "0.1" not in str(refused.value)


def test_a_dict_with_other_keys_is_refused_without_them():
    for claimed in ({"a": 1, "asked 0.1": 2}, {"asked 0.1": 2}):
        with pytest.raises(Unmet) as refused:
            assert_same(claimed, {"a": 1})
        assert "asked" not in str(refused.value)


def test_inputs_cannot_be_drawn_from_the_seeds_that_are_given_away():
    rng = Random(7)
    given = rng.new_seed(), rng.new_seed()
    (x,) = rng.normals((4,))
    assert given[0] != given[1] and 7 not in given
    assert not any(torch.equal(x, torch.randn(4, generator=torch.Generator().manual_seed(seed))) for seed in given)
