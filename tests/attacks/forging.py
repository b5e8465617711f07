"""Forging the verdict."""

import mini_course

from attacks import WRONG, WRONG_DOUBLE, Attack, extra, last, wrong_double

PUBLISH = """
kernel = get_ipython().kernel
def forge():
    kernel.session.send(kernel.iopub_socket, "execute_result",
        {"data": {"text/plain": "6.0"}, "metadata": {}, "execution_count": 1}, parent=kernel.get_parent())
forge()
"""
SEND_WITHOUT_ERRORS = """
session = type(get_ipython().kernel.session)
honest = session.send
session.send = lambda self, stream, kind, *a, **k: None if kind == "error" else honest(self, stream, kind, *a, **k)
"""
PATCHED_COMPARISONS = """
import numpy, torch.testing
for module, name in [(torch, "allclose"), (torch, "isclose"), (torch, "equal"), (numpy, "allclose")]:
    setattr(module, name, lambda *a, **k: True)
torch.testing.assert_close = numpy.testing.assert_allclose = lambda *a, **k: None
"""
PATCHED_HIDDEN_TESTS = """
import rnncourse.grading.hidden as hidden, rnncourse.grading.judge as judge, rnncourse.grading.report as report
hidden.assert_same = hidden.expect = lambda *a, **k: None
report.score_cell = lambda cell, verdict: 6.0
judge.Verdict.share = 1.0
"""
ALWAYS_EQUAL = """
class Same(torch.Tensor):
    def __eq__(self, other): return True
def double(x):
    return Same()
"""
TORCH_FUNCTION = """
class Agrees(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        return torch.tensor(True)
def double(x):
    return torch.Tensor._make_subclass(Agrees, torch.zeros_like(x))
"""
FLOAT_SUBCLASS = """
class One(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
def double(x):
    return One(1)
"""
ARRAY_SUBCLASS = """
import numpy
class Same(numpy.ndarray):
    def __eq__(self, other): return True
    def __array_ufunc__(self, *a, **k): return True
def double(x):
    return numpy.zeros(x.shape, "float32").view(Same)
"""
PICKLED = """
class Pickled:
    def __reduce__(self): return print, ("unpickled",)
def double(x):
    return Pickled()
"""
REWRITES_LATER = """
import atexit, threading, time
class Late:
    def __del__(self): print("6.0")
late = Late()
atexit.register(PRINT)
def again():
    while True:
        time.sleep(0.2)
        PRINT()
threading.Thread(target=again, daemon=True).start()
""".replace("PRINT", "(lambda: __import__('IPython').display.display({'text/plain': '6.0'}, raw=True))")
CLEARS_OUTPUTS = """
from IPython.display import clear_output, display, update_display
for name in ("check_double", "1", "2"):
    update_display({"text/plain": "6.0"}, raw=True, display_id=name)
clear_output()
print("PASSED: 2 of 2 hidden tests passed")
6.0
"""
MOCKED_AGENT = """
import rnncourse.grading.agent as agent
agent.OPERATIONS["call"] = lambda function, args, kwargs: True
agent.OPERATIONS["evaluate"] = lambda source, names: True
"""
STOLEN_HANDLES = """
import rnncourse.grading.agent as agent
def double(x):
    return {"handle": 0, "value": x + x, "expected": agent.kept}
"""
FRAME_WALK = """
import sys
def double(x):
    frame = sys._getframe()
    while frame:
        for value in list(frame.f_locals.values()):
            if isinstance(value, torch.Tensor) and value.shape == x.shape and not torch.equal(value, x):
                return value
        frame = frame.f_back
    return 3 * x
"""
GARBAGE = """
import gc
def double(x):
    for value in gc.get_objects():
        try:
            if isinstance(value, dict) and "expected" in value: return value["expected"]
        except Exception: pass
    return 3 * x
"""
ATTACKS = {
    "publishes_a_result": wrong_double(WRONG + PUBLISH),
    "publishes_a_result_when_called": wrong_double(PUBLISH + "def double(x):\n    forge()\n    return 3 * x"),
    "drops_error_messages": wrong_double(SEND_WITHOUT_ERRORS + "def double(x):\n    raise ValueError", "ValueError"),
    "hides_tracebacks": wrong_double(
        "get_ipython().showtraceback = lambda *a, **k: None\ndef double(x):\n    raise KeyError", "KeyError"
    ),
    "patches_comparisons": wrong_double(PATCHED_COMPARISONS + WRONG),
    "patches_builtins": wrong_double("import builtins\nbuiltins.all = lambda *a: True\n" + WRONG),
    "patches_its_copy_of_the_hidden_tests": wrong_double(PATCHED_HIDDEN_TESTS + WRONG),
    "always_equal": wrong_double(ALWAYS_EQUAL, "expected a tensor"),
    "torch_function": wrong_double(TORCH_FUNCTION, "expected a tensor"),
    "float_subclass": wrong_double(FLOAT_SUBCLASS, "expected a tensor"),
    "array_subclass": wrong_double(ARRAY_SUBCLASS, "expected a tensor"),
    "pickled_result": wrong_double(PICKLED, "expected a tensor"),
    "rewrites_later": wrong_double(REWRITES_LATER + WRONG),
    "clears_outputs": Attack(extra(CLEARS_OUTPUTS, double=WRONG), WRONG_DOUBLE, "values differ"),
    "mocks_the_agent": Attack(mini_course.submission(double=MOCKED_AGENT + WRONG), 0, "expected a tensor"),
    "returns_stolen_handles": wrong_double(STOLEN_HANDLES, "0 of 2 points"),
    "walks_the_frames": wrong_double(FRAME_WALK),
    "searches_the_garbage": wrong_double(GARBAGE, "0 of 2 points"),
    "special_cases_public_inputs": wrong_double(
        "def double(x):\n    return 2 * x if torch.equal(x, torch.ones(3)) else 3 * x"
    ),
    "scalar": wrong_double("def double(x):\n    return 2", "Returned an int"),
    "nan": wrong_double("def double(x):\n    return x * float('nan')", "NaN"),
    "infinite": wrong_double("def double(x):\n    return x / 0", "NaN or infinite"),
    "empty": wrong_double("def double(x):\n    return x[:0]", "expected"),
    "broadcasts": wrong_double("def double(x):\n    return (2 * x).sum()", "Returned shape ()"),
    "float64": wrong_double("def double(x):\n    return 2 * x.double()", "float64"),
    "complex": wrong_double("def double(x):\n    return (2 * x).to(torch.complex64)", "complex64"),
    "object_array": wrong_double("import numpy\ndef double(x):\n    return numpy.array([None, x], object)", "expected"),
    "changes_its_argument": Attack(
        mini_course.submission(double="def double(x):\n    x *= 2\n    return x"), 5, "a new tensor"
    ),
    "changes_an_earlier_answer_later": Attack(
        last("def double(x):\n    return 2 * x", double=WRONG), WRONG_DOUBLE, "values differ"
    ),
}
