"""Tampering with the machine, with other submissions, or with the gradebook."""

from attacks import FULL, Attack, extra, wrong_double

FOUND = "def double(x):\n    return 2 * x if found else 3 * x"
WRITES = """
import os, sys, torch, rnncourse
found = []
for path in ("/usr/x", "/etc/x", "/x", "/run/x", "/run/kernel.json", "/proc/1/mem", "/proc/sysrq-trigger", "/dev/x",
             sys.prefix + "/x", sys.base_prefix + "/x", torch.__file__, rnncourse.__file__,
             os.path.dirname(rnncourse.__file__) + "/x.py"):
    try:
        open(path, "a").write("x")
        found.append(path)
    except OSError:
        pass
"""
PRIVILEGES = """
import ctypes, os, subprocess
libc = ctypes.CDLL(None, use_errno=True)
def works(call, *arguments, **options):
    try:
        return call(*arguments, **options) in (None, 0)
    except (OSError, subprocess.SubprocessError):
        return False
found = [
    works(os.setuid, 0), works(os.setgid, 0), works(os.chroot, "/tmp"),
    works(os.setpriority, os.PRIO_PROCESS, 0, -5), works(os.mknod, "/tmp/sda", 0o60600, os.makedev(8, 0)),
    works(libc.mount, b"none", b"/mnt", b"tmpfs", 0, None), works(libc.umount2, b"/tmp", 2),
    works(libc.ptrace, 16, 1, 0, 0), works(os.sched_setaffinity, 0, range(os.cpu_count())),
    works(lambda: subprocess.run(["su", "-c", "true"], check=True, input=b"", capture_output=True).returncode),
    os.getuid() == 0, 0 in os.getgroups(),
]
status = dict(line.split(":\\t", 1) for line in open("/proc/self/status") if ":\\t" in line)
found = any(found) or any(int(status[name], 16) for name in ("CapEff", "CapPrm", "CapInh", "CapBnd", "CapAmb"))
found = found or status["NoNewPrivs"].strip() != "1"
"""
DAEMON = """
import os, sqlite3, subprocess, sys
subprocess.Popen([sys.executable, "-c", '''
import os, sqlite3, time
while True:
    for folder, _, names in os.walk("/"):
        if "gradebook.db" in names:
            database = sqlite3.connect(os.path.join(folder, "gradebook.db"))
            database.execute("update grade set auto_score = 100")
            database.commit()
    time.sleep(0.1)
'''], start_new_session=True)
"""
OUTLIVES = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            time.sleep(1)
    os._exit(0)
"""
KILLS = """
import os, signal
for pid in (os.getppid(), 1, -1):
    for kind in (signal.SIGTERM, signal.SIGKILL):
        if pid != -1:
            try:
                os.kill(pid, kind)
            except OSError:
                pass
"""
SCRIPT = """
from IPython.display import HTML, Javascript, SVG, Latex, Markdown, display
display(HTML("<script>document.title = 'owned'</script><img src=x onerror=\\"document.title='owned'\\">"))
display(Javascript("document.title = 'owned'"))
display(SVG('<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=\\'owned\\'"></svg>'))
display(Markdown("<img src=x onerror=\\"document.title='owned'\\">"), Latex("$\\\\href{javascript:alert(1)}{x}$"))
display({"text/plain": "</pre><script>document.title = 'owned'</script>"}, raw=True)
display({"image/png": "x\\" onerror=\\"document.title='owned'"}, raw=True)
display({"application/vnd.jupyter.widget-view+json": {"model_id": "x", "version_major": 2}}, raw=True)
print("\\x1b]8;;javascript:document.title='owned'\\x07click\\x1b]8;;\\x07 </pre><script>document.title='owned'</script>")
"""
SCRIPT_IN_AN_ERROR = """
class Evil(Exception):
    pass
Evil.__name__ = Evil.__qualname__ = "<img src=x onerror=document.title='owned'>"
def double(x):
    raise Evil("<script>document.title = 'owned'</script>")
"""

IN_A_CELLS_ERROR = """
class Evil(Exception): pass
Evil.__name__ = Evil.__qualname__ = {}
raise Evil("x")
"""
SCRIPT_IN_A_CELLS_ERROR = IN_A_CELLS_ERROR.format(repr("<img src=x onerror=\"document.title='owned'\">"))
LINK_IN_A_CELLS_ERROR = IN_A_CELLS_ERROR.format(repr("[regrade](javascript:document.title='owned')\x1b[1A\x1b[2K"))

ATTACKS = {
    "writes_outside_its_scratch_space": wrong_double(WRITES + FOUND),
    "gains_privileges": wrong_double(PRIVILEGES + FOUND),
    "a_daemon_rewrites_the_gradebook": wrong_double(DAEMON + "def double(x):\n    return 3 * x"),
    "a_process_outlives_its_notebook": wrong_double(OUTLIVES + "def double(x):\n    return 3 * x"),
    "kills_its_parents": wrong_double(KILLS + "def double(x):\n    return 3 * x", ""),
    "leaves_a_torch_for_others": wrong_double(
        "import pathlib, sys\nfor name in ('torch.py', 'sitecustomize.py', 'conftest.py', 'usercustomize.py'):\n"
        "    pathlib.Path('/tmp', name).write_text('raise SystemExit')\n"
        "    pathlib.Path('/dev/shm', name).write_text('raise SystemExit')\ndef double(x):\n    return 3 * x"
    ),
    "script_in_every_kind_of_output": Attack(extra(SCRIPT), FULL, "2 of 2 hidden tests passed"),
    "script_in_the_name_of_a_cells_error": wrong_double(SCRIPT_IN_A_CELLS_ERROR, "raised an error"),
    "link_in_the_name_of_a_cells_error_page": wrong_double(LINK_IN_A_CELLS_ERROR, "raised an error"),
    "script_in_the_name_of_an_error": wrong_double(SCRIPT_IN_AN_ERROR, "onerror"),
}
