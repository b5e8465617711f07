"""For processes that are forked: imports that are put off until they are needed, half a second in each fork."""

from __future__ import annotations

import importlib

OF_TORCH = (
    "torch.fx.experimental.symbolic_shapes",  # at the first backward with a gradient of one's own
    "torch._dynamo",  # at the first step of an optimiser
)
OF_A_KERNEL = (
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.extensions.storemagic",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "tornado.platform.asyncio",
)


def preload(*names: str) -> None:
    """Import modules now."""
    for name in names:
        importlib.import_module(name)
