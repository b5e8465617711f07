# task_type · by what the outputs look like, not by what they belong to · loses: test_all_tasks_with_outputs_in_step_with_the_inputs, test_all_tasks_with_outputs_of_their_own_length_or_order
def task_type(name):
    types = {
        "keyboard": "many-to-one",
        "author": "many-to-one",
        "heart": "many-to-one",
        "button": "one-to-many",
        "photo": "one-to-many",
        "signature": "one-to-many",
        "commas": "unaligned",
        "glove": "aligned",
        "protein": "aligned",
        "minutes": "unaligned",
        "backwards": "unaligned",
        "numeral": "aligned",
    }
    return types[name]
