"""A desk's key in the making: derived on a thread of its own, which leaves the interpreter free for other work."""

import threading
from pathlib import Path

from foiadesk.store.folder import check_desk
from foiadesk.store.keys import RawKey, derive, normalized
from foiadesk.store.trouble import translated


class Deriving:
    """One derivation, begun when this is made. Raises NotADesk and BadInput (unusable passphrase) at once."""

    def __init__(self, folder: Path, passphrase: str) -> None:
        import hashlib  # noqa: F401 - here, where the thread need not wait for the interpreter to import it

        normalized(passphrase)
        with translated():
            salt = check_desk(folder)
        self._found: list[RawKey] = []
        self._thread = threading.Thread(target=lambda: self._found.append(derive(passphrase, salt)), name="key")
        self._thread.start()

    def key(self) -> RawKey:
        """Return the key once it is there."""
        self._thread.join()
        return self._found[0]
