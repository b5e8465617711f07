"""What a student's kernel can see, own and do: the same in both ways to start one."""

from __future__ import annotations

import ast
import contextlib
import gc
import os
import resource
import threading
import time
from collections.abc import Callable, Iterator

import psutil
import pytest
from attacks.resources import MEMORY_IN_MANY
from nbformat.v4 import new_code_cell

from rnncourse.grading import warm
from rnncourse.grading.execute import Kernel, Limits, Stopped
from rnncourse.grading.linux import MAX_FILES
from rnncourse.grading.memory import MAX_BYTES
from rnncourse.grading.provisioner import MAX_MESSAGE_BYTES, SandboxKernelManager, WarmKernelManager
from rnncourse.grading.sandbox import ENVIRONMENT, LIMITS, readable

pytestmark = pytest.mark.slow

LOOK_AROUND = """
import os, random, resource, socket
import numpy, torch
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
files = {}
for name in os.listdir("/proc/self/fd"):
    try:
        files[name] = os.readlink(f"/proc/self/fd/{name}")
    except OSError:
        pass
def limit(name):
    return resource.getrlimit(getattr(resource, f"RLIMIT_{name.upper()}"))
print({
    "uid": os.getuid(),
    "groups": os.getgroups(),
    "capabilities": {status[name].strip() for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")},
    "no_new_privileges": int(status["NoNewPrivs"]),
    "filter": int(status["Seccomp"]),
    "processes": sorted(int(name) for name in os.listdir("/proc") if name.isdigit()),
    "interfaces": [name for _, name in socket.if_nameindex() if name != "lo"],
    "namespaces": {name: os.readlink(f"/proc/self/ns/{name}") for name in os.listdir("/proc/self/ns")},
    "files": sorted(set(files.values())),
    "environment": dict(os.environ),
    "scratch": {path: sorted(os.listdir(path)) for path in ("/tmp", "/dev/shm")},
    "free": {path: os.statvfs(path).f_blocks * os.statvfs(path).f_frsize for path in ("/tmp", "/dev/shm")},
    "limits": {name: limit(name) for name in LIMITS},
    "random": [random.random(), float(numpy.random.rand()), torch.rand(1).item()],
    "left": sorted(name for name in dir(torch) if name.startswith("left_")),
})
""".replace("LIMITS", repr(list(LIMITS)))
LEAVE_TRACES = """
import os, random, socket, torch
open("/tmp/left", "w").write("here I was")
open("/dev/shm/left", "w").write("here I was")
os.environ["LEFT"] = torch.left_behind = "here I was"
torch.manual_seed(3), random.seed(3)
if os.fork() == 0:
    while True:
        pass
"""
Start = Callable[[], Kernel]


@pytest.fixture(params=[WarmKernelManager, SandboxKernelManager], ids=["warm", "cold"])
def start(request: pytest.FixtureRequest) -> Iterator[Start]:
    started = []

    def start_one() -> Kernel:
        started.append(Kernel(Limits(), request.param))
        return started[-1]

    yield start_one
    for kernel in started:
        kernel.stop()


def run(kernel: Kernel, source: str) -> str:
    cell = new_code_cell(source)
    kernel.execute(cell)
    errors = ["\n".join(output.traceback) for output in cell.outputs if output.output_type == "error"]
    assert not errors, errors[0]
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


def look_around(kernel: Kernel) -> dict:
    return ast.literal_eval(run(kernel, LOOK_AROUND))


def test_a_kernel_is_alone_and_has_nothing(start: Start) -> None:
    seen = look_around(start())
    assert seen["uid"] != 0
    assert {group for group in seen["groups"] if group < 1000} == set()
    assert seen["capabilities"] == {"0" * 16}
    assert seen["no_new_privileges"] == 1
    assert seen["filter"] == 2
    assert len(seen["processes"]) <= 3
    assert seen["interfaces"] == []
    assert not any(path.startswith("/") for path in seen["files"] if not path.startswith(("/dev/null", "/tmp/")))
    assert seen["environment"].items() >= ENVIRONMENT.items()
    assert not any(name.startswith("RNNCOURSE") for name in seen["environment"])
    assert set(seen["scratch"]["/tmp"]) == {
        "ipython",
        *(path.parts[2] for path in readable() if path.parts[1] == "tmp"),
    }
    assert seen["scratch"]["/dev/shm"] == []
    assert seen["free"] == {"/tmp": 64 * 2**20, "/dev/shm": 64 * 2**20}
    assert seen["limits"] == {name: (value, value) for name, value in LIMITS.items()}


def test_a_kernel_sees_nothing_of_another(start: Start) -> None:
    first, second = start(), start()
    before = look_around(first)
    run(first, LEAVE_TRACES)
    third = start()
    for after in (look_around(second), look_around(third)):
        assert after["left"] == []
        assert after["scratch"] == before["scratch"]
        assert "LEFT" not in after["environment"]
        assert after["processes"] == before["processes"]
        assert not set(after["random"]) & set(before["random"])
        ours = set(before["namespaces"].values()) & set(after["namespaces"].values())
        assert all(name.startswith(("user:", "time:", "cgroup:")) for name in ours), ours


