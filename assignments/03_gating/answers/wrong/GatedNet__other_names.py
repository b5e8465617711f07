# GatedNet · other names for the layers · loses: test_has_the_five_layers, test_the_network_follows_the_equations, test_a_sequence_has_the_same_logits_in_any_batch, test_starts_afresh_in_every_call, test_an_open_gate_keeps_h_0, test_gradients_go_back_through_state_and_gate
class GatedNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        self.W_xh = nn.Linear(dim_input, dim_recurrent)
        self.W_hh = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.W_xz = nn.Linear(dim_input, dim_recurrent)
        self.W_hz = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.W_hy = nn.Linear(dim_recurrent, dim_output)

    def forward(self, x, lengths):
        h_t = torch.zeros(x.shape[1], self.W_hh.in_features)
        states = []
        for x_t in x:
            h_bar = torch.relu(self.W_xh(x_t) + self.W_hh(h_t))
            z_t = torch.sigmoid(self.W_xz(x_t) + self.W_hz(h_t))
            h_t = z_t * h_t + (1 - z_t) * h_bar
            states.append(h_t)
        h_last = torch.stack(states)[lengths - 1, torch.arange(len(lengths))]
        return self.W_hy(h_last)
