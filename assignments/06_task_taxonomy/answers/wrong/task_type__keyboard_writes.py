# task_type · a word that comes next taken for text synthesis · loses: test_all_tasks_with_one_answer_to_all_that_was_read
def task_type(name):
    types = {
        "keyboard": "one-to-many",
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
    return types[name]
