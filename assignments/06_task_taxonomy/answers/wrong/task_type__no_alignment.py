# task_type · many-to-many, without saying which · loses: test_two_tasks_with_outputs_in_step_with_the_inputs, test_all_tasks_with_outputs_in_step_with_the_inputs, test_two_tasks_with_outputs_of_their_own_length_or_order, test_all_tasks_with_outputs_of_their_own_length_or_order
def task_type(name):
    types = {
        "keyboard": "many-to-one",
        "author": "many-to-one",
        "heart": "many-to-one",
        "button": "one-to-many",
        "photo": "one-to-many",
        "signature": "one-to-many",
        "commas": "many-to-many",
        "glove": "many-to-many",
        "protein": "many-to-many",
        "minutes": "many-to-many",
        "backwards": "many-to-many",
        "numeral": "many-to-many",
    }
    return types[name]
