"""The vault: what goes in comes out, damage is named, names and times tell nothing, memory stays flat."""

import errno
import hashlib
import io
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foiadesk.records.errors import DamagedDesk, ReadOnly, StorageFull, Unreadable
from foiadesk.store.vault import Vault, fingerprint, new_identity


@pytest.fixture
def vault(tmp_path):
    return Vault(tmp_path / "attachments", [new_identity()])


def the_file(vault, key):
    return vault.place(key)


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 1_000_003])
def test_content_comes_back_exactly(vault, size):
    data = bytes(range(256)) * (size // 256) + bytes(size % 256)
    stored = vault.put(data)
    assert (stored.sha256, stored.size) == (hashlib.sha256(data).hexdigest(), size) == fingerprint(data)
    assert vault.read(stored.key, stored.sha256) == data
    assert vault.open(stored.key).read() == data
    out = io.BytesIO()
    vault.copy_to(stored.key, out, stored.sha256)
    assert out.getvalue() == data
    assert vault.exists(stored.key)
    assert list(vault.keys()) == [stored.key]


_SHARED = {}


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=300_000))
def test_any_bytes_come_back(tmp_path_factory, data):
    if "vault" not in _SHARED:
        _SHARED["vault"] = Vault(tmp_path_factory.mktemp("any") / "attachments", [new_identity()])
    vault = _SHARED["vault"]
    stored = vault.put(io.BytesIO(data))
    assert vault.read(stored.key, stored.sha256) == data


def test_names_and_times_reveal_nothing(vault):
    first, second = vault.put(b"same"), vault.put(b"same")
    assert first.key != second.key
    assert first.sha256 == second.sha256
    for stored in (first, second):
        path = the_file(vault, stored.key)
        assert path.parent.name == stored.key[:2]
        assert path.stat().st_mtime == path.stat().st_atime == 946_684_800
        assert path.parent.stat().st_mtime == 946_684_800
        assert path.stat().st_mode & 0o777 == 0o600
        assert b"same" not in path.read_bytes()
        assert stored.sha256 not in path.name
    assert the_file(vault, first.key).read_bytes() != the_file(vault, second.key).read_bytes()


def damaged_copies(good):
    yield "cut", good[:-1]
    yield "empty", b""
    yield "header only", good[:100]
    yield "longer", good + b"x"
    yield "one bit", good[:-20] + bytes([good[-20] ^ 1]) + good[-19:]
    yield "no age file", b"hello"


def test_damage_is_named_by_key_and_never_by_content(vault):
    stored = vault.put(b"CANARY" * 20_000)
    path = the_file(vault, stored.key)
    good = path.read_bytes()
    for what, bad in damaged_copies(good):
        path.write_bytes(bad)
        with pytest.raises(DamagedDesk, match=stored.key) as error:
            vault.read(stored.key)
        assert "CANARY" not in str(error.value), what
    path.unlink()
    with pytest.raises(DamagedDesk, match=f"{stored.key} is missing"):
        vault.read(stored.key)
    assert not vault.exists(stored.key)


def test_one_file_in_the_place_of_another_is_noticed(vault):
    first, second = vault.put(b"first"), vault.put(b"second")
    shutil.copy(the_file(vault, second.key), the_file(vault, first.key))
    with pytest.raises(DamagedDesk, match=first.key):
        vault.read(first.key, first.sha256)


@pytest.mark.parametrize("key", ["", "../../desk.db", "A" * 32, "0" * 31, "0" * 33, "/etc/passwd"])
def test_an_impossible_key_reaches_no_file(vault, key):
    for call in (vault.read, vault.exists, vault.forget, vault.open):
        with pytest.raises(DamagedDesk):
            call(key)


def test_an_older_identity_still_opens(tmp_path):
    old, new = new_identity(), new_identity()
    stored = Vault(tmp_path, [old]).put(b"x")
    renewed = Vault(tmp_path, [new, old])
    assert renewed.read(stored.key) == b"x"
    later = renewed.put(b"y")
    assert Vault(tmp_path, [new]).read(later.key) == b"y"
    with pytest.raises(DamagedDesk):
        Vault(tmp_path, [old]).read(later.key)


