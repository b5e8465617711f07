# task_type · one key misspelt · loses: test_all_tasks_with_outputs_of_their_own_length_or_order
def task_type(name):
    return {"keyboard": "many-to-one", "author": "many-to-one", "heart": "many-to-one", "button": "one-to-many", "photo": "one-to-many", "signature": "one-to-many", "commas": "aligned", "glove": "aligned", "protein": "aligned", "backward": "unaligned", "minutes": "unaligned", "numeral": "unaligned"}[name]
