# Conditioned · random numbers of the right shape · loses: test_has_the_core_and_one_layer, test_the_first_state_is_a_linear_map, test_the_states_follow_from_the_first, test_inputs_may_be_symbols, test_the_condition_makes_the_difference, test_the_order_of_the_batch_is_kept, test_keeps_nothing_between_calls, test_gradients_reach_the_condition
class Conditioned(nn.Module):
    def __init__(self, core, dim_condition):
        super().__init__()
        self.core = core
        self.fc_c2h = nn.Linear(dim_condition, core.dim_output)

    def first_state(self, condition):
        return torch.randn(1, len(condition), self.core.dim_output)

    def forward(self, condition, inputs):
        return torch.randn(*inputs.shape[:2], self.core.dim_output)
