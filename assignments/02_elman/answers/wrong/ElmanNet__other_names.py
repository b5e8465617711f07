# ElmanNet · other names for the layers · loses: test_has_the_named_layers, test_follows_the_equations, test_padding_has_no_influence, test_keeps_nothing_between_calls, test_gradients_reach_every_parameter_through_time
class ElmanNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        self.input_layer = nn.Linear(dim_input, dim_recurrent)
        self.recurrent_layer = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.output_layer = nn.Linear(dim_recurrent, dim_output)

    def forward(self, x, lengths):
        h_t = torch.zeros(x.shape[1], self.recurrent_layer.in_features)
        states = []
        for x_t in x:
            h_t = torch.relu(self.input_layer(x_t) + self.recurrent_layer(h_t))
            states.append(h_t)
        h_last = torch.stack(states)[lengths - 1, torch.arange(len(lengths))]
        return self.output_layer(h_last)
