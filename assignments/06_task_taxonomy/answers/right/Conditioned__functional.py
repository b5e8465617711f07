# Conditioned · the layer's weights in F.linear
class Conditioned(nn.Module):
    def __init__(self, core, dim_condition):
        super().__init__()
        self.core = core
        self.fc_c2h = nn.Linear(dim_condition, core.dim_output)

    def first_state(self, condition):
        h_0 = F.linear(condition, self.fc_c2h.weight, self.fc_c2h.bias)
        return h_0.view(1, *h_0.shape)

    def forward(self, condition, inputs):
        states, _ = self.core(inputs, self.first_state(condition))
        return states
