"""Tooltips out of foreign text: Qt guesses markup in them, so what could be taken for markup is escaped first."""

from html import escape


def plain_tip(text: str) -> str:
    """Return a text that a tooltip shows as it stands, whatever is written in it."""
    return f"<span>{escape(text).replace(chr(10), '<br>')}</span>" if "<" in text else text
