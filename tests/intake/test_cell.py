"""The walls of the cell, and honest words where the system refuses one."""

import struct

import pytest

from foiadesk.intake import cell


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_is_a_program_the_kernel_can_follow(machine: str) -> None:
    """Runs the filter as the kernel does, on made-up calls."""
    program = cell.call_filter(machine)
    assert program is not None
    steps = list(struct.iter_unpack("HBBI", program))
    architecture, refused, prlimit = cell._MACHINES[machine]

    def verdict(number: int, first: int = 0, arch: int = architecture) -> int:
        data = struct.pack("IIQQ", number, arch, 0, first)
        value, at = 0, 0
        while True:
            code, true, false, constant = steps[at]
            at += 1
            if code == 0x20:
                (value,) = struct.unpack_from("I", data, constant)
            elif code == 0x15:
                at += true if value == constant else false
            elif code == 0x35:
                at += true if value >= constant else false
            else:
                assert code == 0x06
                return constant

    allow, refuse, kill = 0x7FFF0000, 0x00050001, 0x80000000
    assert all(verdict(number) == refuse for number in refused)
    assert verdict(prlimit, 0) == allow
    assert verdict(prlimit, 4711) == refuse
    assert verdict(0x40000001) == refuse
    assert verdict(1, arch=0x40000003) == kill
    needed = {"x86_64": (0, 1, 9, 11, 12, 231, 257), "aarch64": (63, 64, 222, 215, 214, 94, 56)}[machine]
    assert all(verdict(number) == allow for number in needed), "read, write, memory, exit, open"
    assert len(set(refused)) == len(refused)


def test_an_unknown_machine_gets_no_filter_and_says_so() -> None:
    assert cell.call_filter("pdp11") is None


def test_refused_walls_are_named(monkeypatch) -> None:
    class Refusing:
        def __getattr__(self, name):
            return lambda *arguments: -1

    monkeypatch.setattr(cell, "_libc", Refusing)
    walls = cell.Walls()
    cell._leave_network(walls)
    cell._confine_files([], [], walls)
    cell._filter_calls(walls)
    assert (walls.network, walls.files, walls.calls) == (False, False, False)
    assert len(walls.notes) == 3
