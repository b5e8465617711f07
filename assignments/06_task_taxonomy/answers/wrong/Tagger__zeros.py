# Tagger · the same logits for all words · loses: test_one_prediction_for_every_step, test_returns_logits, test_knows_the_words_before, test_knows_the_words_behind, test_sentences_do_not_touch_each_other, test_padding_does_not_change_a_tag, test_gradients_reach_every_parameter, test_tags_unseen_articles, test_tells_the_two_kinds_of_to
class Tagger(nn.Module):
    def __init__(self, num_symbols, dim_recurrent, num_tags):
        super().__init__()
        self.biases = nn.ParameterList(torch.zeros(num_tags) for _ in range(5))

    def forward(self, symbols):
        return sum(self.biases).expand(*symbols.shape, -1)
