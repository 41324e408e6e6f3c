"""The process that becomes tesseract: locked in first, then one page's picture on standard input, its text out."""

from collections.abc import Sequence

from foiadesk.intake import cell

MEMORY = 1536 * 1024 * 1024  # bytes of address space
SECONDS = 120  # of processor time for one page


def run(arguments: Sequence[str]) -> int:
    """Become the program named first. Then: its data folder, its languages joined by "+", the parent's process id.

    Returns an exit status only when the program could not be started.
    """
    program, data, languages, parent = arguments
    # "osd" finds which way up a page lies; without it pages are read as they lie.
    sides = "1" if "osd" in languages.split("+") else "3"
    spoken = "+".join(name for name in languages.split("+") if name != "osd")
    said = ["stdin", "stdout", "--tessdata-dir", data, "-l", spoken, "--psm", sides]
    cell.grant_cpu(SECONDS)
    try:
        cell.become(program, said, MEMORY, int(parent), [data])
    except OSError:
        return 127
    return 0
