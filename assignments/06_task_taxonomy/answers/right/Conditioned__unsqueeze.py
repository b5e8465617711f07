# Conditioned · unsqueeze, and the first of two returned things
class Conditioned(nn.Module):
    def __init__(self, core, dim_condition):
        super().__init__()
        self.core = core
        self.fc_c2h = nn.Linear(dim_condition, core.dim_output)

    def first_state(self, condition):
        return self.fc_c2h(condition).unsqueeze(0)

    def forward(self, condition, inputs):
        h_0 = self.first_state(condition)
        return self.core(inputs, h_0)[0]
