# convert_gru · one gate after the other, rows picked by index
def convert_gru(weights):
    size = len(weights["bias_ih_l0"]) // 3
    w = {}
    for place, gate in enumerate("rzh"):
        rows = torch.arange(place * size, (place + 1) * size)
        for layer, short in (("ih", "x"), ("hh", "h")):
            w[f"W_{short}{gate}"] = weights[f"weight_{layer}_l0"][rows]
        of_input, of_state = (weights[f"bias_{layer}_l0"][rows] for layer in ("ih", "hh"))
        if gate == "h":
            w["b_xh"], w["b_hh"] = of_input, of_state
        else:
            w[f"b_{gate}"] = of_input + of_state
    return w
