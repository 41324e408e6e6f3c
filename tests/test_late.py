"""A library imported for what is seldom used waits until it is used."""

import subprocess
import sys

import pytest

from foiadesk.late import postponed


@pytest.fixture
def seldom(tmp_path, monkeypatch):
    """A module of its own, which counts how often it was imported."""
    (tmp_path / "seldom_used.py").write_text(
        "import builtins\nbuiltins.seldom = getattr(builtins, 'seldom', 0) + 1\nFOUND = 7\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield lambda: vars(__import__("builtins")).get("seldom", 0)
    sys.modules.pop("seldom_used", None)
    vars(__import__("builtins")).pop("seldom", None)


def test_it_is_imported_when_something_of_it_is_asked_for(seldom):
    with postponed("seldom_used"):
        import seldom_used as held
    assert "seldom_used" not in sys.modules and seldom() == 0
    assert held.FOUND == 7 and held.FOUND == 7
    assert seldom() == 1
    with pytest.raises(AttributeError):
        _ = held.MISSING


def test_used_at_once_it_is_imported_at_once(seldom):
    with postponed("seldom_used"):
        import seldom_used as held

        assert held.FOUND == 7
        import seldom_used as again
    assert seldom() == 1 and sys.modules["seldom_used"] is again is not held


def test_what_is_asked_at_once_may_be_said_beforehand(seldom):
    with postponed("seldom_used", KIND=int):
        import seldom_used as held

        assert held.KIND is int
    assert seldom() == 0
    assert held.FOUND == 7


def test_what_is_there_already_stays(seldom):
    import seldom_used as there

    with postponed("seldom_used"):
        import seldom_used as held
    assert held is there is sys.modules["seldom_used"]


def test_the_engine_and_the_press_leave_out_what_no_letter_needs():
    program = (
        "import sys\n"
        "from foiadesk.store.connection import load_engine\n"
        "load_engine()\n"
        "import foiadesk.letters.press.typeset\n"
        "print(sorted({'dateutil.parser', 'PIL.Image'} & set(sys.modules)))\n"
        "from reportlab.lib.utils import ImageReader\n"
        "from io import BytesIO\n"
        "from PIL import Image\n"
        "file = BytesIO()\n"
        "Image.new('RGB', (3, 2)).save(file, 'PNG')\n"
        "file.seek(0)\n"
        "print(ImageReader(file).getSize())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n(3, 2)\n"
