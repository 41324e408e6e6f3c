"""What a power cut leaves of a folder: only what was synced, or that and some of the rest."""

import os
import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Survivors:
    """What a power cut leaves of a folder in the worst case: contents as last synced, names as last synced."""

    contents: dict[int, bytes] = field(default_factory=dict)
    names: dict[int, dict[str, tuple[int, bool]]] = field(default_factory=dict)
    root: int = 0

    def begin(self, folder: Path) -> None:
        """Take what is there before as durable."""
        self.root = folder.stat().st_ino
        for place, _, files in os.walk(folder):
            self.names_synced(place)
            for name in files:
                self.content_synced(f"{place}/{name}")

    def synced(self, path: str) -> None:
        """Note a finished fsync."""
        if Path(path).is_dir():
            self.names_synced(path)
        else:
            self.content_synced(path)

    def content_synced(self, path: str) -> None:
        """Note a file's content as durable."""
        file = Path(path)
        self.contents[file.stat().st_ino] = file.read_bytes()

    def names_synced(self, path: str) -> None:
        """Note a folder's names as durable."""
        with os.scandir(path) as entries:
            self.names[Path(path).stat().st_ino] = {entry.name: (entry.inode(), entry.is_dir()) for entry in entries}

    def rebuild(self, folder: Path, chance: random.Random | None = None) -> None:
        """Put on disk what the power cut left, in the place of what is there.

        chance: also let some of what was not synced reach the disk, file by file and folder by folder.
        """
        if chance is not None:
            now = Survivors()
            now.begin(folder)
            self.contents |= {inode: data for inode, data in now.contents.items() if chance.random() < 0.5}
            self.names |= {inode: names for inode, names in now.names.items() if chance.random() < 0.5}
        shutil.rmtree(folder)
        self._rebuild(self.root, folder)

    def _rebuild(self, inode: int, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        for name, (inside, is_folder) in self.names.get(inode, {}).items():
            if is_folder:
                self._rebuild(inside, folder / name)
            else:
                (folder / name).write_bytes(self.contents.get(inside, b""))
