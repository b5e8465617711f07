"""Real sequences for the task taxonomy, offline: a module for each dataset, each with one function `load() -> Dataset`.

    from rnncourse.datasets import reviews
    data = reviews.load()
    for batch in data.train.batches(32, generator): ...

`core` says what a `Dataset` and its batches hold. The data are small derived files in `files/`, each with its source,
licence and checksum beside it, made by the script of the same name in `make/`.
"""
