# Conditioned · the core's own parts
class Conditioned(nn.Module):
    def __init__(self, core, dim_condition):
        super().__init__()
        self.core = core
        dim_recurrent = core.gru.hidden_size
        self.fc_c2h = nn.Linear(in_features=dim_condition, out_features=dim_recurrent)

    def first_state(self, condition):
        return self.fc_c2h(condition)[None]

    def forward(self, condition, inputs):
        looked_up = self.core.embedding(inputs)
        output, h_last = self.core.gru(looked_up, self.first_state(condition))
        return output
