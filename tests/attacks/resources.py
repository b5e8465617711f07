"""Resources and death: every one of these ends, costs what it should, and costs nobody else anything."""

import mini_course
from nbformat.v4 import new_code_cell

from attacks import FULL, Attack, extra, last, with_cells, wrong_double

RIGHT = "\ndef double(x):\n    return 2 * x"
UNSTOPPABLE = """
def double(x):
    while True:
        try:
            while True: pass
        except BaseException: pass
"""
UNSTOPPABLE_CELL = "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
MEMORY_IN_MANY = """
import os, time
for _ in range(40):
    if os.fork() == 0:
        held = bytearray(os.urandom(1)) * 2**29
        time.sleep(60)
        os._exit(0)
time.sleep(60)
"""
FORK_BOMB = """
import os
try:
    while True:
        if os.fork() == 0:
            import time; time.sleep(20); os._exit(0)
except OSError:
    pass
"""
THREADS_PRINTING = """
import threading, time
def shout():
    while True:
        print("x" * 1000)
        time.sleep(0.001)
for _ in range(4): threading.Thread(target=shout, daemon=True).start()
"""
FLOOD = """
import threading
from IPython.display import display
kernel = get_ipython().kernel
def flood():
    content = {"data": {"text/plain": "x" * 30_000_000}, "metadata": {}}
    while True:
        kernel.session.send(kernel.iopub_socket, "display_data", content)
threading.Thread(target=flood, daemon=True).start()
"""
FILLS = """
import os
for folder in ("/tmp", "/dev/shm"):
    try:
        for number in range(100):
            with open(f"{folder}/fill{number}", "wb") as file:
                file.write(bytes(10**7))
    except OSError:
        pass
"""
PROCESSORS = """
import os
for _ in range(30):
    if os.fork() == 0:
        while True: pass
"""

WATCHES = """
import os, select, time
for child in range(40):
    if os.fork() == 0:
        try:
            watched = [os.eventfd(0) for _ in range(100)]
            watching = []
            while True:
                watching.append(select.epoll())
                for descriptor in watched: watching[-1].register(descriptor, 0)
        except OSError:
            time.sleep(60)
            os._exit(0)
time.sleep(5)
"""
FILES_ON_THEIR_WAY = """
import os, socket, time
pairs, sent = [], os.open("/dev/null", os.O_RDONLY)
try:
    while True:
        pairs.append(socket.socketpair())
        for _ in range(4): socket.send_fds(pairs[-1][0], [b"x"], [sent] * 250)
except OSError:
    time.sleep(5)
"""
EMPTY_FILES = """
import os
os.makedirs("/tmp/many")
try:
    for number in range(200_000):
        os.close(os.open(f"/tmp/many/{number}", os.O_CREAT | os.O_WRONLY))
except OSError:
    pass
"""
PARTS = """
import time
kernel = get_ipython().kernel
part, line = b"x" * 50_000_000, kernel.iopub_thread.socket
kernel.iopub_thread.schedule(lambda: line.send_multipart([b"t"] + [part] * 24, copy=False))
time.sleep(5)
"""
KEYS = """
kernel = get_ipython().kernel
for _ in range(12):
    content = {"data": {"k" * 30_000_000: "x"}, "metadata": {}}
    kernel.session.send(kernel.iopub_socket, "display_data", content, parent=kernel.get_parent())
"""
SHOWS_MUCH = "for i in range(49): display({'text/plain': 'x' * 19_900}, raw=True)"

