"""Where the program starts: private from the first moment, the worker before anything heavy, else the command line."""

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

if not __package__:  # started by path, as the worker is: the package lies beside, not on the isolated path
    sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120

_PR_SET_DUMPABLE = 4
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")  # one of them tells Qt where to draw


class Program:
    """What the command line is given to start the window with: call it, or its ``open_window``.

    hidden: ``harden`` made this process unreadable for others.
    """

    def __init__(self, *, hidden: bool = True) -> None:
        self._hidden = hidden

    def __call__(self, desk: "Path | None", passphrase: str | None = None, files: "Sequence[Path]" = ()) -> int:
        """Show the window; see ``open_window``."""
        return self.open_window(desk, passphrase, files)

    def open_window(self, desk: "Path | None", passphrase: str | None = None, files: "Sequence[Path]" = ()) -> int:
        """Show the window on a desk folder (None: the last one) and return the exit status once it is closed.

        passphrase: where the person gave one beforehand; else the window asks. files: to offer for filing there.
        Raises KnownError without a display.
        """
        if sys.platform == "linux" and not any(os.environ.get(name) for name in _SCREENS):
            from foiadesk.records.errors import KnownError

            raise KnownError(
                "There is no display here, so the window cannot open.",
                todo="Everything it does can be done on the command line: foiadesk --help",
            )
        # The desktop's portals identify a caller through /proc/PID/root, which an undumpable process hides: they
        # then refuse file dialogs, the color scheme and, on GNOME, the window's own buttons. The core limit stays.
        if self._hidden:
            _set_dumpable(True)
        gc.disable()  # until the page is made: there is no garbage yet, only many new classes to look through
        from foiadesk_ui.app import run

        status: int = run(desk, passphrase, files)
        return status


def _set_dumpable(allowed: bool) -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, int(allowed), 0, 0, 0)


def harden(*, hidden: bool = True) -> None:
    """Let no file of ours be readable by others, and no memory of ours be dumped or read by other programs.

    hidden: False for a process that a window follows in, which may not be hidden: see ``Program.open_window``.
    """
    os.umask(0o077)
    if sys.platform != "win32":
        import resource

        # One byte, not none: with 0 the kernel still hands the whole memory to a crash reporter behind a pipe; with
        # 1 it writes no file (a core has at least a page) and, by its own rule, feeds no pipe.
        _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        bound = 1 if hard == resource.RLIM_INFINITY or hard >= 1 else 0
        resource.setrlimit(resource.RLIMIT_CORE, (bound, bound))
    if hidden:
        _set_dumpable(False)


def is_plain_start(given: Sequence[str]) -> bool:
    """Tell whether this is the program's icon or a lock starting the window: then Click would only cost time."""
    if len(given) == 2 and given[0] == "open" and not given[1].startswith("-"):
        return os.path.isdir(given[1])  # noqa: PTH112 - pathlib would be loaded for this alone
    return not given


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status. ``--worker`` as first argument serves the pipes and nothing else."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    plain = is_plain_start(given)
    harden(hidden=not plain)
    if given[:1] == ["--worker"]:
        from foiadesk.intake.worker import serve

        return serve()
    if given[:1] == ["--ocr"]:
        from foiadesk.intake.ocr_cell import run as read_page

        return read_page(given[1:])
    if plain:
        from pathlib import Path

        named = given[1] if given else os.environ.get("FOIADESK_DESK")
        try:
            window = Program(hidden=False)
            return window.open_window(Path(named) if named else None, os.environ.get("FOIADESK_PASSPHRASE") or None)
        except Exception as error:
            from foiadesk.records.errors import KnownError

            if not isinstance(error, KnownError):
                raise
            sys.stderr.write(f"foiadesk: {error}\n")
            return 1
    return _command(given)


def _command(given: Sequence[str]) -> int:
    # A command lives for a moment: looking for garbage again and again while modules load, and once more before the
    # memory goes back as a whole, would be a seventh of its time.
    gc.set_threshold(100_000, 20, 20)
    try:
        from foiadesk.cli import cli

        status: object = cli.main(args=given, prog_name="foiadesk", obj=Program(), standalone_mode=True)
        return status if isinstance(status, int) else 0
    finally:
        gc.freeze()


if __name__ == "__main__":
    sys.exit(main())
