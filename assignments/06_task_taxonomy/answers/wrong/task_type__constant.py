# task_type · the same type for all · loses: test_one_answer_to_all_that_was_read, test_a_sequence_from_one_thing, test_outputs_in_step_with_the_inputs, test_outputs_of_their_own_length_or_order
def task_type(name):
    return "aligned"
