# ElmanNet · the state stands still after each end
class ElmanNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        self.fc_x2h = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2h = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_h2y = nn.Linear(dim_recurrent, dim_output)

        self.dim_recurrent = dim_recurrent

    def forward(self, x, lengths):
        T, N, D = x.shape
        h_t = torch.zeros(N, self.dim_recurrent, dtype=x.dtype, device=x.device)
        for t in range(T):
            new = torch.relu(self.fc_x2h(x[t]) + self.fc_h2h(h_t))
            going_on = (t < lengths).unsqueeze(-1)
            h_t = torch.where(going_on, new, h_t)
        return self.fc_h2y(h_t)
