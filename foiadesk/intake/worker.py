"""The child's side: one process that reads foreign bytes for the window, locked in, answering frame by frame.

Started by ``foiadesk --worker`` with pipes as its standard input and output; see ``client`` for the other side.
The first frame sets limits and where modules lie; each further one is a call on a document, which the caller sends
only when the worker does not hold it already. Heavy modules are imported when a call first needs them.
"""

import os
import sys
from collections.abc import Callable, Mapping
from typing import IO, Any

from foiadesk.intake.frames import BrokenFrame, read_frame, write_frame
from foiadesk.intake.media import kind_of, media_type
from foiadesk.intake.refusals import Refusal
from foiadesk.intake.results import Limits, PageImage

Answer = tuple[dict[str, Any], list[bytes]]


class Held:
    """The document at hand, and its opened form while the next calls may want more of its pages."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.data = b""
        self.more: list[bytes] = []  # what came with the document for this call alone
        self.name = ""
        self.media = ""
        self._pdf: Any = None
        self._zip: Any = None
        self._pages: list[str] | None = None

    def take(self, data: bytes, name: str) -> None:
        """Put another document in place of this one."""
        if self._pdf is not None:
            self._pdf.close()
            self._pdf = None
        self._zip = self._pages = None
        self.data, self.name = data, name
        self.media = media_type(data, name)

    @property
    def kind(self) -> str:
        """The kind of ``DocumentInfo``."""
        return kind_of(self.media)

    def pdf(self) -> Any:
        """The document opened as a PDF. Raises Refusal."""
        from foiadesk.intake.pages import open_pdf

        if self._pdf is None:
            self._pdf = open_pdf(self.data)
        return self._pdf

    def archive(self) -> Any:
        """The document opened as a zip archive. Raises Refusal."""
        from foiadesk.intake.zipped import open_zip

        if self._zip is None:
            self._zip = open_zip(self.data)
        return self._zip

    def office(self) -> list[str]:
        """The document's text as an office document: one piece for each sheet or slide. Raises Refusal."""
        from foiadesk.intake.office import office_pages

        if self._pages is None:
            self._pages = office_pages(self.data, self.media)
        return self._pages


def _inspect(held: Held, _request: Mapping[str, Any]) -> Answer:
    pages, title = 0, ""
    if held.kind == "pdf":
        from foiadesk.intake.pages import title_of

        pages, title = len(held.pdf()), title_of(held.pdf())
    elif held.kind == "image":
        from foiadesk.intake.images import page_count

        pages = page_count(held.data)
    elif held.kind == "message":
        from foiadesk.intake.message import subject_of

        title = subject_of(held.data)
    return {"kind": held.kind, "media_type": held.media, "pages": pages, "title": _clean(title)}, []


def _clean(title: str) -> str:
    from foiadesk.intake.names import without_controls

    return without_controls(title)[:500]


def _message(held: Held, request: Mapping[str, Any]) -> Answer:
    return _taken_apart(held.data, archives=request.get("archives", True))


def _messages(held: Held, _request: Mapping[str, Any]) -> Answer:
    """Take several messages apart; each that is refused is so by itself. "count" of each: its payloads."""
    listed: list[dict[str, Any]] = []
    payloads: list[bytes] = []
    for data in (held.data, *held.more):
        try:
            header, own = _taken_apart(data)
        except Refusal as refused:
            header, own = {"refused": refused.code, "numbers": refused.numbers}, []
        listed.append({**header, "count": len(own)})
        payloads += own
    return {"messages": listed}, payloads


def _taken_apart(data: bytes, *, archives: bool = True) -> Answer:
    from foiadesk.intake.enclosed_zips import left_closed, opened
    from foiadesk.intake.message import parse_message

    found = (opened if archives else left_closed)(parse_message(data))
    header = {
        "subject": found.subject,
        "sender": found.sender,
        "recipients": found.recipients,
        "date": found.date.isoformat() if found.date else None,
        "message_id": found.message_id,
        "in_reply_to": found.in_reply_to,
        "references": found.references,
        "damaged": found.damaged,
        "parts": [[part.name, part.original_name, part.media_type, part.origin] for part in found.parts],
    }
    return header, [found.body.encode("utf-8", "replace"), *(part.data for part in found.parts)]


def _picture(image: PageImage) -> Answer:
    return {"width": image.width, "height": image.height}, [image.rgb]


def _page(held: Held, request: Mapping[str, Any]) -> Answer:
    number, scale = int(request["number"]), float(request["scale"])
    if held.kind == "pdf":
        from foiadesk.intake.pages import draw_page

        return _picture(draw_page(held.pdf(), number, scale, held.limits.pixels))
    if held.kind == "image":
        from foiadesk.intake.images import draw_scaled

        return _picture(draw_scaled(held.data, scale, number, held.limits.pixels))
    raise Refusal("no_pages")


def _image(held: Held, request: Mapping[str, Any]) -> Answer:
    from foiadesk.intake.images import draw_image

    return _picture(draw_image(held.data, int(request["max_px"]), int(request["number"]), held.limits.pixels))


