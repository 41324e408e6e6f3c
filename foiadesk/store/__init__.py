"""The encrypted desk on disk: rows in SQLCipher, attachments in age files, one writer, many readers."""

from foiadesk.store.folder import cloud_warning
from foiadesk.store.migrate import Migrations
from foiadesk.store.store import Store
from foiadesk.store.vault import StoredFile, Vault, fingerprint

__all__ = ["Migrations", "Store", "StoredFile", "Vault", "cloud_warning", "fingerprint"]
