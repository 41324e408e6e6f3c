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
    "outlook": (
        "Outlook's own message format (.msg) is not read yet.",
        "In Outlook, save the message as .eml and file that too.",
    ),
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
