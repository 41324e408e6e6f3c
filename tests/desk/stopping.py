"""A Progress that is asked to stop when it has been told of a number of pieces."""

from foiadesk.records.progress import Progress


def stopped_at(number: int) -> Progress:
    """Return a Progress that stops its work at the piece with this number, from 0."""
    told = 0

    def heard(_done: int, _total: int, _what: str) -> None:
        nonlocal told
        told += 1
        if told > number:
            progress.cancel()

    progress = Progress(heard)
    return progress
