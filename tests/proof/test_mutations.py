"""Ten thousand damaged files, from our own and other people's: each is read or refused, and nothing of ours crashes."""

from collections import Counter

import pytest

from foiadesk.intake import Limits, Worker
from foiadesk.intake.media import kind_of, media_type
from tests.intake.mutations import NATIVE, mutations, read_in_every_way
from tests.shared_data import shared

pytestmark = pytest.mark.proof


@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_damaged_files(seed: int) -> None:
    said: Counter[str] = Counter()
    with Worker(Limits(cpu=10)) as worker:
        for number, (name, data) in enumerate(mutations(seed, 1000, shared("mail").parent)):
            found = read_in_every_way(worker, name, data)
            native = kind_of(media_type(data, name)) in NATIVE
            assert native or not (found["crashed"] or found["time"]), f"seed {seed}, file {number}: {name}"
            said += found
    assert said["read"] > 1000 and said["no_start"] == said["closed"] == 0
