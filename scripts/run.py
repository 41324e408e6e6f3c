"""What `make run` does once all is installed: the sample desk in the window, or the same job without a display."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "run"
DESK = BUILD / "Sample Desk"
PASSPHRASE = BUILD / "passphrase.txt"
FOIADESK = [sys.executable, "-m", "foiadesk", "--desk", str(DESK), "--passphrase-file", str(PASSPHRASE)]


def ask(*words: str) -> str:
    """Run one command on the sample desk and return what it printed."""
    return subprocess.run([*FOIADESK, *words], check=True, capture_output=True, text=True).stdout


def prepare() -> None:
    """Make the sample desk where there is none yet."""
    BUILD.mkdir(parents=True, exist_ok=True)
    PASSPHRASE.write_text("sample desk\n", encoding="utf-8")
    if not (DESK / "desk.db").exists():
        print("Making the sample desk (fictional people, real offices) ...", flush=True)
        subprocess.run([*FOIADESK[:3], "--passphrase-file", str(PASSPHRASE), "sample", str(DESK)], check=True)


def headless() -> int:
    """Do the window's main job without it: every letter as a PDF, and the list of what is due."""
    print("There is no display here, so the window cannot open; the same job runs without it, on the sample desk.")
    letters = BUILD / "letters"
    letters.mkdir(exist_ok=True)
    for request in json.loads(ask("request", "list", "--json")):
        kinds = ["policy_request"]
        kinds += ["fee_waiver", "expedition_statement"] if request["title"].startswith("Face") else []
        kinds += ["overdue_notice"] if request["stage"] == "overdue" else []
        for kind in kinds:
            file = letters / f"{request['id']:02} {request['office'].replace('/', '-')} {kind}.pdf"
            ask("letter", "render", kind, str(request["id"]), "-o", str(file))
            print(file, flush=True)
    deadlines = BUILD / "deadlines.txt"
    deadlines.write_text(ask("due"), encoding="utf-8")
    print(deadlines)
    return 0


def main() -> int:
    """Open the window when there is a screen to open it on."""
    prepare()
    on_screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not on_screen and sys.platform.startswith("linux"):
        return headless()
    print("The sample desk's passphrase, should it ask: sample desk", flush=True)
    return subprocess.run([*FOIADESK, "open"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
