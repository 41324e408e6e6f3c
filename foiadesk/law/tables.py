"""Reading a file of data, so that one that cannot be read is named."""

import tomllib
from pathlib import Path
from typing import Any

from foiadesk.records.errors import BadInput

MOST_BYTES = 4 * 1024 * 1024


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file. Raises BadInput naming it."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise BadInput(f"{path.name} cannot be read: it is larger than {MOST_BYTES // (1024 * 1024)} MB.")
        return tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path.name} cannot be read: {error}.") from None
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: {error.strerror}.") from None
    except RecursionError:
        raise BadInput(f"{path.name} cannot be read: it is nested too deeply.") from None
