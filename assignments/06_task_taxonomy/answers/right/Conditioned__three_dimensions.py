# Conditioned · the axis goes in front before the map
class Conditioned(nn.Module):
    def __init__(self, core, dim_condition):
        super().__init__()
        self.core = core
        self.fc_c2h = nn.Linear(dim_condition, core.dim_output)

    def first_state(self, condition):
        return self.fc_c2h(condition[None, :, :])

    def forward(self, condition, inputs):
        states, _ = self.core(inputs, self.first_state(condition))
        return states
