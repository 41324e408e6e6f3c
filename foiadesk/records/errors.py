"""The errors a person can do something about. Everything else is a bug and is reported as one."""

from foiadesk.records.speech import Said, say


class KnownError(Exception):
    """Something foreseen went wrong; its text is for the person.

    what: what is wrong, naming it. safe: what is certainly not lost. todo: what to do now. Each one plain sentence,
    without content of the desk, so that the text may stand in a log.
    """

    def __init__(self, what: str, *, safe: str = "", todo: str = "") -> None:
        super().__init__(" ".join(part for part in (what, safe, todo) if part))
        self.what, self.safe, self.todo = _sentence(what), _sentence(safe), _sentence(todo)


def _sentence(text: str) -> str:
    """Return a sentence as one of ours, also where it stands within another one."""
    return text if isinstance(text, Said) or not text else say(text)


class BadInput(KnownError):
    """What was typed or given cannot be used; nothing was stored."""


class NotFound(BadInput):
    """No such request, office, letter kind or file."""


class Conflict(KnownError):
    """Something later touched the same row, so the action (mostly an undo) would lose it."""


class WrongPassphrase(KnownError):
    """The passphrase does not open this desk (or the file's first page is damaged: SQLCipher cannot tell)."""


class NotADesk(KnownError):
    """The folder or file is not a FOIADesk desk."""


class NewerDesk(KnownError):
    """The desk was written by a later major version of the program."""


class DamagedDesk(KnownError):
    """Pages or rows of the desk do not verify."""


class DeskBusy(KnownError):
    """Another process holds the desk for writing."""


class NetworkFolder(KnownError):
    """The desk lies on a network file system, where locks and syncs cannot be trusted."""


class ReadOnly(KnownError):
    """The desk was opened, or can only be opened, for reading."""


class StorageFull(KnownError):
    """The disk is full, a quota is spent, or the file system refused a write."""


class Unreadable(KnownError):
    """Foreign bytes could not be parsed within the limits; the bytes themselves are kept."""
