"""Folders: which disk, whose cloud, and whether it is a desk."""

from pathlib import Path

import pytest

from foiadesk.records.errors import BadInput, DamagedDesk, NetworkFolder, NotADesk
from foiadesk.store import Store, cloud_warning
from foiadesk.store import folder as folders

MOUNTS = """\
22 1 253:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 22 0:36 / /home/ana/team rw shared:2 - nfs4 server:/team rw
41 22 0:37 / /home/ana/office\\040share rw - cifs //server/x rw
42 22 0:38 / /home/ana/team/local rw - tmpfs tmpfs rw
43 22 0:39 / /mnt/ssh rw - fuse.sshfs ana@host: rw
44 22 0:40 / /mnt/usb rw - fuseblk /dev/sdb1 rw
45 22 0:41 / /mnt/twice rw - ext4 /dev/vdb rw
46 45 0:42 / /mnt/twice rw - 9p host rw
47 22 0:43 / /mnt/vault rw - fuse.gocryptfs x rw
"""


@pytest.mark.parametrize(
    ("place", "kind", "network"),
    [
        ("/home/ana/Desk", "ext4", False),
        ("/home/ana/team", "nfs4", True),
        ("/home/ana/team/Desk", "nfs4", True),
        ("/home/ana/teamwork", "ext4", False),
        ("/home/ana/office share/Desk", "cifs", True),
        ("/home/ana/team/local/Desk", "tmpfs", False),
        ("/mnt/ssh/Desk", "fuse.sshfs", True),
        ("/mnt/usb/Desk", "fuseblk", False),
        ("/mnt/twice/Desk", "9p", True),
        ("/mnt/vault/Desk", "fuse.gocryptfs", False),
    ],
)
def test_the_deepest_and_latest_mount_decides(place, kind, network):
    assert folders.file_system(Path(place), MOUNTS) == kind
    assert folders.is_network(kind) is network


def test_this_computers_own_table_is_understood(tmp_path):
    if not Path("/proc/self/mountinfo").exists():
        pytest.skip("this system keeps no table of mounts")
    if not any(line.split()[4] == "/" for line in Path("/proc/self/mountinfo").read_text().splitlines()):
        pytest.skip("inside this changed root the table of mounts does not name the root")
    assert folders.file_system(tmp_path)


def test_a_network_folder_is_refused_for_writing_and_not_for_reading(folder, passphrase, migrations, monkeypatch):
    monkeypatch.setattr(folders, "file_system", lambda place, mounts=None: "nfs4")
    with pytest.raises(NetworkFolder, match="nfs4"):
        Store.open(folder, passphrase, migrations)
    with pytest.raises(NetworkFolder):
        Store.create(folder.parent / "New", passphrase, migrations)
    assert not (folder.parent / "New").exists()
    with Store.open(folder, passphrase, migrations, write=False) as store, store.read() as db:
        assert db["notes"].count == 0


@pytest.mark.parametrize(
    ("part", "service"),
    [("Dropbox", "Dropbox"), ("OneDrive - Contoso", "OneDrive"), ("Dropbox (Personal)", "Dropbox"), ("Box", "Box")],
)
def test_synced_folders_are_named(tmp_path, part, service):
    assert service in cloud_warning(tmp_path / part / "Desk")


def test_ordinary_names_are_not_warned_about(tmp_path):
    for name in ("Boxes", "Megaphone", "My Documents", "Dropboxer"):
        assert cloud_warning(tmp_path / name / "Desk") == ""


def test_a_client_is_known_by_the_mark_it_leaves(tmp_path):
    (tmp_path / ".stfolder").mkdir()
    assert "Syncthing" in cloud_warning(tmp_path / "anything" / "Desk")


def test_what_is_no_desk_is_said_to_be_none(tmp_path, passphrase, migrations):
    with pytest.raises(NotADesk, match=r"no file desk\.db"):
        Store.open(tmp_path, passphrase, migrations)
    with pytest.raises(NotADesk):
        Store.open(tmp_path / "nowhere", passphrase, migrations)
    (tmp_path / "file").write_text("")
    with pytest.raises(NotADesk):
        Store.open(tmp_path / "file", passphrase, migrations)
    (tmp_path / "desk.db").write_bytes(b"SQLite format 3\0" + bytes(8192))
    with pytest.raises(NotADesk, match="unencrypted"):
        Store.open(tmp_path, passphrase, migrations)
    (tmp_path / "desk.db").write_bytes(b"short")
    with pytest.raises(DamagedDesk, match="end is missing"):
        Store.open(tmp_path, passphrase, migrations)


def test_an_encrypted_database_of_something_else_is_no_desk(tmp_path, passphrase, migrations):
    from foiadesk.store.connection import connect

    other = connect(tmp_path / "desk.db", passphrase, "create")
    other["t"].insert({"a": 1})
    other.close()
    with pytest.raises(NotADesk, match="not a FOIADesk desk"):
        Store.open(tmp_path, passphrase, migrations)


def test_a_cut_off_desk_is_damaged(folder, passphrase, migrations):
    database = folder / "desk.db"
    database.write_bytes(database.read_bytes()[:8192])
    with pytest.raises(DamagedDesk):
        Store.open(folder, passphrase, migrations)


def test_a_desk_is_made_only_where_nothing_is(folder, tmp_path, passphrase, migrations):
    with pytest.raises(BadInput, match="already holds a desk"):
        Store.create(folder, passphrase, migrations)
    full = tmp_path / "full"
    full.mkdir()
    (full / "photo.jpg").write_bytes(b"x")
    with pytest.raises(BadInput, match="not empty"):
        Store.create(full, passphrase, migrations)
    assert [entry.name for entry in full.iterdir()] == ["photo.jpg"]
    with pytest.raises(BadInput, match="not a folder"):
        Store.create(full / "photo.jpg", passphrase, migrations)


def test_somebodys_attachments_are_not_taken_for_a_failed_start(tmp_path, passphrase, migrations):
    (tmp_path / "attachments" / "ab").mkdir(parents=True)
    (tmp_path / "attachments" / "ab" / "file").write_bytes(b"x")
    with pytest.raises(BadInput, match="not empty"):
        Store.create(tmp_path, passphrase, migrations)


def test_an_interrupted_creation_can_be_repeated(tmp_path, passphrase, migrations):
    (tmp_path / "desk.new").write_bytes(b"half a desk")
    (tmp_path / "desk.new-journal").write_bytes(b"half a journal")
    (tmp_path / "attachments").mkdir()
    (tmp_path / "desk.lock").write_text("")
    with Store.create(tmp_path, passphrase, migrations) as store:
        assert store.write(lambda db: db["notes"].insert({"text": "a"}).last_pk) == 1
    assert not (tmp_path / "desk.new").exists()


def test_everything_is_private(store, folder):
    store.write(lambda db: db["notes"].insert({"text": "a"}))
    store.vault.put(b"a")
    for entry in [folder, *folder.rglob("*")]:
        assert entry.stat().st_mode & 0o077 == 0, entry.name
