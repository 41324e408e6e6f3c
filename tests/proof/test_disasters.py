"""Kill, starve and cut the power while files are filed: what was acknowledged is there, and the desk opens clean.

Every disk call of the filing process, SQLite's own included, is a point where it is killed (before the call, or with a
write done by half), where the call fails once, or where the power goes and nothing that was not synced survives.
Each kind of disaster has a broken control that must be caught, so that none of these proofs can pass for nothing.
"""

import pytest

pytestmark = pytest.mark.proof

ERRORS = ["ENOSPC", "EIO", "EROFS", "EMFILE"]


@pytest.fixture
def workshop(watched):
    return watched("workshop.py")


def test_killed_at_any_disk_call_nothing_acknowledged_is_lost(workshop):
    found = workshop(do="sweep", action="kill", points=250, dense=110, tail=30)
    assert found["problems"] == []
    assert found["done"] >= 200
    assert {"pwrite64", "fsync", "rename", "write", "openat", "unlink", "mkdir"} <= set(found["struck"])


def test_killed_at_random_moments(in_clean_process):
    found = in_clean_process("workshop.py")(do="random", seed=20_260_101, points=20)
    assert found["problems"] == []
    assert found["done"] >= 10


def test_a_write_done_by_half_before_the_kill(workshop):
    found = workshop(do="sweep", action="tear", points=70, tail=25)
    assert found["problems"] == []
    assert found["struck"]["pwrite64"] >= 20


@pytest.mark.parametrize("action", ["cut", "cut by chance"])
def test_a_power_cut_that_takes_all_or_some_of_what_was_not_synced(workshop, action):
    found = workshop(do="sweep", action=action, points=70)
    assert found["problems"] == []
    assert found["done"] >= 60


@pytest.mark.parametrize(
    ("control", "action"),
    [
        ("acknowledge early", "kill"),
        ("rows before file", "kill"),
        ("plain", "kill"),
        ("without fsync", "cut"),
        ("without synchronous", "cut"),
        ("boastful", "fail"),
    ],
)
def test_every_broken_control_is_caught(workshop, control, action):
    found = workshop(do="sweep", action=action, control=control, points=90, dense=70, count=3, errors=ERRORS)
    assert found["problems"], "the proof would not have noticed this mistake"


def test_each_disk_call_failing_once_leaves_the_old_or_the_new_state_and_the_desk_goes_on(workshop):
    found = workshop(do="sweep", action="fail", errors=ERRORS, count=4, points=150, dense=60)
    assert found["problems"] == []
    assert found["done"] >= 140
    assert found["refused"]["StorageFull"] >= 50


def test_each_reading_call_failing_once(workshop):
    found = workshop(do="sweep", action="fail", reads=True, errors=["EIO", "EMFILE"], count=3, points=80)
    assert found["problems"] == []
    assert {"pread64", "openat"} <= set(found["struck"])


@pytest.mark.parametrize("action", ["kill", "tear", "fail", "cut", "cut by chance"])
def test_many_brought_in_together_survive_what_single_ones_do(workshop, action):
    found = workshop(do="sweep", action=action, bring=True, errors=ERRORS, points=50, tail=10)
    assert found["problems"] == []
    assert found["done"] >= 30


def test_a_batch_that_is_not_made_durable_is_caught(workshop):
    found = workshop(do="sweep", action="cut", bring=True, control="without syncfs", points=60)
    assert found["problems"], "the proof would not have noticed this mistake"


@pytest.mark.parametrize("action", ["kill", "tear", "fail"])
def test_the_making_of_a_desk_leaves_a_desk_or_none(workshop, action):
    found = workshop(do="creation", action=action, errors=ERRORS, points=40)
    assert found["problems"] == []
    assert found["done"] >= 35
