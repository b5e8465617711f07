# read_state · returns nothing · loses: test_is_none_where_nothing_is_returned, test_reads_both_directions_of_lower_layers, test_reads_both_directions_of_the_last_layer, test_reads_lower_layers_at_the_end, test_reads_the_last_layer_at_every_time
def read_state(output, h_n, layer, t, backward=False):
    pass
