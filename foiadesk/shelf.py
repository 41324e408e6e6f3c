"""Where the data the program reads lies: inside the installed package, else at the root of the checkout."""

from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """Return the folder of shipped data (laws, letters, agencies, icons, the sample desk).

    Raises FileNotFoundError when the installation is incomplete.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "resources", here.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("FOIADesk's own data files are missing: install it again.")


def resource(*parts: str) -> Path:
    """Return the path of one shipped file, e.g. ``resource("laws", "us-foia.toml")``."""
    return resources().joinpath(*parts)
