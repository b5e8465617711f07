"""Which state of a stacked LSTM is where in what `nn.LSTM` returns, found by looking for the same numbers."""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor, nn


@torch.no_grad()
def states_of_layers(lstm: nn.LSTM, x: Tensor) -> dict[tuple[int, int, bool], Tensor]:
    """Every h_t of every layer and direction: each layer runs once more, in an `nn.LSTM` of its own.

    Args:
        lstm: with biases, without projection and dropout.
        x: (T, N, D), time first whatever `lstm.batch_first` says; all sequences of length T.

    Returns:
        {(layer, t, backward): (N, Q)}; layers count from 1 and t from 1, in the order of x in both directions.
    """
    states = {}
    for layer in range(lstm.num_layers):
        of_directions = []
        for backward in (False, True)[: 1 + lstm.bidirectional]:
            alone = nn.LSTM(x.shape[2], lstm.hidden_size, dtype=x.dtype)
            suffix = f"_l{layer}" + "_reverse" * backward
            alone.load_state_dict(
                {name: getattr(lstm, name.removesuffix("_l0") + suffix) for name in alone.state_dict()}
            )
            h = alone(x.flip(0))[0].flip(0) if backward else alone(x)[0]  # (T, N, Q)
            states |= {(layer + 1, t + 1, backward): h_t for t, h_t in enumerate(h)}
            of_directions.append(h)
        x = torch.cat(of_directions, dim=2)
    return states


@lru_cache
def where_returned(
    num_layers: int, num_steps: int, bidirectional: bool = False, batch_first: bool = False
) -> dict[tuple[int, int, bool], list[str]]:
    """For each state of a random `nn.LSTM` the entries of `output` and `h_n` that hold it for sequence n.

    Returns:
        {(layer, t, backward): entries}, such as {(2, 1, False): ["output[0, n]"], …}; a state that isn't returned
        has none.
    """
    D, Q, N = 2, 3, 2
    generator = torch.Generator().manual_seed(0)
    lstm = nn.LSTM(D, Q, num_layers, bidirectional=bidirectional, batch_first=batch_first)
    with torch.no_grad():
        for weights in lstm.parameters():
            weights.normal_(std=0.7, generator=generator)
        x = torch.randn(num_steps, N, D, generator=generator)
        output, (h_n, _) = lstm(x.transpose(0, 1) if batch_first else x)

    entries = {}
    for t, of_step in enumerate(output.unbind(1 if batch_first else 0)):
        for part, state in zip((", :Q", ", Q:") if bidirectional else ("",), of_step.split(Q, dim=1), strict=True):
            entries[f"output[n, {t}{part}]" if batch_first else f"output[{t}, n{part}]"] = state
    entries |= {f"h_n[{i}, n]": state for i, state in enumerate(h_n)}
    return {
        place: [name for name, entry in entries.items() if torch.allclose(entry, state, atol=1e-6)]
        for place, state in states_of_layers(lstm, x).items()
    }