def test_system_calls_that_no_notebook_needs_are_refused(start: Start) -> None:
    said = run(
        start(),
        "import ctypes, os, signal\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "answers = {name: getattr(libc, name)(*arguments) for name, arguments in {\n"
        "    'unshare': (0x10000000,), 'setns': (0, 0), 'mount': (b'tmpfs', b'/tmp', b'tmpfs', 0, None),\n"
        "    'umount2': (b'/tmp', 0), 'chroot': (b'/tmp',), 'memfd_create': (b'x', 0), 'ptrace': (0, 0, 0, 0),\n"
        "}.items()}\n"
        "answers['clone with a user namespace'] = libc.syscall(56, 0x10000000 | signal.SIGCHLD, 0, 0, 0, 0)\n"
        "if answers['clone with a user namespace'] == 0: os._exit(0)\n"
        "print(answers)",
    )
    assert set(ast.literal_eval(said).values()) == {-1}


def test_what_notebooks_need_works(start: Start) -> None:
    said = run(
        start(),
        "import subprocess, threading, multiprocessing, tempfile, torch\n"
        "found = []\n"
        "thread = threading.Thread(target=found.append, args=(1,)); thread.start(); thread.join()\n"
        "found.append(int(subprocess.run(['echo', '2'], capture_output=True, text=True).stdout))\n"
        "found.append(multiprocessing.get_context('fork').Pool(2).map(abs, [-3])[0])\n"
        "with tempfile.TemporaryFile() as file: found.append(file.write(b'four'))\n"
        "found.append(int(torch.nn.LSTM(2, 3)(torch.ones(5, 1, 2))[0].shape[0]))\n"
        "print(found)",
    )
    assert ast.literal_eval(said) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("end", ["os._exit(0)", "os.kill(os.getpid(), 9)", "ctypes.string_at(0)"])
def test_the_end_of_a_kernel_is_noticed_and_leaves_nothing(start: Start, end: str) -> None:
    kernel = start()
    family = psutil.Process(kernel.client.km.provisioner.process.pid).children(recursive=True)
    assert family
    begin = time.monotonic()
    with pytest.raises(Stopped, match="ended the notebook's Python"):
        kernel.execute(new_code_cell(f"import ctypes, os\nif os.fork() == 0:\n    while True: pass\n{end}"))
    assert time.monotonic() - begin < 20
    assert not kernel.is_alive()
    assert psutil.wait_procs(family, timeout=10)[1] == []


def test_to_stop_a_kernel_ends_all_that_it_started(start: Start) -> None:
    kernel = start()
    run(kernel, LEAVE_TRACES)
    family = psutil.Process(kernel.client.km.provisioner.process.pid).children(recursive=True)
    assert len(family) >= 2
    kernel.stop()
    assert psutil.wait_procs(family, timeout=10)[1] == []


def test_memory_is_counted_over_all_processes(start: Start) -> None:
    kernel = start()
    kernel.client.timeout = 120  # seconds: a slow machine needs some to fill it
    pid, ended, most = kernel.client.km.provisioner.process.pid, threading.Event(), []

    def watch() -> None:
        while not ended.wait(0.1):
            most.append(private_bytes(pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        with pytest.raises(Stopped, match="too much memory"):
            run(kernel, MEMORY_IN_MANY)
    finally:
        ended.set()
        watcher.join()
    assert MAX_BYTES / 2 < max(most) < 2 * MAX_BYTES


def private_bytes(pid: int) -> int:
    total = 0
    with contextlib.suppress(psutil.NoSuchProcess):
        for process in psutil.Process(pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                total += process.memory_full_info().uss
    return total


def test_a_zygote_that_has_ended_is_replaced() -> None:
    first = warm.Zygote.running()
    kernel = Kernel(Limits(), WarmKernelManager)
    first.process.kill()
    first.process.wait()
    deadline = time.monotonic() + 10
    while kernel.is_alive():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    kernel.stop()
    second = Kernel(Limits(), WarmKernelManager)
    assert warm.Zygote.running() is not first
    assert run(second, "print(1)") == "1\n"
    second.stop()


def test_a_kernel_that_is_stopped_leaves_no_open_file_to_the_garbage_collector() -> None:
    Kernel(Limits(), WarmKernelManager).stop()
    gc.collect()
    gc.disable()
    try:
        before = psutil.Process().num_fds()
        for _ in range(3):
            kernel = Kernel(Limits(), WarmKernelManager)
            kernel.stop()
        assert psutil.Process().num_fds() <= before + 3  # of each, the line on which its end is seen
    finally:
        gc.enable()


def test_a_message_that_is_too_large_is_refused() -> None:
    kernel = Kernel(Limits(), WarmKernelManager)
    cell = new_code_cell(f"display({{'text/plain': 'x' * {MAX_MESSAGE_BYTES}}}, raw=True)")
    kernel.execute(cell)
    assert not cell.outputs and kernel.client.bytes_seen < 1000  # and nothing else arrives on this connection
    assert kernel.is_alive()
    kernel.stop()


def test_many_kernels_leave_no_file_descriptor_and_no_process() -> None:
    def held() -> tuple[int, int]:
        gc.collect()
        ours = psutil.Process()
        return ours.num_fds(), len(ours.children(recursive=True))

    def one() -> None:
        kernel = Kernel(Limits(), WarmKernelManager)
        assert run(kernel, "print(1)") == "1\n"
        kernel.stop()

    one(), one()
    before = held()
    for _ in range(20):
        one()
    time.sleep(1)
    after = held()
    assert after[0] <= before[0] + 3
    assert after[1] <= before[1]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2**21  # kB


def test_an_empty_file_counts_too() -> None:
    kernel = Kernel(Limits(), WarmKernelManager)
    made = "n = 0\ntry:\n    for n in range(10**6): open(f'/tmp/{n}', 'w').close()\nexcept OSError: print(n)"
    assert 1000 < int(run(kernel, made)) <= MAX_FILES
    kernel.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can change into other users")
def test_each_warm_kernel_is_another_user() -> None:
    kernels = [Kernel(Limits(), WarmKernelManager) for _ in range(2)]
    users = {run(kernel, "import os; print(os.getresuid(), os.getgroups())") for kernel in kernels}
    assert len(users) == 2 and not any("(0" in user for user in users)
    for kernel in kernels:
        kernel.stop()
