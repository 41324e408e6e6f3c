"""Bytes into correspondence: foreign files are parsed only in this room's worker process.

Names are loaded when first asked for, so that importing the room costs nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foiadesk.intake.client import Worker
    from foiadesk.intake.media import media_type
    from foiadesk.intake.names import safe_name
    from foiadesk.intake.results import DocumentInfo, Limits, PageImage, ParsedMessage, ParsedPart, WorkerStatus

__all__ = [
    "DocumentInfo", "Limits", "PageImage", "ParsedMessage", "ParsedPart", "Worker", "WorkerStatus", "media_type",
    "safe_name",
]  # fmt: skip

_HOMES = {"Worker": "client", "media_type": "media", "safe_name": "names"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'results')}"), name)
