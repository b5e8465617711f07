# task_type · one condition after the other
def task_type(name):
    kind = ""
    if name == "keyboard" or name == "author" or name == "heart":
        kind = "many-to-one"
    elif name == "button" or name == "photo" or name == "signature":
        kind = "one-to-many"
    elif name == "commas" or name == "glove" or name == "protein":
        kind = "aligned"
    elif name in ["minutes", "backwards", "numeral"]:
        kind = "unaligned"
    return kind
