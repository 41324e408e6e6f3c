"""The readable text of any file the reader knows, page by page where it has pages. Runs in the worker only."""

from foiadesk.intake.charsets import decode, readable
from foiadesk.intake.html_text import html_to_text


def file_text(data: bytes, media: str) -> str:
    """Return the text of a text file: HTML as a person would read it, else as it stands."""
    text = readable(decode(data)[0])
    return html_to_text(text) if media == "text/html" else text
