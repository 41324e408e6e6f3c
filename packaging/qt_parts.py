"""Leaves out of an installed PySide6 what FOIADesk never loads: above all everything that can speak to a network."""

import re
import shutil
import subprocess
from pathlib import Path

MODULES = ("QtCore", "QtDBus", "QtGui", "QtPrintSupport", "QtSvg", "QtWidgets")
PLUGINS = (
    "imageformats/libqjpeg.so", "imageformats/libqsvg.so", "platforminputcontexts/libcompose*",
    "platforminputcontexts/libibus*", "platforms/libqoffscreen.so", "platforms/libqwayland*", "platforms/libqxcb.so",
    "platformthemes/*", "printsupport/*", "wayland-decoration-client/*", "wayland-graphics-integration-client/libqt-*",
    "wayland-graphics-integration-client/libshm*", "wayland-shell-integration/libxdg-shell.so",
    "wayland-shell-integration/libqt-shell.so", "xcbglintegrations/*",
)  # fmt: skip
TRANSLATIONS = ("qtbase_es.qm",)
NEVER = ("Network", "Qml", "Quick")  # what nothing that is kept may need


def prune(pyside: Path) -> None:
    """Remove from the folder of the PySide6 package what is not listed above, nor needed by what is.

    Raises RuntimeError when something kept needs a library of NEVER.
    """
    for child in pyside.iterdir():
        if child.suffix == ".so" or child.name.endswith(".abi3.so"):
            if child.name.split(".")[0] not in MODULES:
                child.unlink()
        elif child.name.startswith("libpyside6qml") or (child.is_file() and child.suffix in ("", ".pyi", ".json")):
            child.unlink()
        elif child.is_dir() and child.name not in ("Qt", "support"):
            shutil.rmtree(child)
    qt = pyside / "Qt"
    for child in qt.iterdir():
        if child.name not in ("lib", "plugins", "translations"):
            shutil.rmtree(child) if child.is_dir() else child.unlink()
    kept = _plugins(qt / "plugins")
    for path in (qt / "translations").iterdir():
        if path.name not in TRANSLATIONS:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    _drop_unneeded(qt / "lib", [*pyside.glob("*.so*"), *kept])


def _plugins(plugins: Path) -> set[Path]:
    """Remove all but those listed, and their folders; return those that stay."""
    kept = {path for pattern in PLUGINS for path in plugins.glob(pattern)}
    for path in plugins.rglob("*.so"):
        if path not in kept:
            path.unlink()
    for folder in plugins.iterdir():
        if not any(folder.iterdir()):
            folder.rmdir()
    return kept


def _drop_unneeded(libraries: Path, roots: list[Path]) -> None:
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        for name in _needs(waiting.pop()):
            path = libraries / name
            if name not in found and path.exists():
                found.add(name)
                waiting.append(path)
    forbidden = sorted(name for name in found if any(name.startswith(f"libQt6{part}") for part in NEVER))
    if forbidden:
        raise RuntimeError(f"Something that is kept needs {', '.join(forbidden)}.")
    for path in libraries.iterdir():
        if path.name not in found:
            path.unlink()


def _needs(path: Path) -> list[str]:
    said = subprocess.run(["readelf", "-d", str(path)], capture_output=True, text=True, check=True).stdout
    return re.findall(r"\(NEEDED\).*\[(.+?)\]", said)
