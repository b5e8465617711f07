# task_type · action recognition by its name, and a stream of suggestions · loses: test_all_tasks_with_one_answer_to_all_that_was_read, test_all_tasks_with_outputs_in_step_with_the_inputs
def task_type(name):
    types = {
        "keyboard": "aligned",
        "author": "many-to-one",
        "heart": "many-to-one",
        "button": "one-to-many",
        "photo": "one-to-many",
        "signature": "one-to-many",
        "commas": "aligned",
        "glove": "many-to-one",
        "protein": "aligned",
        "minutes": "unaligned",
        "backwards": "unaligned",
        "numeral": "unaligned",
    }
    return types[name]
