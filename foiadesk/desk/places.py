"""What can be said about a folder before a desk is made in it."""

from pathlib import Path


def cloud_warning(folder: Path) -> str:
    """Return a sentence when the folder seems to be copied to another computer, else ""."""
    from foiadesk.store.folder import cloud_warning as look

    return look(folder)
