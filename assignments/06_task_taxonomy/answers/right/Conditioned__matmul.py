# Conditioned · the map written out
class Conditioned(nn.Module):
    def __init__(self, core, dim_condition):
        super().__init__()
        self.core = core
        self.fc_c2h = nn.Linear(dim_condition, core.dim_output)

    def first_state(self, condition):
        W_ch, b_h = self.fc_c2h.weight, self.fc_c2h.bias
        return torch.stack([condition @ W_ch.T + b_h])

    def forward(self, condition, inputs):
        states, _ = self.core(inputs, self.first_state(condition))
        return states
