"""Kill, starve and cut the power while a backup is made, a desk restored or upgraded: the old state or the new one.

Every backup with a name is whole, those of before stay, a restored desk is there whole or not at all. Each kind of
disaster has a broken control that must be caught, so that none of these proofs can pass for nothing.
"""

import pytest

pytestmark = pytest.mark.proof

ERRORS = ["ENOSPC", "EIO", "EROFS", "EMFILE"]


@pytest.fixture
def keeping(watched):
    do = watched("keeping.py")
    return lambda **job: do(**{"do": "sweep", **job})


@pytest.mark.parametrize("action", ["kill", "tear", "fail", "cut"])
@pytest.mark.parametrize("work", ["backup", "restore", "upgrade"])
def test_the_old_state_or_the_new_one(keeping, work, action):
    found = keeping(work=work, action=action, errors=ERRORS, points=24)
    assert found["problems"] == []
    assert found["done"] >= 25
    if action == "fail":
        assert sum(found["refused"].values()) >= 6


@pytest.mark.parametrize(
    ("work", "action", "control"),
    [
        ("backup", "kill", "named too early"),
        ("backup", "cut", "without fsync"),
        ("backup", "cut", "without syncfs"),
        ("backup", "kill", "files before rows"),
        ("backup", "fail", "boastful"),
        ("restore", "kill", "rows first"),
        ("restore", "cut", "without fsync"),
        ("restore", "fail", "boastful"),
        ("upgrade", "kill", "upgrade in the open"),
    ],
)
def test_every_broken_control_is_caught(keeping, work, action, control):
    # The wrong order of removing shows for two or three calls only, near the end.
    tail = 60 if control == "files before rows" else 12
    found = keeping(work=work, action=action, control=control, errors=ERRORS, points=60, tail=tail)
    assert found["problems"], "the proof would not have noticed this mistake"
