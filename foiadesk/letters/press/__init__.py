"""The press: a composed letter set as PDF with reportlab. Imported only when a letter is typeset."""

import sys
from importlib import import_module

from foiadesk.late import postponed

# Reportlab loads HarfBuzz for a shaping of its own, which no letter uses: ours (shaping.py) loads it when a script
# needs it. A module that is None cannot be imported, and reportlab does without. Pictures are for letterheads only.
if "reportlab.pdfbase.ttfonts" not in sys.modules and "uharfbuzz" not in sys.modules:
    sys.modules["uharfbuzz"] = None  # type: ignore[assignment]
    try:
        with postponed("PIL.Image"):
            import_module("reportlab.pdfbase.ttfonts")
    finally:
        del sys.modules["uharfbuzz"]
