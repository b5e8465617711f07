# task_type · a table
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
        "minutes": "unaligned",
        "backwards": "unaligned",
        "numeral": "unaligned",
    }
    return types[name]
