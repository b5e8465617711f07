# task_type · match and case
def task_type(name):
    match name:
        case "keyboard" | "author" | "heart":
            return "many-to-one"
        case "button" | "photo" | "signature":
            return "one-to-many"
        case "commas" | "glove" | "protein":
            return "aligned"
        case _:
            return "unaligned"
