"""Whole files or nothing."""

import os
from pathlib import Path

import pytest

from foiadesk.store.atomic import make_folder, write_whole


def test_the_steps_come_in_the_order_that_survives_a_power_cut(tmp_path, monkeypatch):
    steps = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(descriptor):
        steps.append("sync " + ("folder" if Path(f"/proc/self/fd/{descriptor}").is_dir() else "file"))
        real_fsync(descriptor)

    def replace(source, target, **rest):
        steps.append("rename")
        real_replace(source, target, **rest)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    write_whole(tmp_path / "a", lambda file: file.write(b"x"))
    assert steps == ["sync file", "rename", "sync folder"]


def test_failure_leaves_the_old_file_and_no_other(tmp_path):
    target = tmp_path / "a"
    target.write_bytes(b"old")

    def fill(file):
        file.write(b"new and half")
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        write_whole(target, fill)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_the_mode_is_private_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        write_whole(tmp_path / "a", lambda file: file.write(b"x"))
        make_folder(tmp_path / "f")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "f").stat().st_mode & 0o777 == 0o700


def test_a_file_in_a_folders_place_is_an_error(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    make_folder(tmp_path)
    with pytest.raises(FileExistsError):
        make_folder(tmp_path / "a")
