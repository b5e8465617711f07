# Conditioned · fc_c2h has no bias · loses: test_has_the_core_and_one_layer, test_gradients_reach_the_condition
class Conditioned(nn.Module):
    def __init__(self, core, dim_condition):
        super().__init__()
        self.core = core
        self.fc_c2h = nn.Linear(dim_condition, core.dim_output, bias=False)

    def first_state(self, condition):
        return self.fc_c2h(condition)[None]

    def forward(self, condition, inputs):
        states, _ = self.core(inputs, self.first_state(condition))
        return states
