"""The floor of `foiadesk due`: the same query through bare sqlcipher3, its rows printed as they come."""

import sys
from pathlib import Path
from typing import Any

QUERY = """SELECT c.due, c.state, c.who, c.kind, c.request, r.title, r.office_short
FROM standing_clocks c JOIN requests r ON r.id = c.request
WHERE c.due IS NOT NULL AND c.met_on IS NULL AND c.state IN ('running', 'missed') AND r.trashed = 0 AND r.gone = 0
ORDER BY c.due, c.request, c.place"""


def unlocked(dbapi2: Any, folder: str, passphrase: str) -> Any:
    """Open a desk's database with its passphrase, SQLCipher deriving the key."""
    connection = dbapi2.connect(f"{(Path(folder) / 'desk.db').as_uri()}?mode=ro", uri=True)
    connection.execute(f"PRAGMA key = '{passphrase}'")
    return connection


def main() -> None:
    """Print what is due."""
    from sqlcipher3 import dbapi2

    connection = unlocked(dbapi2, sys.argv[1], sys.argv[2])
    write = sys.stdout.write
    for row in connection.execute(QUERY):
        write("\t".join(map(str, row)) + "\n")


if __name__ == "__main__":
    main()
