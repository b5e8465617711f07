# task_type · the three questions, answered for each task
READS = {"keyboard", "commas", "minutes", "author", "glove", "backwards", "heart", "protein", "numeral"}
WRITES = {"commas", "button", "minutes", "glove", "photo", "backwards", "protein", "signature", "numeral"}
IN_STEP = {"commas", "glove", "protein"}


def task_type(name):
    if name not in READS:
        return "one-to-many"
    if name not in WRITES:
        return "many-to-one"
    return "aligned" if name in IN_STEP else "unaligned"
