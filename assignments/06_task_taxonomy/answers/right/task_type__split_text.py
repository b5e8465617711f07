# task_type · a string for each type
TYPES = {
    "many-to-one": "keyboard author heart",
    "one-to-many": "button photo signature",
    "aligned": "commas glove protein",
    "unaligned": "minutes backwards numeral",
}


def task_type(name):
    for kind in TYPES:
        if name in TYPES[kind].split():
            return kind
