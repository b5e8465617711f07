# task_type · both kinds of many-to-many called aligned · loses: test_two_tasks_with_outputs_of_their_own_length_or_order, test_all_tasks_with_outputs_of_their_own_length_or_order
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
        "minutes": "aligned",
        "backwards": "aligned",
        "numeral": "aligned",
    }
    return types[name]