def _text(held: Held, request: Mapping[str, Any]) -> Answer:
    number = request["number"]
    text = ""
    if held.kind == "pdf":
        from foiadesk.intake.pages import all_text, page_text

        text = all_text(held.pdf()) if number is None else page_text(held.pdf(), int(number))
    elif held.kind == "message":
        from foiadesk.intake.message import parse_message

        text = parse_message(held.data).body
    elif held.kind == "office":
        text = _piece(held.office(), number)
    elif held.kind == "text":
        from foiadesk.intake.text import file_text

        text = file_text(held.data, held.media)
    return {}, [text.encode("utf-8", "replace")]


def _piece(pages: list[str], number: Any) -> str:
    if number is None:
        return "\f".join(pages)
    if not 0 <= int(number) < len(pages):
        raise Refusal("no_page", number=max(0, int(number) + 1), pages=len(pages))
    return pages[int(number)]


def _members(held: Held, _request: Mapping[str, Any]) -> Answer:
    from foiadesk.intake.zipped import members

    found = members(held.archive())
    return {"members": [[one.number, one.name, one.size, one.trouble] for one in found]}, []


def _member(held: Held, request: Mapping[str, Any]) -> Answer:
    from foiadesk.intake.zipped import read_member

    return {}, [read_member(held.archive(), int(request["number"]), held.limits.output)]


def _bind(held: Held, request: Mapping[str, Any]) -> Answer:
    from foiadesk.intake.binding import Enclosed, bind

    titles, labels = request["titles"], request["labels"]
    count = len(titles)
    dividers = held.more[count:] or [b""] * count
    files = [Enclosed(*one) for one in zip(held.more[:count], titles, labels, dividers, strict=True)]
    return {}, [bind(held.data, files, float(request["width"]), float(request["height"]))]


def _table(held: Held, _request: Mapping[str, Any]) -> Answer:
    import json

    from foiadesk.intake.tables import csv_table, sheet_table

    if "spreadsheet" in held.media:
        rows = sheet_table(next(iter(held.office()), ""))
    elif held.kind == "text" or held.name.lower().endswith((".csv", ".tsv")):
        rows = csv_table(held.data)
    else:
        raise Refusal("no_table")
    return {}, [json.dumps(rows).encode()]


def _places(held: Held, request: Mapping[str, Any]) -> Answer:
    from foiadesk.intake.pages import word_places

    if held.kind != "pdf":
        return {"places": []}, []
    return {"places": word_places(held.pdf(), int(request["number"]), request["words"])}, []


Handler = Callable[[Held, Mapping[str, Any]], Answer]
HANDLERS: Mapping[str, Handler] = {
    "inspect": _inspect,
    "message": _message,
    "messages": _messages,
    "page": _page,
    "image": _image,
    "text": _text,
    "places": _places,
    "members": _members,
    "member": _member,
    "bind": _bind,
    "table": _table,
}


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Take the pipes for frames alone: a library that prints must not break them."""
    source, sink = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.close(null)
    return os.fdopen(source, "rb"), os.fdopen(sink, "wb")


def _answer(handlers: Mapping[str, Handler], held: Held, header: dict[str, Any], payloads: list[bytes]) -> Answer:
    name = str(header.get("name", held.name if not payloads else ""))
    held.more = payloads[1:]
    if payloads:
        held.take(payloads[0], name)
    elif name != held.name:
        held.take(held.data, name)
    return handlers[header["do"]](held, header)


def serve(handlers: Mapping[str, Handler] = HANDLERS) -> int:
    """Answer calls until the pipe closes; returns the exit status. The process cannot leave its cell afterwards."""
    from foiadesk.intake import cell

    source, sink = _pipes()
    try:
        hello = read_frame(source, limit=0)
        if hello is None:
            return 0
        setup = hello[0]
        limits = Limits(**setup["limits"])
        sys.path[:] = [*sys.path, *(path for path in setup["path"] if path not in sys.path)]
        walls = cell.enter(limits.memory, setup["parent"], setup["readable"], setup["listable"])
        status = {"network": walls.network, "calls": walls.calls, "files": walls.files, "notes": walls.notes}
        write_frame(sink, {"pid": os.getpid(), **status})
        held = Held(limits)
        while (frame := read_frame(source, limit=limits.input)) is not None:
            if sys.platform != "win32":
                cell.grant_cpu(limits.cpu)
            try:
                header, payloads = _answer(handlers, held, *frame)
            except Refusal as refused:
                write_frame(sink, {"refused": refused.code, "numbers": refused.numbers})
                continue
            except MemoryError:
                write_frame(sink, {"refused": "memory", "numbers": {}, "ends": True})
                return 1
            if sum(map(len, payloads)) > limits.output:
                write_frame(sink, {"refused": "output", "numbers": {}, "ends": True})
                return 1
            write_frame(sink, header, payloads)
    except (BrokenFrame, OSError):
        return 1
    return 0
