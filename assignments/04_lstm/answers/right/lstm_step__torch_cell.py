# lstm_step · stacked for torch.lstm_cell
def lstm_step(x_t, h_prev, c_prev, weights):
    order = ["i", "f", "c", "o"]
    W_ih = torch.cat([weights[f"W_x{k}"] for k in order])
    W_hh = torch.cat([weights[f"W_h{k}"] for k in order])
    b = torch.cat([weights[f"b_{k}"] for k in order])
    return torch.lstm_cell(x_t, (h_prev, c_prev), W_ih, W_hh, b, torch.zeros_like(b))
