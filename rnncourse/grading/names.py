"""Names that both sides of the sandbox must know: here, so that the outer side need not import torch to know them."""

CONNECTION = "RNNCOURSE_CONNECTION"  # environment variable: what `kernel.start` gets, as JSON
CONTROL = "RNNCOURSE_CONTROL"  # environment variable: descriptor of the socket on which a zygote's requests come
LIMITS = "RNNCOURSE_LIMITS"  # environment variable: JSON: resources, bytes of scratch space, readable folders
HIDDEN_TESTS = "tests"  # on which a kernel's agent is asked: a socket's file beside Jupyter's own