ATTACKS = {
    "raises": wrong_double("def double(x):\n    return x / None", "raised TypeError"),
    "syntax_error": wrong_double("def double(x) return", "raised SyntaxError"),
    "endless_cell": wrong_double("while True: pass", "stopped after 15 seconds"),
    "endless_cell_that_catches_everything": wrong_double(UNSTOPPABLE_CELL, "stopped after 15 seconds"),
    "endless_call": wrong_double("def double(x):\n    while True: pass", "had not finished after 10 seconds"),
    "endless_call_that_catches_everything": wrong_double(UNSTOPPABLE, "had not finished after 10 seconds"),
    "sleeps_in_C": wrong_double(
        "import time\ndef double(x):\n    time.sleep(1000)", "had not finished after 10 seconds"
    ),
    "ends_python": wrong_double("import os\nos._exit(0)", "ended the notebook"),
    "ends_python_in_a_call": wrong_double(
        "import os\ndef double(x):\n    os._exit(0)", "Your code ended the notebook's"
    ),
    "kills_itself": wrong_double(
        "import os\ndef double(x):\n    os.kill(os.getpid(), 9)", "Your code ended the notebook's"
    ),
    "segfault": wrong_double("import ctypes\nctypes.string_at(0)", "ended the notebook"),
    "segfault_in_a_call": wrong_double("import ctypes\ndef double(x):\n    ctypes.string_at(0)", "ended the notebook"),
    "exit": wrong_double("exit()", "called exit()"),
    "sys_exit": wrong_double("import sys\nsys.exit(0)", "raised SystemExit"),
    "exit_in_a_call": wrong_double("import sys\ndef double(x):\n    sys.exit(0)", "raised SystemExit"),
    "deep_recursion": wrong_double(
        "import sys\nsys.setrecursionlimit(10**9)\ndef double(x):\n    return double(x)", ""
    ),
    "asks_for_input": wrong_double("input()", "raised StdinNotImplementedError"),
    "takes_all_memory": wrong_double("def double(x):\n    return torch.ones(10**11)", "raised RuntimeError"),
    # On a slow machine their time is over before their memory: test_kernels shows that the memory's limit holds.
    "takes_all_memory_slowly": wrong_double("held = []\nwhile True: held.append(bytearray(b'x') * 10**8)", "This cell"),
    "takes_all_memory_in_many_processes": wrong_double(MEMORY_IN_MANY, "This cell"),
    "fork_bomb": wrong_double(FORK_BOMB, ""),
    "takes_every_processor": Attack(extra(PROCESSORS), FULL, "2 of 2 hidden tests passed"),
    "fills_its_scratch_space": Attack(extra(FILLS), FULL, "2 of 2 hidden tests passed"),
    "prints_60_MB": Attack(mini_course.submission(double="print('x' * 60_000_000)" + RIGHT), FULL, "printed 57 MB"),
    "threads_print_for_ever": Attack(extra(THREADS_PRINTING), FULL, "2 of 2 hidden tests passed"),
    # It may drown in its own flood, at any moment: so nothing is right in it.
    "floods_the_grader": Attack(
        last(FLOOD, double="def double(x):\n    return 3 * x", running_sum="def running_sum(x):\n    return x * x"),
        0,
        "",
    ),
    "takes_all_watches": wrong_double(WATCHES + "def double(x):\n    return 3 * x", ""),
    "files_on_their_way_through_sockets": wrong_double(FILES_ON_THEIR_WAY + "def double(x):\n    return 3 * x", ""),
    "many_empty_files": Attack(mini_course.submission(double=EMPTY_FILES + RIGHT), FULL, "2 of 2 hidden tests"),
    "one_message_of_a_gigabyte": wrong_double(PARTS + "def double(x):\n    return 3 * x", ""),
    "long_keys": Attack(extra(KEYS), FULL, "only the beginning is kept"),
    "sixty_cells_that_show_much": Attack(
        with_cells(lambda cells: cells.__setitem__(slice(2, 2), [new_code_cell(SHOWS_MUCH) for _ in range(60)])),
        FULL,
        "outputs are too large",
    ),
    "harmless_warning": Attack(
        mini_course.submission(
            double="import sys, warnings\nwarnings.warn('old')\nprint('x', file=sys.stderr)" + RIGHT
        ),
        FULL,
        "2 of 2 hidden tests passed",
    ),
    "warns_in_a_call": Attack(
        mini_course.submission(double="import warnings\ndef double(x):\n    warnings.warn('old')\n    return 2 * x"),
        FULL,
        "2 of 2 hidden tests passed",
    ),
}
