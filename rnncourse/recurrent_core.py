"""The part that all networks of the task taxonomy share: what a task needs beside it is a small head."""

from __future__ import annotations

from torch import Tensor, nn


class RecurrentCore(nn.Module):
    """A GRU over symbols or numbers; everything before the head of a task.

    Args:
        dim_recurrent: Q, the size of the state.
        num_symbols: of the vocabulary, for inputs that are symbols; they get an embedding.
        dim_input: D, for inputs that are numbers, and the size of the symbols' embedding.
        bidirectional: a second GRU reads backwards, and the states of both stand side by side.
    """

    def __init__(
        self,
        dim_recurrent: int,
        *,
        num_symbols: int | None = None,
        dim_input: int = 32,
        bidirectional: bool = False,
    ) -> None:
        super().__init__()
        self.embedding = nn.Identity() if num_symbols is None else nn.Embedding(num_symbols, dim_input, padding_idx=0)
        self.gru = nn.GRU(dim_input, dim_recurrent, bidirectional=bidirectional)
        self.dim_output = dim_recurrent * (1 + bidirectional)

    def forward(self, inputs: Tensor, h_0: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """
        Args:
            inputs: (T, N) symbols, or (T, N, D) numbers.
            h_0: (1, N, Q) the first state, (2, N, Q) in both directions; zeros if it is left out.

        Returns:
            The states (T, N, Q or 2Q), and the state after the last step, padding included: (1, N, Q) or (2, N, Q).
        """
        return self.gru(self.embedding(inputs), h_0)
