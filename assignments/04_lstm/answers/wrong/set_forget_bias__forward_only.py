# set_forget_bias · only the forward direction · loses: test_sets_both_directions
def set_forget_bias(lstm, value):
    Q = lstm.hidden_size
    with torch.no_grad():
        for layer in range(lstm.num_layers):
            getattr(lstm, f"bias_ih_l{layer}")[Q : 2 * Q] = value / 2
            getattr(lstm, f"bias_hh_l{layer}")[Q : 2 * Q] = value / 2
