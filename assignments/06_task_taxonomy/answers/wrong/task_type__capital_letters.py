# task_type · other spellings of the types · loses: test_two_tasks_with_one_answer_to_all_that_was_read, test_all_tasks_with_one_answer_to_all_that_was_read, test_two_tasks_with_a_sequence_from_one_thing, test_all_tasks_with_a_sequence_from_one_thing, test_two_tasks_with_outputs_in_step_with_the_inputs, test_all_tasks_with_outputs_in_step_with_the_inputs, test_two_tasks_with_outputs_of_their_own_length_or_order, test_all_tasks_with_outputs_of_their_own_length_or_order
def task_type(name):
    types = {
        "keyboard": "Many-to-one",
        "author": "Many-to-one",
        "heart": "Many-to-one",
        "button": "One-to-many",
        "photo": "One-to-many",
        "signature": "One-to-many",
        "commas": "Aligned",
        "glove": "Aligned",
        "protein": "Aligned",
        "minutes": "Unaligned",
        "backwards": "Unaligned",
        "numeral": "Unaligned",
    }
    return types[name]
