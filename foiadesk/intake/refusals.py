"""Why a file could not be read: a closed list of sentences, chosen by code, so that no foreign text stands in one.

The worker raises and sends codes; the window's side turns them into ``Unreadable`` (see ``refused``). Imports nothing,
so that a worker starts at once.
"""

REFUSALS = {
    "password": ("This PDF is locked with a password.", "Unlock it in a PDF program and file the unlocked copy too."),
    "damaged_pdf": ("This PDF is damaged and could not be opened.", "Ask the sender for a fresh copy."),
    "damaged_page": ("Page {number} of this PDF is damaged and could not be drawn.", ""),
    "no_page": ("There is no page {number}: the file has {pages}.", ""),
    "no_pages": ("This kind of file has no pages that could be shown.", ""),
    "damaged_image": ("This picture is damaged, or of a kind that is not shown here.", ""),
    "huge_image": ("This picture would need {megapixels} million pixels of memory, more than is allowed.", ""),
    "not_message": ("This file is not an e-mail message that can be read here.", ""),
    "damaged_compound": ("This Outlook file is damaged and could not be opened.", "Ask the sender for a fresh copy."),
    "damaged_office": ("This document is damaged, or not what it says it is.", "Ask the sender for a fresh copy."),
    "locked_office": (
        "This document is locked with a password.",
        "Unlock it in an office program and file the unlocked copy too.",
    ),
    "damaged_zip": ("This zip archive is damaged and could not be opened.", "Ask the sender for a fresh copy."),
    "damaged_member": ("It is damaged inside the archive, or packed in a way that is not read here.", ""),
    "locked_member": ("It is locked with a password inside the archive.", "Unpack the archive and file what is in it."),
    "many_members": ("This archive holds {members} files, more than are unpacked.", ""),
    "inflates": ("This file unpacks to far more than such a file should hold, so it was not unpacked.", ""),
    "entities": ("This document defines abbreviations of its own, as files made to exhaust a reader do.", ""),
    "enclosure_password": (
        "Enclosure {number} is locked with a password or encrypted.",
        "Unlock it in a PDF program, store the unlocked copy and enclose that.",
    ),
    "enclosure_damaged": (
        "Enclosure {number} is damaged and cannot be put behind the letter.",
        "Store a fresh copy of it, or send it beside the letter.",
    ),
    "enclosure_kind": (
        "Enclosure {number} is neither a PDF nor a picture, so it has no pages to put behind the letter.",
        "Print it to a PDF, store that and enclose it, or send the file beside the letter.",
    ),
    "enclosure_pages": ("With enclosure {number} the letter would have more than {limit} pages.", ""),
    "no_table": ("This file holds no table that can be read here.", "Save it as CSV and try again."),
    "big_table": ("This table has more than {rows} rows, more than are read.", "Cut it into several files."),
    "too_large": ("This file has {megabytes} MB, more than is read at once.", ""),
    "output": ("Reading this file produced far more than such a file should hold.", ""),
    "memory": ("Reading this file needed more memory than is allowed.", ""),
    "time": ("Reading this file took longer than is allowed.", ""),
    "crashed": ("This file made the reader stop, as damaged or hostile files do.", ""),
    "no_start": ("The separate process that reads files could not be started.", "Restart FOIADesk and try again."),
    "closed": ("The reader was closed before it was done.", ""),
}


class Refusal(Exception):
    """A file that cannot be read, inside the worker: a code of ``REFUSALS`` and whole numbers for its sentence."""

    def __init__(self, code: str, **numbers: int) -> None:
        super().__init__(code, numbers)
        self.code = code
        self.numbers = numbers
