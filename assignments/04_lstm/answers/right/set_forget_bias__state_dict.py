# set_forget_bias · through the state_dict
def set_forget_bias(lstm, value):
    weights = lstm.state_dict()
    for name, tensor in weights.items():
        if name.startswith("bias"):
            rows = tensor.clone().view(4, -1)
            rows[1] = value if "_ih_" in name else 0.0
            weights[name] = rows.flatten()
    lstm.load_state_dict(weights)
