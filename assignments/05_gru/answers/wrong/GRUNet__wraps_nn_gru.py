# GRUNet · an nn.GRU and a readout · loses: test_has_the_named_layers, test_is_a_leaky_tanh_network, test_keeps_h_0_where_z_is_one, test_resets_before_fc_h2h, test_computes_gates_from_input_and_state, test_follows_all_equations, test_padding_has_no_influence, test_keeps_nothing_between_calls, test_gradients_go_back_through_time
class GRUNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        self.gru = nn.GRU(dim_input, dim_recurrent)
        self.fc_h2y = nn.Linear(dim_recurrent, dim_output)

    def forward(self, x, lengths):
        states, _ = self.gru(x)
        return self.fc_h2y(last_valid(states, lengths))
