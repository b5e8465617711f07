# task_type · one answer taken for one for each voltage, and a page of minutes for one answer · loses: test_all_tasks_with_one_answer_to_all_that_was_read, test_all_tasks_with_outputs_of_their_own_length_or_order
def task_type(name):
    types = {
        "keyboard": "many-to-one",
        "author": "many-to-one",
        "heart": "aligned",
        "button": "one-to-many",
        "photo": "one-to-many",
        "signature": "one-to-many",
        "commas": "aligned",
        "glove": "aligned",
        "protein": "aligned",
        "minutes": "many-to-one",
        "backwards": "unaligned",
        "numeral": "unaligned",
    }
    return types[name]
