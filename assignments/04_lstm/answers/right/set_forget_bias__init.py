# set_forget_bias · nn.init on a slice
def set_forget_bias(lstm, value):
    quarter = lstm.hidden_size
    for name in lstm.state_dict():
        if "bias" in name:
            nn.init.constant_(getattr(lstm, name)[quarter : 2 * quarter], value / 2)
