"""The columns in which stored files are listed, the same on a request, in the In-tray and among all documents."""

from foiadesk.records import Attachment, AttachmentRole
from foiadesk.records.recall import origin
from foiadesk_ui.i18n import _, plain_date, size_text, words_of
from foiadesk_ui.records_table import Column


def file_icon(attachment: Attachment) -> str:
    """Return the icon of a file's kind."""
    kind = attachment.media_type
    if kind == "application/pdf":
        return "pdf"
    if kind.startswith("message/") or kind in ("application/vnd.ms-outlook", "application/vnd.ms-tnef"):
        return "mail"
    if kind.startswith("image/"):
        return "image"
    if kind.startswith(("text/", "application/vnd.o", "application/rtf")):  # office documents by both names
        return "text"
    if kind == "application/zip":
        return "folder"
    return "attachment"


def role_words(attachment: Attachment) -> str:
    """Say why a file lies on the desk."""
    return {
        AttachmentRole.ORIGINAL: _("as it came"),
        AttachmentRole.PART: _("part of a message"),
        AttachmentRole.LETTER: _("our letter, as sent"),
        AttachmentRole.LETTERHEAD: _("letterhead"),
    }[attachment.role]


def where_from(attachment: Attachment) -> str:
    """Say where a file came from, and first of all that it must not leave."""
    found = words_of(origin(attachment.origin)) or role_words(attachment)
    return f"{_('privileged')} · {found}" if attachment.privileged else found


def added_words(attachment: Attachment) -> str:
    """Say on which local day a file was stored."""
    if attachment.added_at is None:
        return ""
    return plain_date(attachment.added_at.astimezone().date())


def name_column(width: int = 0) -> Column[Attachment]:
    """The file's name with the icon of its kind."""
    return Column(_("File"), lambda one: one.name, width, icon=file_icon)


def name_and_origin_column() -> Column[Attachment]:
    """The name over where the file came from and its size, where there is little width."""
    return Column(
        _("File"),
        lambda one: one.name,
        icon=file_icon,
        below=lambda one: f"{where_from(one)} · {size_text(one.size)}",
    )


def size_column() -> Column[Attachment]:
    """The size as people read it, ordered by bytes."""
    return Column(_("Size"), lambda one: size_text(one.size), 84, number=True, sort=lambda one: one.size)


def origin_column(width: int = 0) -> Column[Attachment]:
    """Where the file came from, in words."""
    return Column(_("Where from"), where_from, width, secondary=True, spare=3)


def hash_column() -> Column[Attachment]:
    """The start of the SHA-256; the whole in the tooltip."""
    return Column(
        _("SHA-256"), lambda one: f"{one.sha256[:12]}…", 124, tip=lambda one: one.sha256, secondary=True, spare=4
    )


def added_column() -> Column[Attachment]:
    """The day the file was stored."""
    return Column(
        _("Stored"), added_words, 100, number=True,
        sort=lambda one: one.added_at.timestamp() if one.added_at else 0.0, secondary=True, spare=2,
    )  # fmt: skip
