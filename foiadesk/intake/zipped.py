"""Zip archives read within bounds: what is in them, and each member by its bytes. Runs in the worker only.

Sizes are counted while inflating, never believed from the directory. Names stay texts: nothing is ever written.
"""

import io
from collections.abc import Sequence
from typing import Any

from foiadesk.frozen import dataclass
from foiadesk.intake.refusals import Refusal
from foiadesk.intake.results import MEBIBYTE

MAX_MEMBERS = 20_000
_CHUNK = 1 << 16
_RATIO = 300  # no honest file shrinks to less; above _SUSPECT bytes a member that claims to is refused
_SUSPECT = 64 * MEBIBYTE
_LOCKED = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive. trouble: a code of ``REFUSALS`` where it cannot be read, else ""."""

    number: int
    name: str  # as the archive has it: not safe, and perhaps a path
    size: int  # as the archive claims
    trouble: str


def open_zip(data: bytes) -> Any:
    """Open an archive for the functions below. Raises Refusal ("damaged_zip", "many_members")."""
    import zipfile

    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except MemoryError:
        raise
    except Exception:  # a directory that is broken, or of a kind that zipfile does not know
        raise Refusal("damaged_zip") from None
    if len(archive.infolist()) > MAX_MEMBERS:
        raise Refusal("many_members", members=len(archive.infolist()))
    return archive


def members(archive: Any) -> Sequence[Member]:
    """List an archive's files in their order; folders are left out."""
    found = []
    for number, info in enumerate(archive.infolist()):
        if not info.is_dir():
            found.append(Member(number, info.filename, info.file_size, _trouble(info)))
    return found


def _trouble(info: Any) -> str:
    if info.flag_bits & _LOCKED:
        return "locked_member"
    if info.file_size > _SUSPECT and info.file_size > _RATIO * max(1, info.compress_size):
        return "inflates"
    return ""


def read_member(archive: Any, number: int, limit: int) -> bytes:
    """Return a member's bytes. Raises Refusal ("locked_member", "inflates", "damaged_member")."""
    infos = archive.infolist()
    if not 0 <= number < len(infos):
        raise Refusal("damaged_member")
    return _inflated(archive, infos[number], limit)


def read_named(archive: Any, name: str, limit: int) -> bytes | None:
    """Return the bytes of the member with this exact name, None when there is none. Raises as ``read_member``."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    return _inflated(archive, info, limit)


def _inflated(archive: Any, info: Any, limit: int) -> bytes:
    if trouble := _trouble(info):
        raise Refusal(trouble)
    out = bytearray()
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                out += chunk
                if len(out) > limit or (len(out) > _SUSPECT and len(out) > _RATIO * max(1, info.compress_size)):
                    raise Refusal("inflates")
    except (Refusal, MemoryError):
        raise
    except Exception:  # a wanted password, an unknown way of packing, and whatever zlib, bz2 and lzma fail with
        raise Refusal("damaged_member") from None
    return bytes(out)
