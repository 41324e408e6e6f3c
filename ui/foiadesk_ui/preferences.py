"""What the program knows before a desk is unlocked: language, scheme, text size and, when wanted, recent desks."""

import contextlib
import os
from pathlib import Path
from typing import Any, NamedTuple

from foiadesk import paths

SCHEMES = ("system", "light", "dark", "contrast", "contrast-dark")
SCALES = (90, 100, 110, 125, 150, 175, 200)
_MOST_RECENT = 5


class Preferences(NamedTuple):
    """Choices without secrets. still: nothing moves by itself.

    recent: desk folders, newest first, kept only when ``remember`` was chosen.
    """

    language: str = ""
    scheme: str = "system"
    text_scale: int = 100
    still: bool = False
    remember: bool = False
    recent: tuple[str, ...] = ()

    def opened(self, folder: Path) -> "Preferences":
        """Return the preferences after this desk was opened."""
        if not self.remember:
            return self._replace(recent=())
        path = str(folder.absolute())
        others = tuple(other for other in self.recent if other != path)
        return self._replace(recent=(path, *others)[:_MOST_RECENT])


def _file() -> Path:
    return paths.config_folder() / "window.json"


def load() -> Preferences:
    """Read the preferences; a missing or damaged file gives the defaults, and odd values are left out."""
    try:
        text = _file().read_text(encoding="utf-8")
        import json

        found = json.loads(text)
    except (OSError, ValueError):
        return Preferences()
    return _checked(found) if isinstance(found, dict) else Preferences()


def _checked(found: dict[str, Any]) -> Preferences:
    wanted = Preferences()
    if isinstance(found.get("language"), str):
        wanted = wanted._replace(language=found["language"][:8])
    if found.get("scheme") in SCHEMES:
        wanted = wanted._replace(scheme=found["scheme"])
    if found.get("text_scale") in SCALES:
        wanted = wanted._replace(text_scale=int(found["text_scale"]))
    wanted = wanted._replace(still=found.get("still") is True)
    recent = found.get("recent")
    if found.get("remember") is True and isinstance(recent, list):
        kept = tuple(path for path in recent if isinstance(path, str))[:_MOST_RECENT]
        wanted = wanted._replace(remember=True, recent=kept)
    elif found.get("remember") is True:
        wanted = wanted._replace(remember=True)
    return wanted


def save(preferences: Preferences) -> None:
    """Write the preferences whole or not at all; a folder that cannot be written costs only the memory of them."""
    import json

    target = _file()
    with contextlib.suppress(OSError):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = target.with_name(f".window-{os.getpid()}.part")
        handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                json.dump(preferences._asdict(), out, indent=1)
                out.flush()
                os.fsync(out.fileno())
            name.replace(target)
        except OSError:
            name.unlink(missing_ok=True)
            raise
