"""Reading a file of data, so that one that cannot be read is named."""

from pathlib import Path
from typing import Any

from foiadesk import toml
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import say

MOST_BYTES = 4 * 1024 * 1024


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file. Raises BadInput naming it."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise BadInput(
                say(
                    "{name} cannot be read: it is larger than {what} MB.",
                    name=path.name,
                    what=MOST_BYTES // (1024 * 1024),
                )
            )
        return toml.loads(data.decode("utf-8"))
    except ValueError as error:  # TOMLDecodeError and UnicodeDecodeError among them
        raise BadInput(say("{name} cannot be read: {error}.", name=path.name, error=error)) from None
    except OSError as error:
        raise BadInput(say("{name} cannot be read: {strerror}.", name=path.name, strerror=error.strerror)) from None
    except RecursionError:
        raise BadInput(say("{name} cannot be read: it is nested too deeply.", name=path.name)) from None
