"""The recovery sheet in the window's language."""

from typing import TYPE_CHECKING

from foiadesk_ui.i18n import said, speaking

if TYPE_CHECKING:
    from foiadesk.desk import Desk


def recovery_sheet(desk: "Desk") -> bytes:
    """Return the sheet as PDF; it can be read by whoever reads the window."""
    return desk.safety.recovery_sheet(said, f"{speaking()}-US")
