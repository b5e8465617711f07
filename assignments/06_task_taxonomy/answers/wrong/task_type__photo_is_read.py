# task_type · the pixels of a photograph taken for a sequence · loses: test_all_tasks_with_a_sequence_from_one_thing
def task_type(name):
    types = {
        "keyboard": "many-to-one",
        "author": "many-to-one",
        "heart": "many-to-one",
        "button": "one-to-many",
        "photo": "unaligned",
        "signature": "one-to-many",
        "commas": "aligned",
        "glove": "aligned",
        "protein": "aligned",
        "minutes": "unaligned",
        "backwards": "unaligned",
        "numeral": "unaligned",
    }
    return types[name]
