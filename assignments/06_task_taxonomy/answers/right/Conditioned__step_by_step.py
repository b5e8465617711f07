# Conditioned · a loop over the steps that hands the state on
class Conditioned(nn.Module):
    def __init__(self, core, dim_condition):
        super().__init__()
        self.core = core
        self.fc_c2h = nn.Linear(dim_condition, core.dim_output)

    def first_state(self, condition):
        return self.fc_c2h(condition)[None]

    def forward(self, condition, inputs):
        h_t = self.first_state(condition)
        states = []
        for x_t in inputs:
            state, h_t = self.core(x_t[None], h_t)
            states.append(state[0])
        return torch.stack(states)
