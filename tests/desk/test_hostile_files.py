"""Files made to exhaust a reader: each is kept, said to be unreadable and why, and the next file is read as ever."""

import pytest

from foiadesk.desk import Desk, IncomingFile
from foiadesk.intake import Limits, Worker
from foiadesk.records.errors import Unreadable
from tests.intake.hostile import endless_pdf, swelling_pdf
from tests.intake.made import docx, message, paragraph, zipped

BILLION = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
LAUGHS = zipped({"word/document.xml": f"<!DOCTYPE x [{BILLION}]><x>&l11;</x>"})
FILES = {
    "swelling.pdf": (swelling_pdf, "stop|memory|longer"),
    "endless.pdf": (endless_pdf, "stop|longer"),
    "laughs.docx": (lambda: LAUGHS, "abbreviations"),
    "spaces.docx": (lambda: zipped({"word/document.xml": b" " * (280 << 20)}), "far more"),
    "wide.xlsx": (
        lambda: zipped({
            "xl/workbook.xml": '<workbook><sheet name="a" r:id="r"/></workbook>',
            "xl/_rels/workbook.xml.rels": '<r><Relationship Id="r" Target="worksheets/s.xml"/></r>',
            "xl/worksheets/s.xml": "<x>" + '<row><c r="XFD1"><v>1</v></c></row>' * 100_000 + "</x>",
        }),
        "far more",
    ),
}  # fmt: skip


@pytest.fixture
def strict(desk: Desk) -> Desk:
    """A desk whose reader gives up soon."""
    desk._worker = Worker(Limits(cpu=2, seconds=30, memory=700 << 20))
    return desk


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_exhausts_its_reader_is_kept_and_refused(strict: Desk, name: str) -> None:
    make, reason = FILES[name]
    data = make()
    assert len(data) < 400_000
    brought = strict.intake.bring([IncomingFile(name, data)])
    (file,) = strict.filing.get(brought.change.primary).attachments
    with pytest.raises(Unreadable, match=reason) as refused:
        strict.filing.text(file.id)
    assert "kept unchanged" in str(refused.value)
    assert strict.filing.read(file.id) == data
    after = strict.intake.bring([IncomingFile("next.docx", docx(paragraph("Next")))]).change.primary
    assert strict.filing.text(strict.filing.get(after).attachments[0].id) == "Next"


def test_a_message_that_exhausts_its_reader_hides_none_of_its_neighbours(strict: Desk) -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(20_000))
    mails = [
        IncomingFile("before.eml", message(subject="Before")),
        IncomingFile("deep.eml", b"From: a@b.example\nSubject: Deep\n" + deep),
        IncomingFile("after.eml", message(subject="After")),
    ]
    brought = strict.intake.bring(mails)
    assert brought.messages == 3
    subjects = {one.subject for one in strict.filing.correspondence(None)}
    assert {"Before", "After"} <= subjects
    told = {one.name for one in (*brought.damaged, *brought.unread)}
    assert told == {"deep.eml"}
