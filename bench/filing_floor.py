"""The floor of filing: a C program compiled here, or the same steps in Python where there is no compiler."""

import ctypes.util
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bench.measure import Failed
from bench.moment import now_ms

SOURCE = Path(__file__).with_name("filing_floor.c")


@dataclass(frozen=True, slots=True)
class Floor:
    """How the floor is run. program None: in Python."""

    program: Path | None

    def words(self) -> str:
        """Say what it is, for the table."""
        if self.program is None:
            return "Python (no C compiler): read, hash, write, fsync as often"
        return "C: read, hash, write, fsync as often, one thread"

    def run(self, files: Sequence[Path], room: Path) -> tuple[list[float], list[str], str]:
        """Store the files in an empty folder; return milliseconds and SHA-256 of each, and whose SHA-256 it was."""
        store = room / "stored"
        store.mkdir()
        if self.program is None:
            return self._python(files, store, room / "journal")
        listing = room / "list"
        listing.write_text("".join(f"{file}\n" for file in files), "utf-8")
        library = ctypes.util.find_library("crypto")
        command = [str(self.program), str(listing), str(store), str(room / "journal"), *([library] if library else [])]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Failed(f"the floor of filing ended with {done.returncode}: {done.stderr}")
        lines = [line.split() for line in done.stdout.splitlines()]
        return [float(took) / 1000 for took, _ in lines], [found for _, found in lines], done.stderr.strip()

    @staticmethod
    def _python(files: Sequence[Path], store: Path, journal: Path) -> tuple[list[float], list[str], str]:
        took, sums = [], []
        folder = os.open(store, os.O_RDONLY)
        with journal.open("wb", buffering=0) as log:
            for number, file in enumerate(files):
                start = now_ms()
                data = file.read_bytes()
                sums.append(sha256(data).hexdigest())
                part = store / f"{number}.part"
                with part.open("wb") as target:
                    target.write(data)
                    target.flush()
                    os.fsync(target.fileno())
                shard = store / sums[-1][:2]
                if not shard.is_dir():
                    shard.mkdir(0o700)
                    os.fsync(folder)
                part.rename(shard / str(number))
                inner = os.open(shard, os.O_RDONLY)
                os.fsync(inner)
                os.close(inner)
                log.write(f"{number} {sums[-1]} {len(data)}\n".encode())
                os.fsync(log.fileno())
                took.append(now_ms() - start)
        os.close(folder)
        return took, sums, "openssl"


def prepare(room: Path) -> Floor:
    """Compile the C program, if there is a compiler that can."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return Floor(None)
    program = room / "filing_floor"
    command = [compiler, "-O2", "-o", str(program), str(SOURCE), "-ldl"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return Floor(program if done.returncode == 0 else None)
