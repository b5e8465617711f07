# Conditioned · a new core in place of the given one · loses: test_has_the_core_and_one_layer
class Conditioned(nn.Module):
    def __init__(self, core, dim_condition):
        super().__init__()
        self.core = RecurrentCore(
            core.dim_output,
            num_symbols=core.embedding.num_embeddings if isinstance(core.embedding, nn.Embedding) else None,
            dim_input=core.gru.input_size,
        )
        self.fc_c2h = nn.Linear(dim_condition, core.dim_output)

    def first_state(self, condition):
        return self.fc_c2h(condition)[None]

    def forward(self, condition, inputs):
        states, _ = self.core(inputs, self.first_state(condition))
        return states
