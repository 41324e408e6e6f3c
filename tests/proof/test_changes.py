"""Kill, tear and starve a purge, another passphrase, another key and an upgrade: old state or new, never a third.

Every disk call of the working process, SQLite's own included, is a point where it is killed (before the call, or with a
write done by half) or where the call fails once; a failed call is a known refusal, and the same desk then goes on.
Each work has a broken control that must be caught.
"""

import pytest

pytestmark = pytest.mark.proof

ERRORS = ["ENOSPC", "EIO", "EROFS", "EMFILE"]
WORKS = ["purge", "passphrase", "renewal", "migration"]


@pytest.fixture
def struck(watched):
    do = watched("changes.py")
    return lambda **job: do(do="sweep", **job)


@pytest.mark.parametrize("work", WORKS)
@pytest.mark.parametrize(("action", "points"), [("kill", 32), ("tear", 16)])
def test_stopped_at_any_disk_call_it_is_the_old_state_or_the_new(struck, work, action, points):
    found = struck(work=work, action=action, points=points)
    assert found["problems"] == []
    assert found["done"] >= points * 0.8


@pytest.mark.parametrize("work", WORKS)
def test_each_disk_call_failing_once_is_refused_or_borne_and_the_desk_goes_on(struck, work):
    found = struck(work=work, action="fail", errors=ERRORS, points=32)
    assert found["problems"] == []
    assert found["done"] >= 26 and found["refused"] >= 3


@pytest.mark.parametrize(
    ("work", "control"),
    [
        ("purge", "files first"),
        ("purge", "unmarked"),
        ("passphrase", "rekey in place"),
        ("renewal", "old file first"),
        ("migration", "step by step"),
    ],
)
def test_every_broken_control_is_caught(struck, work, control):
    found = struck(work=work, action="kill", control=control, points=150)
    assert found["problems"], "the proof would not have noticed this mistake"
