# Tagger · a core for each direction; sentences are turned round within their lengths
class Tagger(nn.Module):
    def __init__(self, num_symbols, dim_recurrent, num_tags):
        super().__init__()
        self.forward_core = RecurrentCore(dim_recurrent, num_symbols=num_symbols)
        self.backward_core = RecurrentCore(dim_recurrent, num_symbols=num_symbols)
        self.fc_h2y = nn.Linear(2 * dim_recurrent, num_tags)

    def forward(self, symbols):
        T = len(symbols)
        lengths = (symbols != 0).sum(0)
        t = torch.arange(T)[:, None]
        turned = torch.where(t < lengths, lengths - 1 - t, t)  # (T, N)
        ahead, _ = self.forward_core(symbols)
        behind, _ = self.backward_core(symbols.gather(0, turned))
        behind = behind.gather(0, turned[:, :, None].expand_as(behind))
        return self.fc_h2y(torch.cat([ahead, behind], dim=2))
