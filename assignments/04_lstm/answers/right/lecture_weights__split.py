# lecture_weights · torch.split, biases added block by block
def lecture_weights(weight_ih, weight_hh, bias_ih, bias_hh):
    size = weight_hh.size(1)
    blocks = [torch.split(part, size) for part in (weight_ih, weight_hh, bias_ih, bias_hh)]
    result = {}
    for index, gate in enumerate("ifco"):
        W_x, W_h, b_x, b_h = (part[index] for part in blocks)
        result[f"W_x{gate}"], result[f"W_h{gate}"], result[f"b_{gate}"] = W_x, W_h, b_x + b_h
    return result
