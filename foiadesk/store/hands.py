"""The same work on many files, a few at once: while one waits for the disk, another is hashed."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

P = TypeVar("P")
T = TypeVar("T")

HANDS = 2


def beside(pieces: Iterable[P], work: Callable[[P], T]) -> Iterator[tuple[P, T]]:
    """Do the same to every piece and yield each with its answer, as they come; the first failure stops the rest."""
    waiting = iter(pieces)
    running: dict[Future[T], P] = {}
    with ThreadPoolExecutor(HANDS, thread_name_prefix="hand") as hands:
        try:
            while True:
                while len(running) < 2 * HANDS and (piece := next(waiting, None)) is not None:
                    running[hands.submit(work, piece)] = piece
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    yield running.pop(future), future.result()
        finally:
            for future in running:
                future.cancel()
