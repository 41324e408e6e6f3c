"""The folder of a desk: what lies where in it, what disk it is on, and whether it is a desk at all."""

import errno
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from foiadesk.records.errors import BadInput, DamagedDesk, NetworkFolder, NotADesk
from foiadesk.records.speech import say
from foiadesk.store.atomic import PART

PAGE_BYTES = 4096
PLAIN_SQLITE = b"SQLite format 3\0"

# Names of Linux file systems whose locks or syncs end at the network or at a virtual machine's border.
_NETWORK = frozenset(
    """
    9p afs ceph cifs coda davfs fhgfs beegfs gfs2 glusterfs gpfs lustre ncpfs nfs nfs4 ocfs2 orangefs pvfs2 prl_fs
    smb2 smb3 smbfs vboxsf vmhgfs
    """.split()  # noqa: SIM905 - one name a line would be a page
)
_NETWORK_FUSE = frozenset(
    """
    sshfs rclone davfs davfs2 gvfsd-fuse gvfs-fuse-daemon curlftpfs s3fs s3ql gcsfuse goofys smbnetfs glusterfs
    ceph ceph-fuse mfs moosefs lizardfs juicefs kio-fuse onedriver google-drive-ocamlfuse vmhgfs-fuse httpfs
    blobfuse blobfuse2 ipfs cvmfs2 hdfs
    """.split()  # noqa: SIM905 - one name a line would be a page
)
_CLOUD = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "com~apple~clouddocs": "iCloud Drive",
    "mobile documents": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud": "pCloud",
    "pclouddrive": "pCloud",
    "mega": "MEGA",
    "megasync": "MEGA",
    "box": "Box",
    "box sync": "Box",
    "seafile": "Seafile",
    "tresorit": "Tresorit",
    "proton drive": "Proton Drive",
    "protondrive": "Proton Drive",
    "yandex.disk": "Yandex Disk",
    "syncthing": "Syncthing",
    "insync": "Insync",
}
# Clients that let a person name the folder freely leave one of these beside the files.
_CLOUD_MARKS = {
    ".dropbox": "Dropbox",
    ".stfolder": "Syncthing",
    ".sync-exclude.lst": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
    ".tresorit": "Tresorit",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
}


@dataclass(frozen=True)
class DeskFolder:
    """The places inside a desk folder."""

    path: Path

    @property
    def database(self) -> Path:
        """All rows, and the identities that open the attachments."""
        return self.path / "desk.db"

    @property
    def unborn(self) -> Path:
        """The database while a desk is being created; it becomes `database` by one rename."""
        return self.path / "desk.new"

    @property
    def index(self) -> Path:
        """Extracted text and the search index, rebuildable; made by whoever searches, never by the store."""
        return self.path / "index.db"

    @property
    def attachments(self) -> Path:
        """One age file per distinct content."""
        return self.path / "attachments"

    @property
    def backups(self) -> Path:
        """Verified snapshots."""
        return self.path / "backups"

    @property
    def rekeying(self) -> Path:
        """Empty, and there only while the passphrase is being changed: says at the next opening that it was."""
        return self.path / "passphrase.changing"

    @property
    def lock(self) -> Path:
        """Held by the one writing process."""
        return self.path / "desk.lock"

    def journal_holds_rows(self) -> bool:
        """Tell whether a write-ahead journal with content lies beside the database."""
        journal = self.path / "desk.db-wal"
        try:
            return journal.stat().st_size > 0
        except FileNotFoundError:
            return False


def file_system(folder: Path, mounts: str | None = None) -> str:
    """Return the type of the file system a folder lies (or would lie) on, e.g. "ext4", "nfs4", "fuse.sshfs".

    mounts: the text of a mountinfo table, for tests. Empty where the system keeps no such table.
    """
    if mounts is None:
        try:
            mounts = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
        except OSError:
            return ""
    place = folder.resolve()
    best, found = -1, ""
    for line in mounts.splitlines():
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if not separator or len(fields) < 5:
            continue
        point = Path(_unescaped(fields[4]))
        # A later line covers an earlier one at the same place.
        if (place == point or point in place.parents) and len(point.parts) >= best:
            best, found = len(point.parts), after.split(" ")[0]
    return found


def _unescaped(text: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, character)
    return text


