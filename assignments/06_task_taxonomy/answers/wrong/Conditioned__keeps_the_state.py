# Conditioned · a second call goes on where the first one ended · loses: test_the_order_of_the_batch_is_kept, test_keeps_nothing_between_calls
class Conditioned(nn.Module):
    def __init__(self, core, dim_condition):
        super().__init__()
        self.core = core
        self.fc_c2h = nn.Linear(dim_condition, core.dim_output)
        self.h = None

    def first_state(self, condition):
        return self.fc_c2h(condition)[None]

    def forward(self, condition, inputs):
        if self.h is None or self.h.shape[1] != len(condition):
            self.h = self.first_state(condition)
        states, h_last = self.core(inputs, self.h)
        self.h = h_last.detach()
        return states
