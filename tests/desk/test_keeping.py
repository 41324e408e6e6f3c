"""Contents kept once in a run: what meets one again gets its own name, and the run holds no bytes meanwhile."""

import os
import tracemalloc

from foiadesk.desk import Desk, IncomingFile
from foiadesk.desk.contents import HEAD
from foiadesk.desk.keeping import Keeping
from foiadesk.store.gathering import Gathering


def test_the_same_bytes_under_two_names_are_one_content_with_both_names(desk: Desk) -> None:
    data = b"%PDF-1.7 " + os.urandom(100)
    with Gathering(desk.store.vault) as gathering:
        keeping = Keeping(desk, gathering)
        (first,) = keeping.keep([IncomingFile("one.pdf", data)])
        second, third = keeping.keep([IncomingFile("two.pdf", data), IncomingFile("three.pdf", data)])
        gathering.settle()
    found = [first, second, third]
    assert [one.name for one in found] == ["one.pdf", "two.pdf", "three.pdf"]
    assert {one.head for one in found} == {data}
    assert len({one.key for one in found}) == 1
    assert len(list(desk.store.vault.keys())) == 1


def test_a_long_run_remembers_no_bytes(desk: Desk) -> None:
    with Gathering(desk.store.vault) as gathering:
        keeping = Keeping(desk, gathering)
        keeping.keep([IncomingFile("first", os.urandom(2 * HEAD))])
        tracemalloc.start()
        try:
            for number in range(50):
                keeping.keep([IncomingFile(f"{number}", os.urandom(2 * HEAD))])
            held, _most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert held < 10 * HEAD
