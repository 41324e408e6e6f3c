"""Two hundred damaged files of every kind: each is read or refused, and nothing of ours ever crashes."""

from collections import Counter

from foiadesk.intake import Limits, Worker
from foiadesk.intake.media import kind_of, media_type

from .mutations import NATIVE, made, mutations, read_in_every_way


def test_damaged_files_are_read_or_refused() -> None:
    said: Counter[str] = Counter()
    with Worker(Limits(cpu=10)) as worker:
        for name, data in mutations(20260105, 200, None):
            found = read_in_every_way(worker, name, data)
            assert kind_of(media_type(data, name)) in NATIVE or not found["crashed"], name
            said += found
    assert said["read"] > 200 and len(said) > 5


def test_the_files_themselves_are_all_read() -> None:
    with Worker() as worker:
        for name, data in made():
            assert worker.inspect(data, name).kind in ("office", "message", "text", "other")
            if name != "a.zip":
                assert worker.text(data).strip(), name
