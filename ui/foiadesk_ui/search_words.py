"""The words for what was found: what it is, where it lies, how many there are, where it opens."""

from typing import TYPE_CHECKING

from foiadesk.records.events import EventKind
from foiadesk.records.titles import EVENT_TITLES
from foiadesk_ui.i18n import _, ngettext, number_text
from foiadesk_ui.session import Session

if TYPE_CHECKING:
    from foiadesk.desk import SearchHit, SearchPage

ICONS = {"request": "request", "event": "note", "mail": "mail", "letter": "letter", "file": "attachment"}


def icon_of(hit: "SearchHit") -> str:
    """Return the name of the icon for what was found."""
    if hit.kind == "file":
        if hit.media == "application/pdf":
            return "pdf"
        return next((kind for kind in ("image", "text") if hit.media.startswith(f"{kind}/")), "attachment")
    return "letter" if hit.state == "letter" else ICONS[hit.kind]


def kind_words(hit: "SearchHit") -> str:
    """Say what was found: "Request", "Letter, draft", "Message received"."""
    if hit.kind == "mail":
        if hit.state == "letter":
            return _("Letter sent")
        return _("Correspondence sent") if hit.direction == "out" else _("Correspondence received")
    return {
        "request": _("Request"),
        "event": _("Event"),
        "letter": _("Letter, draft"),
        "file": _("File"),
    }[hit.kind]


def place_words(hit: "SearchHit") -> str:
    """Say what was found, on which page, and whose it is."""
    page = _("page {n}").format(n=number_text(hit.page)) if hit.page and hit.pages > 1 else ""
    where = hit.name if hit.kind != "request" else hit.name.rpartition(" · ")[2]
    if not hit.request and hit.kind in ("mail", "file"):
        where = _("In-tray")
    return " · ".join(part for part in (kind_words(hit), page, where) if part)


def short_place(hit: "SearchHit") -> str:
    """Say in few words what was found and whose it is: "Letter sent · ICE"."""
    return " · ".join(part for part in (kind_words(hit), hit.name.rpartition(" · ")[2]) if part)


def title_of(hit: "SearchHit") -> str:
    """Return the title, or what stands for one."""
    if hit.kind == "event" and hit.sub in EVENT_TITLES:
        return _event_title(hit)
    return hit.title or _("Without a title")


def _event_title(hit: "SearchHit") -> str:
    """Say an event as it was found: what kind it is, and what of ours stands behind that, in the window's language."""
    kind = EVENT_TITLES[EventKind(hit.sub)]
    if not hit.title.startswith(kind):
        return _(hit.title)
    rest = hit.title.removeprefix(kind)
    detail = rest.lstrip(" :(").rstrip(")")
    return _(kind) + (rest.replace(detail, _(detail)) if detail else rest)


def count_words(page: "SearchPage") -> str:
    """Say how many fit, and what is not findable yet."""
    if page.more:
        said = [_("more than {n} found").format(n=number_text(page.total))]
    else:
        said = [ngettext("{n} found", "{n} found", page.total)]
    if page.waiting:
        said.append(ngettext("{n} change is being prepared", "{n} changes are being prepared", page.waiting))
    if page.unread:
        said.append(ngettext("{n} file is being read", "{n} files are being read", page.unread))
    return " · ".join(said)


def open_hit(session: Session, hit: "SearchHit") -> None:
    """Go where what was found lies."""
    if hit.kind == "letter":
        session.go("letter", id=hit.id)
    elif hit.kind == "file":
        session.go("documents", id=hit.id)
    elif hit.request:
        session.go("request", id=hit.request)
    else:
        session.go("in_tray", id=hit.id)
