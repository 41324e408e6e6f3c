"""The window's side of the worker: ``Worker`` calls, typed answers, one process kept warm and replaced after failure.

Nothing the worker says is trusted: sizes are bounded before they are read, every field is checked, sentences for the
person come from our own list by code.
"""

import json
import math
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from itertools import islice
from types import TracebackType
from typing import Any, Self, TypeVar

from foiadesk.intake.child import Child, ChildFailed
from foiadesk.intake.refusals import REFUSALS
from foiadesk.intake.refused import Refused
from foiadesk.intake.results import (
    MEBIBYTE,
    ArchiveMember,
    DocumentInfo,
    Limits,
    PageImage,
    ParsedMessage,
    ParsedPart,
    WorkerStatus,
)
from foiadesk.records.errors import Unreadable

_KINDS = ("message", "pdf", "image", "office", "text", "other")
_DEFAULT = Limits()
_COSTLY = ("time", "memory", "output")  # refusals that archives within a message may be the cause of
Answer = TypeVar("Answer")


class _Untrusted(Exception):
    """The worker's answer is not of the agreed form."""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _Untrusted
    return value.encode("utf-8", "replace").decode("utf-8")


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _Untrusted
    return tuple(_text(one) for one in value)


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise _Untrusted
    return value


def _moment(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(_text(value))
    except ValueError:
        raise _Untrusted from None
    if found.tzinfo is None:
        raise _Untrusted
    return found


def _as_message(header: dict[str, Any], payloads: list[bytes]) -> ParsedMessage:
    listed = header["parts"]
    if not isinstance(listed, list) or len(payloads) != len(listed) + 1:
        raise _Untrusted
    parts = []
    for fields, data in zip(listed, payloads[1:], strict=True):
        name, original, media, origin = _texts(fields)
        parts.append(ParsedPart(name, original, media, data, origin))
    return ParsedMessage(
        subject=_text(header["subject"]),
        sender=_text(header["sender"]),
        recipients=_texts(header["recipients"]),
        date=_moment(header["date"]),
        message_id=_text(header["message_id"]),
        in_reply_to=_text(header["in_reply_to"]),
        references=_texts(header["references"]),
        body=payloads[0].decode("utf-8", "replace"),
        parts=tuple(parts),
        damaged=_text(header["damaged"]),
    )


def _as_messages(header: dict[str, Any], payloads: list[bytes]) -> list[ParsedMessage | Unreadable]:
    listed = header["messages"]
    if not isinstance(listed, list):
        raise _Untrusted
    found: list[ParsedMessage | Unreadable] = []
    rest = iter(payloads)
    for each in listed:
        own = list(islice(rest, _number(each["count"])))
        found.append(_as_refusal(each) if "refused" in each else _as_message(each, own))
    if next(rest, None) is not None:
        raise _Untrusted
    return found


def _as_picture(header: dict[str, Any], payloads: list[bytes]) -> PageImage:
    width, height = _number(header["width"]), _number(header["height"])
    (rgb,) = payloads
    if not width or not height or len(rgb) != width * height * 3:
        raise _Untrusted
    return PageImage(width, height, rgb)


def _as_info(header: dict[str, Any], _payloads: list[bytes]) -> DocumentInfo:
    if header["kind"] not in _KINDS:
        raise _Untrusted
    return DocumentInfo(header["kind"], _text(header["media_type"]), _number(header["pages"]), _text(header["title"]))


def _as_members(header: dict[str, Any], _payloads: list[bytes]) -> tuple[ArchiveMember, ...]:
    listed = header["members"]
    if not isinstance(listed, list):
        raise _Untrusted
    found = []
    for number, name, size, trouble in listed:
        if trouble and trouble not in REFUSALS:
            raise _Untrusted
        why = REFUSALS[trouble][0] if trouble else ""
        found.append(ArchiveMember(_number(number), _text(name), _number(size), why))
    return tuple(found)


def _as_bytes(_header: dict[str, Any], payloads: list[bytes]) -> bytes:
    (data,) = payloads
    return data


def _as_places(header: dict[str, Any], _payloads: list[bytes]) -> tuple[tuple[float, float, float, float], ...]:
    listed = header["places"]
    if not isinstance(listed, list):
        raise _Untrusted
    found = []
    for left, top, right, bottom in listed:
        sides = (float(left), float(top), float(right), float(bottom))
        if not all(math.isfinite(side) for side in sides):
            raise _Untrusted
        found.append(sides)
    return tuple(found)


def _as_text(_header: dict[str, Any], payloads: list[bytes]) -> str:
    (text,) = payloads
    return text.decode("utf-8", "replace")


def _as_table(_header: dict[str, Any], payloads: list[bytes]) -> tuple[tuple[str, ...], ...]:
    (data,) = payloads
    rows = json.loads(data)
    if not isinstance(rows, list):
        raise _Untrusted
    return tuple(map(_texts, rows))


def _as_pdf(_header: dict[str, Any], payloads: list[bytes]) -> bytes:
    (pdf,) = payloads
    if not pdf.startswith(b"%PDF-"):
        raise _Untrusted
    return pdf


def _as_refusal(header: dict[str, Any]) -> Refused:
    code, numbers = header["refused"], header["numbers"]
    if code not in REFUSALS or not isinstance(numbers, dict):
        raise _Untrusted
    return Refused(code, **{str(name): _number(value) for name, value in numbers.items()})


class Worker:
    """Reads foreign bytes in a locked-in process of its own. Safe to share between threads: one call at a time.

    The process starts with the first call, stays warm, ends with this object or the program, and is replaced after
    any failure or limit. Every method that reads raises ``Unreadable`` with a plain reason; the caller's bytes are
    never touched.
    """

    def __init__(self, limits: Limits = _DEFAULT) -> None:
        self.limits = limits
        self._turn = threading.Lock()
        self._state = threading.Lock()
        self._child: Child | None = None
        self._closed = False
        self._held = b""  # the digest of the document the process holds

    def inspect(self, data: bytes, name: str) -> DocumentInfo:
        """Say what a file is. name: as it was given to us; it only helps where the bytes leave it open."""
        return self._call("inspect", data, _as_info, name=name)

    def message(self, data: bytes) -> ParsedMessage:
        """Take an e-mail message apart; a damaged one comes back with ``damaged`` saying why.

        Files in its archives are parts of it, too. Where that costs more than a call may, they are left in there.
        """
        try:
            return self._call("message", data, _as_message)
        except Refused as refused:
            if refused.code not in _COSTLY:
                raise
        return self._call("message", data, _as_message, archives=False)

    def messages(self, many: Sequence[bytes]) -> list[ParsedMessage | Unreadable]:
        """Take several messages apart in one call, as ``message`` does each; what was refused stands in its place.

        All of them share one call's limits. Where they exceed these, or one ends the process, each is read by itself.
        """
        if len(many) > 1:
            with suppress(Unreadable):
                found = self._call("messages", many[0], _as_messages, more=many[1:])
                if len(found) == len(many):
                    return found
        return [self._alone(data) for data in many]

    def _alone(self, data: bytes) -> ParsedMessage | Unreadable:
        try:
            return self.message(data)
        except Unreadable as refused:
            return refused

    def page(self, data: bytes, number: int, scale: float) -> PageImage:
        """Draw page ``number`` (from 0) of a PDF or picture at ``scale`` pixels a point (of a picture: a pixel)."""
        return self._call("page", data, _as_picture, number=number, scale=float(scale))

    def text(self, data: bytes, number: int | None = None) -> str:
        """Return the text of page ``number`` (from 0), or of all pages joined by form feeds; "" where there is none."""
        return self._call("text", data, _as_text, number=number)

    def image(self, data: bytes, max_px: int, number: int = 0) -> PageImage:
        """Draw a picture (page ``number`` of a TIFF, from 0), at most ``max_px`` pixels either way, never enlarged."""
        return self._call("image", data, _as_picture, max_px=max_px, number=number)

    def places(self, data: bytes, number: int, words: Sequence[str]) -> tuple[tuple[float, float, float, float], ...]:
        """Return where words stand on page ``number`` (from 0) of a PDF: left, top, right, bottom, in points."""
        return self._call("places", data, _as_places, number=number, words=list(words))

    def table(self, data: bytes, name: str) -> tuple[tuple[str, ...], ...]:
        """Return the rows of a CSV file or of a spreadsheet's first sheet, as text; name: as for ``inspect``."""
        return self._call("table", data, _as_table, name=name)

    def archive(self, data: bytes) -> "Archive":
        """Open a zip archive; while it is unpacked, this worker is better asked nothing else."""
        return Archive(self, data, sha256(data).digest())

    def bind(
        self,
        letter: bytes,
        enclosures: Sequence[tuple[str, str, bytes]],
        *,
        width: float,
        height: float,
        dividers: Sequence[bytes] = (),
    ) -> bytes:
        """Return a letter of ours with foreign PDFs and pictures behind it as pages.

        enclosures: (words for a list of headings, what precedes each page's number, bytes). width, height: of the
        letter's paper, in points. dividers: a page of ours before each, or none at all. The same input gives the same
        bytes.
        """
        files = (*(data for _title, _label, data in enclosures), *dividers)
        titles, labels = [title for title, _, _ in enclosures], [label for _, label, _ in enclosures]
        return self._call("bind", letter, _as_pdf, more=files, titles=titles, labels=labels, width=width, height=height)

    def status(self) -> WorkerStatus:
        """Start the process when there is none, and say how well it is shut in; Unreadable when it cannot start."""
        with self._turn:
            child = self._ready()
        said = child.status
        notes = said.get("notes")
        return WorkerStatus(
            pid=child.pid,
            network_isolated=said.get("network") is True,
            calls_filtered=said.get("calls") is True,
            files_confined=said.get("files") is True,
            notes=tuple(map(str, notes)) if isinstance(notes, list) else (),
        )

    def close(self) -> None:
        """End the process; a call in progress raises Unreadable. For any thread, and more than once is fine."""
        with self._state:
            self._closed = True
            child, self._child = self._child, None
        if child is not None:
            child.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ready(self) -> Child:
        """Return a running process. The caller holds the turn."""
        with self._state:
            if self._closed:
                raise Refused("closed")
            if self._child is not None and not self._child.running():
                self._child.end()
                self._child = None
            if self._child is None:
                self._held = b""
                try:
                    self._child = Child(self.limits)
                except ChildFailed:
                    raise Refused("no_start") from None
            return self._child

    def _replace(self, child: Child) -> None:
        with self._state:
            if self._child is child:
                self._child = None
            self._held = b""
        child.end()

    def _call(
        self,
        do: str,
        data: bytes,
        read: Callable[[dict[str, Any], list[bytes]], Answer],
        digest: bytes = b"",
        more: Sequence[bytes] = (),
        **request: Any,
    ) -> Answer:
        size = len(data) + sum(map(len, more))
        if size > self.limits.input:
            raise Refused("too_large", megabytes=size // MEBIBYTE)
        digest = digest or sha256(data).digest()
        with self._turn:
            child = self._ready()
            payloads = () if digest == self._held and not more else (data, *more)
            try:
                header, answer = child.ask({"do": do, **request}, payloads)
                self._held = digest
                if "refused" not in header:
                    return read(header, answer)
                refusal = _as_refusal(header)
                if header.get("ends"):
                    self._replace(child)
                raise refusal
            except ChildFailed as failed:
                self._replace(child)
                raise Refused("closed" if self._closed else failed.code) from None
            except (_Untrusted, KeyError, ValueError, TypeError):
                self._replace(child)
                raise Refused("crashed") from None


class Archive:
    """A zip archive, unpacked member by member in the worker, which is sent its bytes once."""

    def __init__(self, worker: Worker, data: bytes, digest: bytes) -> None:
        self._worker, self._data, self._digest = worker, data, digest
        self.members = worker._call("members", data, _as_members, digest)

    def read(self, number: int) -> bytes:
        """Return the bytes of one file by its ``number`` among ``members``. Raises Unreadable."""
        return self._worker._call("member", self._data, _as_bytes, self._digest, number=number)
