# task_type · one-to-many and many-to-one exchanged · loses: test_two_tasks_with_one_answer_to_all_that_was_read, test_all_tasks_with_one_answer_to_all_that_was_read, test_two_tasks_with_a_sequence_from_one_thing, test_all_tasks_with_a_sequence_from_one_thing
def task_type(name):
    types = {
        "keyboard": "one-to-many",
        "author": "one-to-many",
        "heart": "one-to-many",
        "button": "many-to-one",
        "photo": "many-to-one",
        "signature": "many-to-one",
        "commas": "aligned",
        "glove": "aligned",
        "protein": "aligned",
        "minutes": "unaligned",
        "backwards": "unaligned",
        "numeral": "unaligned",
    }
    return types[name]
