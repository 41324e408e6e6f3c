"""Freezes the installed program into a folder with a Python of its own: freeze.py SITE FOLDER."""

import sys
from pathlib import Path

# Found by name at run time, or read as data, where following imports does not lead.
PACKAGES = (
    "foiadesk", "foiadesk_ui", "PIL", "bidi", "click", "font_source_serif_pro", "holidays", "icalendar", "jinja2",
    "pikepdf", "pypdfium2", "pypdfium2_raw", "pyrage", "reportlab", "sqlcipher3", "sqlite_utils", "uharfbuzz",
    "spylls", "xkcdpass", "zxcvbn",
)  # fmt: skip
LEFT_OUT = ("PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "ensurepip", "lib2to3", "pip", "test", "tkinter")


def main() -> None:
    """Freeze."""
    site, folder = map(Path, sys.argv[1:3])
    from cx_Freeze import Executable, setup

    path = [str(site), *(entry for entry in sys.path[1:] if "site-packages" not in entry)]
    present = [name for name in PACKAGES if (site / name).exists() or list(site.glob(f"{name}.*"))]
    options = {
        "packages": present, "excludes": list(LEFT_OUT), "build_exe": str(folder), "path": path,
        "zip_include_packages": [], "zip_exclude_packages": ["*"], "silent": True,
    }  # fmt: skip
    start = Executable(str(site / "foiadesk" / "__main__.py"), target_name="foiadesk")
    setup(name="foiadesk", options={"build_exe": options}, executables=[start], script_args=["build_exe"])


if __name__ == "__main__":
    main()
