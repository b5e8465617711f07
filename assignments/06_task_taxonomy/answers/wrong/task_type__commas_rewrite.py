# task_type · a comma or none after each word taken for a text to be rewritten · loses: test_all_tasks_with_outputs_in_step_with_the_inputs
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
        "numeral": "unaligned",
    }
    return types[name]
