"""From a passphrase to SQLCipher's key: normalized, checked, quoted and derived in this one place."""

import re
import unicodedata

from foiadesk.records.errors import BadInput

# SQLCipher 4's published defaults (cipher_compatibility = 4): PBKDF2-HMAC-SHA512, the salt in the file's first bytes.
KDF_ROUNDS = 256_000
KEY_BYTES = 32
SALT_BYTES = 16

_RAW_FORM = re.compile(r"x'.*'", re.IGNORECASE | re.DOTALL)


class RawKey:
    """A derived key with its salt, as SQLCipher takes it to skip derivation. Its repr shows nothing."""

    __slots__ = ("_spec",)

    def __init__(self, key: bytes, salt: bytes) -> None:
        self._spec = f"x'{(key + salt).hex()}'"

    @property
    def literal(self) -> str:
        """The key as the SQL literal for PRAGMA key."""
        return f'"{self._spec}"'

    def same(self, other: "RawKey") -> bool:
        """Tell whether two keys are one, in a time that says nothing about either."""
        from hmac import compare_digest

        return compare_digest(self._spec, other._spec)

    @property
    def mark(self) -> str:
        """What tells this key from others without giving it away; kept nowhere but inside the desk it opens."""
        from hashlib import sha256

        return sha256(self._spec.encode()).hexdigest()

    def __repr__(self) -> str:
        return "RawKey(…)"


class HeldKey:
    """The key an open desk has now; it changes when the desk is given another passphrase."""

    __slots__ = ("key",)

    def __init__(self, key: RawKey) -> None:
        self.key = key


def normalized(passphrase: str) -> str:
    """Return the passphrase in Unicode NFC, so that every keyboard's accents give the same key.

    Raises BadInput when it is empty, holds a control character, is no valid text, or has the form x'…',
    which SQLCipher would take as a raw key instead of a passphrase.
    """
    text = unicodedata.normalize("NFC", passphrase)
    if not text.strip():
        raise BadInput(
            "The passphrase is empty.",
            safe="Nothing was changed.",
            todo="Choose a passphrase of several words; there is no desk without one.",
        )
    if _RAW_FORM.fullmatch(text):
        raise BadInput(
            "A passphrase of the form x'…' cannot be used: it would be taken as a raw key.",
            safe="Nothing was changed.",
            todo="Choose another passphrase.",
        )
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        raise BadInput(
            "The passphrase holds a character that cannot be typed, such as a line break.",
            safe="Nothing was changed.",
            todo="Type it again without it.",
        )
    return text


def quoted(text: str) -> str:
    """Return text as an SQL string literal; the only place where a passphrase meets SQL."""
    return "'" + text.replace("'", "''") + "'"


def derive(passphrase: str, salt: bytes) -> RawKey:
    """Derive the key of a desk whose file begins with ``salt``: a tenth of a second without the interpreter lock.

    Raises BadInput as `normalized` does.
    """
    from hashlib import pbkdf2_hmac

    text = normalized(passphrase)
    return RawKey(pbkdf2_hmac("sha512", text.encode(), salt, KDF_ROUNDS, KEY_BYTES), salt)
