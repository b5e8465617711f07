"""Jupyter servers for the browser tests: started as a person starts them, stopped with all their children."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TOKEN = "lesson"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def flags(port: int) -> list[str]:
    """What makes a Jupyter server wait for a test: no browser of its own, this port or none, a known token."""
    return ["--no-browser", f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}"]


@contextmanager
def serving(command: list[str], port: int, cwd: Path, home: Path) -> Iterator[str]:
    """The address of a server that a command starts, with a home of its own: nobody's JupyterLab settings."""
    address = f"http://127.0.0.1:{port}"
    log = home / "server.log"
    with log.open("w") as output:
        environment = {**os.environ, "HOME": str(home)}
        server = subprocess.Popen(
            command, cwd=cwd, stdout=output, stderr=subprocess.STDOUT, env=environment, start_new_session=True
        )
        try:
            _wait_until_it_answers(server, address, log)
            yield address
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(30)


def _wait_until_it_answers(server: subprocess.Popen, address: str, log: Path) -> None:
    deadline = time.monotonic() + 120
    while server.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/api", timeout=5)
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(log.read_text())
