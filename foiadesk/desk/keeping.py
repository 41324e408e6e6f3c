"""Many contents on their way into the vault at once, each of them once in a run."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from foiadesk.desk.contents import HEAD, Kept
from foiadesk.desk.shapes import FileStretch, IncomingFile
from foiadesk.store import rows_filing

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk
    from foiadesk.store.gathering import Gathering

_REMEMBERED = 50_000  # contents of this run

T = TypeVar("T")
Source = Path | IncomingFile | FileStretch


class Keeping:
    """Keeps contents, each once in a run: rows that would tell of it may still be on their way."""

    def __init__(self, desk: Desk, gathering: Gathering) -> None:
        self._desk = desk
        self._gathering = gathering
        self._guard = threading.Lock()
        self._kept: dict[str, Future[Kept]] = {}

    def keep(self, sources: Sequence[Source]) -> list[Kept | Exception]:
        """Store contents unless this run or the desk has them; durable once the gathering is settled.

        What could not be stored is answered by what ``Contents.keep`` raised. From any thread.
        """
        digests = [sha256(one.data).hexdigest() if isinstance(one, IncomingFile) else "" for one in sources]
        ours: set[int] = set()
        futures: list[Future[Kept]] = []
        with self._guard:
            for number, digest in enumerate(digests):
                future = self._kept.get(digest) if digest else None
                if future is None:
                    future = Future()
                    ours.add(number)
                    if digest:
                        self._kept[digest] = future
                futures.append(future)
            while len(self._kept) > _REMEMBERED:
                self._kept.pop(next(iter(self._kept)))
        there = self._there([digests[number] for number in ours if digests[number]])
        for number in sorted(ours):  # all of them before any other's is waited for: that one may wait for one of these
            try:
                if isinstance(there, Exception):
                    raise there
                kept = self._stored(sources[number], digests[number], there)
                # What is remembered holds no bytes: whoever meets the content again has them.
                futures[number].set_result(replace(kept, head=b"") if digests[number] else kept)
            except Exception as error:
                futures[number].set_exception(error)
                with self._guard:
                    self._kept.pop(digests[number], None)
        return [_outcome(source, future) for source, future in zip(sources, futures, strict=True)]

    def _there(self, digests: list[str]) -> set[str] | Exception:
        if not digests:
            return set()
        try:
            with self._desk.read() as db:
                return rows_filing.contents_there(db, digests)
        except Exception as error:
            return error

    def _stored(self, source: Source, digest: str, there: set[str]) -> Kept:
        if isinstance(source, IncomingFile) and digest in there:
            return Kept("", digest, len(source.data), source.name, source.data[:HEAD])
        return self._desk.contents.keep(source, self._gathering.put, digest, bool(digest))


def _outcome(source: Source, future: Future[Kept]) -> Kept | Exception:
    error = future.exception()
    if error is not None:
        assert isinstance(error, Exception)
        return error
    kept = future.result()
    return replace(kept, name=source.name, head=source.data[:HEAD]) if isinstance(source, IncomingFile) else kept


def in_few(many: Sequence[T], count: int) -> Iterator[Sequence[T]]:
    """Yield a sequence in stretches of so many."""
    for start in range(0, len(many), count):
        yield many[start : start + count]
