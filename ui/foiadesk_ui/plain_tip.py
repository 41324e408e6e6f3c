"""Tooltips out of foreign text: Qt guesses markup in them, so what could be taken for markup is escaped first."""


def plain_tip(text: str) -> str:
    """Return a text that a tooltip shows as it stands, whatever is written in it."""
    if "<" not in text:
        return text
    from html import escape  # late: it comes with a table of every named character

    return f"<span>{escape(text).replace(chr(10), '<br>')}</span>"
