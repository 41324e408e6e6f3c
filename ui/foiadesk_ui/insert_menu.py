"""What can be put into a text of a letter: facts of its request, snippets; and keeping a selection as one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from foiadesk_ui.i18n import _
from foiadesk_ui.merge_text import Facts, MergeText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foiadesk.desk import Snippet


def put(box: MergeText, text: str) -> None:
    """Write a text at the cursor of a box; the first place to fill in is selected."""
    from foiadesk.letters.snippets import first_gap

    before, text = len(box.halves()[0]), box.fitting(text)
    box.put(text)
    if (gap := first_gap(text)) is not None:
        box.select(before + gap[0], before + gap[1])


def selected(box: MergeText) -> str:
    """Return what is selected in a box, facts by their names."""
    before, after = box.halves()
    text = box.text()
    return text[len(before) : len(text) - len(after)]


class Inserter:
    """Fills menus. keep: what is done with a selection to be kept as a snippet; manage: shows the snippets."""

    def __init__(self, facts: Facts, keep: Callable[[str], None], manage: Callable[[], object]) -> None:
        self.facts = facts
        self.own: Sequence[Snippet] = ()
        self.shipped: Sequence[Snippet] = ()
        self._keep = keep
        self._manage = manage

    def fill(self, menu: QMenu, box: MergeText) -> None:
        """Add to a menu what can be put into a box."""
        facts = menu.addMenu(_("Fact of the request"))
        for fact in self.facts.known.values():
            words = f"{_(fact.label)}: {fact.value or _('not known yet')}"
            self._offer(facts, box, words if len(words) <= 70 else f"{words[:69]}…", f"{{{fact.name}}}")
        for one in self.own:
            if menu.actions()[-1].menu() is not None and one is self.own[0]:
                menu.addSeparator()
            self._offer(menu, box, one.title, one.text)
        menu.addSeparator()
        for group in dict.fromkeys(one.group for one in self.shipped):
            part = menu.addMenu(_(group))
            for one in self.shipped:
                if one.group == group:
                    self._offer(part, box, _(one.title), one.text)
        menu.addSeparator()
        text = selected(box)
        keep = menu.addAction(_("Keep the selected text as a snippet"))
        keep.setEnabled(bool(text.strip()))
        keep.triggered.connect(lambda _on=False: self._keep(text))
        menu.addAction(_("Your snippets…")).triggered.connect(lambda _on=False: self._manage())

    def _offer(self, menu: QMenu, box: MergeText, words: str, text: str) -> None:
        action = menu.addAction(words.replace("&", "&&"))
        action.setToolTip(text)
        action.triggered.connect(lambda _on=False: put(box, text))
