# lstm_step · F.linear and a dictionary of sums
def lstm_step(x_t, h_prev, c_prev, weights):
    a = {
        gate: F.linear(x_t, weights["W_x" + gate], weights["b_" + gate]) + F.linear(h_prev, weights["W_h" + gate])
        for gate in "fioc"
    }
    cell = a["f"].sigmoid() * c_prev + a["i"].sigmoid() * a["c"].tanh()
    return a["o"].sigmoid() * cell.tanh(), cell