def test_a_read_only_vault_stores_and_forgets_nothing(vault, tmp_path):
    stored = vault.put(b"x")
    reading = Vault(tmp_path / "attachments", [new_identity()], read_only=True)
    with pytest.raises(ReadOnly):
        reading.put(b"y")
    with pytest.raises(ReadOnly):
        reading.forget(stored.key)
    assert vault.read(stored.key) == b"x"


def test_forgetting_removes_the_file_and_twice_is_harmless(vault):
    stored = vault.put(b"x")
    vault.forget(stored.key)
    vault.forget(stored.key)
    assert list(vault.keys()) == []


class Faulty(io.RawIOBase):
    """A source or target that fails after so many bytes."""

    def __init__(self, after, error):
        self.left = after
        self.error = error

    def read(self, size=-1):
        if self.left <= 0:
            raise self.error
        size = min(size, self.left)
        self.left -= size
        return bytes(size)

    def write(self, data):
        self.left -= len(data)
        if self.left <= 0:
            raise self.error
        return len(data)


def test_a_source_that_breaks_is_told_apart_from_the_desks_own_disk(vault):
    for source in (Faulty(100_000, OSError(errno.EIO, "x")), Faulty(0, OSError(errno.ENOSPC, "x"))):
        with pytest.raises(Unreadable, match="could not be read"):
            vault.put(source)
    with pytest.raises(Unreadable):
        fingerprint(Faulty(10, OSError(errno.EIO, "x")))
    assert list(vault.keys()) == []
    assert [entry for entry in vault._folder.rglob("*") if entry.is_file()] == []


def test_a_target_that_breaks_raises_its_own_error(vault):
    stored = vault.put(bytes(300_000))
    with pytest.raises(OSError, match="their disk"):
        vault.copy_to(stored.key, Faulty(100_000, OSError(errno.ENOSPC, "their disk")))


def test_a_failing_source_of_another_kind_is_a_bug_and_shows(vault):
    with pytest.raises(ZeroDivisionError):
        vault.put(Faulty(10, ZeroDivisionError()))


def test_what_a_crash_left_is_swept_and_nothing_else(vault):
    stored = vault.put(b"x")
    (vault._folder / ".0011223344556677.part").write_bytes(b"half")
    assert list(vault.keys()) == [stored.key]
    assert vault.sweep() == 1
    assert vault.sweep() == 0
    assert vault.read(stored.key) == b"x"


def test_storing_and_fetching_take_constant_memory(vault):
    import tracemalloc

    class Endless(io.RawIOBase):
        left = 48 << 20

        def read(self, size=-1):
            size = min(size, self.left)
            self.left -= size
            return bytes(size)

    class Nowhere(io.RawIOBase):
        def write(self, data):
            return len(data)

    tracemalloc.start()
    try:
        stored = vault.put(Endless())
        vault.copy_to(stored.key, Nowhere(), stored.sha256)
        assert stored.size == 48 << 20
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()


def test_public_tools_open_the_files(vault, tmp_path):
    tool = shutil.which("age") or shutil.which("rage")
    if tool is None:
        pytest.skip("neither age nor rage is installed here")
    identity = new_identity()
    stored = Vault(tmp_path / "v", [identity]).put(b"recover me")
    (tmp_path / "identity").write_text(identity)
    path = tmp_path / "v" / stored.key[:2] / stored.key
    found = subprocess.run([tool, "-d", "-i", str(tmp_path / "identity"), str(path)], capture_output=True, check=True)
    assert found.stdout == b"recover me"


def test_the_files_are_in_the_published_age_format(vault):
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    own = Vault(vault._folder, [str(identity)])
    stored = own.put(b"recover me")
    encrypted = the_file(own, stored.key).read_bytes()
    assert encrypted.startswith(b"age-encryption.org/v1\n-> X25519 ")
    assert pyrage.decrypt(encrypted, [identity]) == b"recover me"


def test_a_vanished_folder_is_a_sentence(vault):
    vault._folder.parent.rename(vault._folder.parent.with_name("elsewhere"))
    with pytest.raises(StorageFull, match="no longer there"):
        vault.put(b"x")
