"""What every benchmark is given: how much to do, a folder of its own, and the large desk, built when first asked."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bench.big_desk import PASSPHRASE, BigDesk, build
from bench.measure import surroundings_of_children


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


@dataclass(slots=True)
class Setting:
    """How large and how often. ``requests``: on the large desk; ``listed``: on the desk whose list is scrolled.

    ``files``, ``megabytes``: to file one after the other, and to back up; ``many_files``, ``many_megabytes``: to file
    together.
    """

    folder: Path
    requests: int = 100_000
    listed: int = 1_000_000
    rounds: int = 7
    files: int = 500
    megabytes: float = 200.0
    many_files: int = 5_000
    many_megabytes: float = 2_000.0
    letters: int = 40
    keys: int = 80
    offices: int = 470
    mails: int = 1_000
    histories: int = 4_000
    documents: int = 1_000_000
    peer_documents: int = 100_000
    say: Callable[[str], None] = _say
    today: date = field(default_factory=date.today)
    _desk: BigDesk | None = None

    @classmethod
    def quick(cls, folder: Path) -> "Setting":
        """A look in a few minutes."""
        sizes = {"requests": 5_000, "rounds": 3, "files": 60, "letters": 12, "keys": 25, "offices": 60, "mails": 200}
        found = {"documents": 30_000, "peer_documents": 3_000, "listed": 100_000, "many_files": 60}
        return cls(folder, megabytes=20, many_megabytes=20, histories=1_000, **sizes, **found)  # type: ignore[arg-type]

    @classmethod
    def tiny(cls, folder: Path) -> "Setting":
        """Enough to check every answer, not to measure."""
        sizes = {
            "requests": 60,
            "rounds": 1,
            "files": 3,
            "many_files": 5,
            "letters": 2,
            "keys": 3,
            "histories": 40,
            "offices": 3,
            "mails": 12,
        }
        found = {"documents": 400, "peer_documents": 120, "listed": 70}
        return cls(folder, megabytes=0.05, many_megabytes=0.08, say=lambda _words: None, **sizes, **found)  # type: ignore[arg-type]

    @property
    def passphrase(self) -> str:
        """What opens every desk made here."""
        return PASSPHRASE

    def desk(self) -> BigDesk:
        """Return the large desk."""
        if self._desk is None:
            self.say(f"building a desk of {self.requests:,} requests…")
            self._desk = build(self.folder / "large", self.requests, self.today)
            self.say(f"built in {self._desk.seconds:.0f} s")
        return self._desk

    def room(self, name: str) -> Path:
        """Return a new folder for one benchmark."""
        number = 1
        while (found := self.folder / f"{name}-{number}").exists():
            number += 1
        found.mkdir(parents=True)
        return found

    def env(self, **extra: str) -> dict[str, str]:
        """Return the environment of child processes."""
        return surroundings_of_children(self.folder / "home", extra)
