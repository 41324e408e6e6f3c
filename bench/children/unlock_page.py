"""The program as a person starts it, up to the paint of its unlock page. Nothing in it knows of being watched."""

import sys

from bench.children.paint import FirstPaint, answer, pss_mb
from bench.moment import now_ms
from foiadesk.__main__ import main as run
from foiadesk_ui import app as shell


def main() -> None:
    """Start the window on the desk named, with a filter put on its application object."""
    started = float(sys.argv[1])
    make = shell.make_app

    def watched_app() -> object:
        app = make()
        FirstPaint(
            app,
            "UnlockPage",
            lambda page: answer(
                ms=now_ms() - started,
                title=page.title.text(),
                where=page.where.text(),
                loaded=sorted({"sqlite_utils", "sqlcipher3", "reportlab", "jinja2", "pypdfium2"} & set(sys.modules)),
                pss_mb=pss_mb(),
            ),
        )
        return app

    shell.make_app = watched_app  # type: ignore[assignment]
    run(["open", sys.argv[2]])


if __name__ == "__main__":
    main()
