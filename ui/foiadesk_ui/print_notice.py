"""Said once before anything is printed: the print system keeps a copy of its own, outside the desk."""

from PySide6.QtWidgets import QWidget

from foiadesk_ui.i18n import _
from foiadesk_ui.session import Session
from foiadesk_ui.told_once import ToldOnce

PRINT_LAYOUT = "print.told"


class PrintNotice(ToldOnce):
    """Hidden until ``before`` is asked for the first time on this desk; the person then prints or does not."""

    def __init__(self, session: Session, parent: QWidget | None = None, *, inset: int = 0) -> None:
        words = _(
            "The print system keeps its own copy of what you print, outside this desk, often until the job is done "
            "and sometimes longer. FOIADesk cannot remove it."
        )
        super().__init__(session, words, _("Print"), PRINT_LAYOUT, parent, inset=inset)