def is_network(kind: str) -> bool:
    """Tell whether a file system type is one on which locks and syncs cannot be trusted."""
    family, _, driver = kind.partition(".")
    return kind in _NETWORK or (family in ("fuse", "fuseblk") and driver in _NETWORK_FUSE)


def refuse_network(folder: Path) -> None:
    """Raise NetworkFolder when a folder lies on NFS, SMB, 9p, a network FUSE mount or a Windows share."""
    kind = file_system(folder)
    if is_network(kind):
        place = say("on a network file system ({kind})", kind=kind)
    elif sys.platform == "win32" and str(folder.absolute()).startswith("\\\\"):
        place = say("on a network share")
    else:
        return
    raise NetworkFolder(
        say("The desk folder lies {place}, where a crash or a second computer could damage the desk.", place=place),
        safe="Nothing was changed.",
        todo="Move the folder to a disk of this computer, or open the desk for reading only.",
    )


def cloud_warning(folder: Path) -> str:
    """Return a sentence when a folder seems to be synced to a cloud or another computer, else an empty text."""
    place = folder.absolute()
    for part in (place, *place.parents):
        name = part.name.casefold()
        service = _CLOUD.get(name) or next(
            (title for word, title in _CLOUD.items() if name.startswith((f"{word} - ", f"{word} ("))), ""
        )
        if not service:
            service = next((title for mark, title in _CLOUD_MARKS.items() if os.path.lexists(part / mark)), "")
        if service:
            return say(
                "This folder seems to be synced by {service}: copies leave this computer, and syncing an open desk "
                "can damage the copy. Keep the desk outside synced folders and put backups there instead.",
                service=service,
            )
    return ""


def check_new(folder: Path) -> None:
    """Raise BadInput or NetworkFolder unless a desk may be made here: in no folder yet, or an empty one."""
    refuse_network(folder)
    try:
        present = {entry.name for entry in folder.iterdir()}
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise BadInput(
            say("“{folder}” is a file, not a folder.", folder=folder),
            safe="Nothing was changed.",
            todo="Choose a new or empty folder.",
        ) from None
    if "desk.db" in present:
        raise BadInput(
            say("“{folder}” already holds a desk.", folder=folder),
            safe="Nothing was changed.",
            todo="Open it, or choose a new or empty folder.",
        )
    # What a creation that was interrupted can have left: it never became a desk, so it holds nobody's work.
    ours = {"desk.lock", "desk.new", "desk.new-journal", "attachments", "backups"}
    foreign = {name for name in present - ours if not (name.startswith(".") and name.endswith(PART))}
    if foreign or _holds_files(folder / "attachments") or _holds_files(folder / "backups"):
        raise BadInput(
            say("“{folder}” is not empty.", folder=folder),
            safe="Nothing was changed.",
            todo="Choose a new or empty folder for the desk.",
        )


def _holds_files(folder: Path) -> bool:
    return any(entry.is_file() for entry in folder.rglob("*")) if folder.is_dir() else False


def check_desk(folder: Path) -> bytes:
    """Return the salt of the desk in a folder, the first bytes of its database.

    Raises NotADesk when there is none, DamagedDesk when its database is cut short, OSError from the disk.
    """
    database = DeskFolder(folder).database
    try:
        with database.open("rb") as file:
            start = file.read(16)
            size = os.fstat(file.fileno()).st_size
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise NotADesk(
            say("“{folder}” is not a FOIADesk desk: there is no file desk.db in it.", folder=folder),
            safe="Nothing was changed.",
            todo="Choose the folder that holds desk.db, or make a new desk.",
        ) from None
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM):
            raise
        raise NotADesk(
            say("You are not allowed to read the desk in “{folder}”.", folder=folder),
            safe="Nothing was changed.",
            todo="Open it as the user it belongs to.",
        ) from None
    if start == PLAIN_SQLITE:
        raise NotADesk(
            say("The file desk.db in “{folder}” is an unencrypted database, not a FOIADesk desk.", folder=folder),
            safe="Nothing was changed.",
            todo="Choose the folder of a desk.",
        )
    # A ragged end is no damage: a write that met a full disk can leave one, and the journal still holds the page.
    if size < PAGE_BYTES:
        raise DamagedDesk(
            say("The file desk.db in “{folder}” is damaged: its end is missing.", folder=folder),
            safe="The attachments and the backups are separate files and are not touched by this.",
            todo="Copy the desk folder away before anything else, then open the newest backup.",
        )
    return start
