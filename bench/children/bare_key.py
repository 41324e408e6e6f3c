"""The floor of unlocking: SQLCipher derives the key from the passphrase and reads one row."""

import sys

from sqlcipher3 import dbapi2

from bench.children.bare_due import unlocked
from bench.moment import now_ms


def main() -> None:
    """Time it in a process that has loaded the library."""
    start = now_ms()
    connection = unlocked(dbapi2, sys.argv[2], sys.argv[3])
    row = connection.execute("SELECT title FROM requests LIMIT 1").fetchone()
    took = now_ms() - start
    import json

    print(json.dumps({"ms": took, "row": row[0]}))


if __name__ == "__main__":
    main()
