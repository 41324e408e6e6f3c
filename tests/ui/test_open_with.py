"""Files the program is started with wait for the passphrase, or go to the window that is open already."""

from pathlib import Path

import pytest

from foiadesk.cli.desks import told_apart
from foiadesk.desk import Desk
from foiadesk.records.errors import BadInput
from foiadesk_ui.app import Shell
from foiadesk_ui.filing_dialog import FilingDialog
from foiadesk_ui.preferences import Preferences
from tests.ui.chapters import PASSPHRASE, leave
from tests.ui.person import Person

MAIL = b"From: foia@agency.example\r\nSubject: %s\r\nMessage-ID: <1@a>\r\n\r\nReceived.\r\n"


@pytest.fixture
def person(qapp, qtbot, tmp_path):
    Desk.create(tmp_path / "Desk", PASSPHRASE).close()
    mail = tmp_path / "reply.eml"
    mail.write_bytes(MAIL % b"First")
    shell = Shell(qapp, tmp_path / "Desk", Preferences(), become=lambda _folder: None)
    assert shell.begin(files=[mail])
    found = Person(qtbot, shell)
    yield found
    leave(found)


def dialogs(person: Person) -> list[FilingDialog]:
    return [one for one in person.window.findChildren(FilingDialog) if one.isVisible()]


def test_a_message_opened_with_the_program_is_offered_once_the_desk_is_open(person, tmp_path: Path):
    assert person.shell.window is None
    person.shell.entrance.enter(PASSPHRASE)
    person.until(lambda: person.shell.window is not None and dialogs(person))
    (dialog,) = dialogs(person)
    person.until(lambda: dialog.panels[0].understood is not None)
    assert dialog.panels[0].name.text() == "First"
    dialog.reject()  # it stays in the In-tray
    person.quiet()
    person.until(lambda: len(person.session.desk.filing.correspondence(None)) == 1)
    second = tmp_path / "second.eml"
    second.write_bytes(MAIL % b"Second")
    person.shell.place.ring([second])  # as another start does
    person.until(lambda: dialogs(person))
    person.until(lambda: dialogs(person)[0].panels[0].understood is not None)
    assert dialogs(person)[0].panels[0].name.text() == "Second"
    dialogs(person)[0].reject()
    person.quiet()


def test_desks_and_files_are_told_apart(tmp_path: Path):
    mail, desk = tmp_path / "a.eml", tmp_path / "Desk"
    mail.write_bytes(MAIL % b"x")
    desk.mkdir()
    (desk / "desk.db").write_bytes(b"x")
    assert told_apart((mail,)) == (None, (mail,))
    assert told_apart((desk, mail)) == (desk, (mail,))
    assert told_apart((desk / "desk.db",)) == (desk, ())
    assert told_apart((tmp_path / "not yet",)) == (tmp_path / "not yet", ())
    with pytest.raises(BadInput):
        told_apart((desk, tmp_path))
