# read_state · everything from h_n · loses: test_is_none_where_nothing_is_returned, test_reads_both_directions_of_the_last_layer, test_reads_the_last_layer_at_every_time
def read_state(output, h_n, layer, t, backward=False):
    directions = output.shape[2] // h_n.shape[2]
    if t == (1 if backward else len(output)):
        return h_n[directions * (layer - 1) + backward]
    return None
