"""How a letter reaches an office: the ways its directory entry offers, best first, with dates and reasons."""

import re
from dataclasses import dataclass
from datetime import date

from foiadesk.records import Channel, Office
from foiadesk_ui.i18n import _, plain_date


@dataclass(frozen=True, slots=True)
class Way:
    """One way to an office. where: address, number or URL to copy. as_of: when the directory last saw it, in words."""

    channel: Channel
    where: str
    as_of: str


def channel_name(channel: Channel) -> str:
    """Name a way of sending: "Portal"."""
    return {
        Channel.MAIL: _("Mail"),
        Channel.EMAIL: _("E-mail"),
        Channel.PORTAL: _("Portal"),
        Channel.FAX: _("Fax"),
        Channel.HAND: _("By hand"),
    }[channel]


def as_of_words(text: str) -> str:
    """Say a directory date ("2026-01-11", "2017-07", "") in words."""
    if not text:
        return _("date unknown")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return _("as of {date}").format(date=plain_date(date.fromisoformat(text)))
    if re.fullmatch(r"\d{4}-\d{2}", text, re.ASCII):
        month = plain_date(date.fromisoformat(f"{text}-01")).split(" ", 1)[1]
        return _("as of {date}").format(date=month)
    return _("as of {date}").format(date=text)


def age_words(office: Office, field: str) -> str:
    """Say how old what is known of an office is: as the directory has it, or as a person wrote it down."""
    if field in office.own and office.own_as_of:
        return _("yours, {date}").format(date=plain_date(date.fromisoformat(office.own_as_of)))
    if field == "email":
        return as_of_words(office.email_as_of)
    return as_of_words(office.address_as_of if field in ("address", "phone", "fax") else office.directory_as_of)


def electronic_only(office: Office) -> bool:
    """Tell whether the directory says that the office takes portal submissions only."""
    return any(caution.lower().startswith(("portal only", "electronic only")) for caution in office.cautions)


def _not_for_requests(office: Office) -> bool:
    return any("public liaison" in caution.lower() for caution in office.cautions)


def ways(office: Office) -> tuple[Way, ...]:
    """Return every way the directory knows, the one to prefer first."""
    portal = Way(Channel.PORTAL, office.portal, age_words(office, "portal"))
    email = Way(Channel.EMAIL, office.email, age_words(office, "email"))
    mail = Way(Channel.MAIL, ", ".join(office.address), age_words(office, "address"))
    fax = Way(Channel.FAX, office.fax, age_words(office, "fax"))
    if electronic_only(office):
        return (portal,)
    order = (portal, mail, email, fax) if _not_for_requests(office) else (portal, email, mail, fax)
    return tuple(way for way in order if way.where)


def suggested(office: Office) -> Channel:
    """Return the way to suggest for this office; mail when the directory knows none."""
    found = ways(office)
    return found[0].channel if found else Channel.MAIL


def hint(office: Office) -> str:
    """Return one sentence on how to send a letter to this office."""
    if electronic_only(office):
        return _("Takes portal submissions: copy the text, or save the PDF for upload.")
    found = ways(office)
    if not found:
        return _("The directory knows no address. Look it up before sending.")
    return {
        Channel.PORTAL: _("Has a portal: copy the text, or save the PDF for upload."),
        Channel.EMAIL: _("Takes e-mail: save the PDF and attach it."),
        Channel.MAIL: _("Takes mail: print and sign the letter."),
        Channel.FAX: _("Takes fax: print and sign the letter."),
    }[found[0].channel]


def sentence(caution: str) -> str:
    """Return a directory caution as a sentence, in the window's language where it is one of those we ship."""
    text = _(caution.strip())
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".") if text else ""
