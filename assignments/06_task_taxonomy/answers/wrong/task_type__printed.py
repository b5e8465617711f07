# task_type · prints the type and returns nothing · loses: test_two_tasks_with_one_answer_to_all_that_was_read, test_all_tasks_with_one_answer_to_all_that_was_read, test_two_tasks_with_a_sequence_from_one_thing, test_all_tasks_with_a_sequence_from_one_thing, test_two_tasks_with_outputs_in_step_with_the_inputs, test_all_tasks_with_outputs_in_step_with_the_inputs, test_two_tasks_with_outputs_of_their_own_length_or_order, test_all_tasks_with_outputs_of_their_own_length_or_order
def task_type(name):
    types = {
        "keyboard": "many-to-one",
        "author": "many-to-one",
        "heart": "many-to-one",
        "button": "one-to-many",
        "photo": "one-to-many",
        "signature": "one-to-many",
        "commas": "aligned",
        "glove": "aligned",
        "protein": "aligned",
        "minutes": "unaligned",
        "backwards": "unaligned",
        "numeral": "unaligned",
    }
    print(types[name])
