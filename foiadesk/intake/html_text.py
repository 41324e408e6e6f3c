"""HTML into readable plain text with the standard library's parser. Nothing is fetched, followed or run."""

import re
from html.parser import HTMLParser

_SILENT = frozenset(("script", "style", "head", "title", "noembed", "noframes"))  # shown by no mail program
_BLOCK = frozenset(
    ("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
     "fieldset", "figcaption", "figure", "footer", "form", "header", "html", "li", "main", "nav", "section", "summary",
     "table", "tbody", "tfoot", "thead", "tr")
)  # fmt: skip
_PARAGRAPH = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "hr", "table", "blockquote", "dl"))
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\x00-\x1f]+\Z", re.IGNORECASE)
_MAX_DEPTH = 50


class _Reader(HTMLParser):
    """Collects text: ``out`` holds pieces, ``\\n`` ones among them; spaces collapse but in <pre>."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.silent: list[str] = []  # open elements whose text is not for reading
        self.lists: list[int] = []  # per open list: the next number, or -1 for bullets
        self.quotes = 0
        self.pre = 0
        self.link = ""
        self.link_from = 0
        self.at_start = True  # nothing but the line's prefix stands on the current line
        self.newlines = 2  # line breaks at the end of what was written

    def _break(self, count: int) -> None:
        while self.newlines < count:
            self.out.append("\n")
            self.newlines += 1
        self.at_start = True

    def _write(self, text: str) -> None:
        if self.at_start:
            text = text if self.pre else text.lstrip(" ")
            if not text:
                return
            self.out.append("> " * self.quotes)
            self.at_start = False
        self.newlines = 0
        self.out.append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            if len(self.silent) < _MAX_DEPTH:
                self.silent.append(tag)
            return
        if tag in _BLOCK or tag in _PARAGRAPH:
            self.silent.clear()  # a head or title that was never closed ends here: no text may be swallowed
        if self.silent:
            return
        given = {name: value or "" for name, value in reversed(attrs)}
        if tag == "br":
            if self.at_start:
                self.out.append("\n")
                self.newlines += 1
            else:
                self._break(1)
        elif tag in _PARAGRAPH:
            self._break(2 if not (tag in ("ul", "ol") and self.lists) else 1)
        elif tag in _BLOCK:
            self._break(1)
        self._open(tag, given)

    def _open(self, tag: str, given: dict[str, str]) -> None:  # noqa: PLR0912 - one case an element
        match tag:
            case "hr":
                self._write("-" * 20)
                self._break(2)
            case "pre":
                self.pre += 1
            case "blockquote":
                self.quotes = min(self.quotes + 1, _MAX_DEPTH)
            case "ul" | "ol":
                if len(self.lists) < _MAX_DEPTH:
                    start = given.get("start", "")
                    self.lists.append(-1 if tag == "ul" else int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1)
            case "li":
                level = self.lists or [-1]
                mark = "• " if level[-1] < 0 else f"{level[-1]}. "
                if level[-1] >= 0:
                    level[-1] += 1
                self._write("\u00a0" * 2 * (len(level) - 1) + mark)
            case "td" | "th":
                if not self.at_start:
                    self._write("\t")
            case "img":
                alt = " ".join(given.get("alt", "").split())
                if alt:
                    self._write(f"[{alt}]")
            case "a":
                target = given.get("href", "").strip()
                self.link = target if _LINK.match(target) and len(target) <= 2000 else ""
                self.link_from = len(self.out)
            case _:
                pass

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            if tag in self.silent:
                while self.silent.pop() != tag:
                    pass
            return
        if self.silent:
            return
        if tag == "a" and self.link:
            shown = "".join(self.out[self.link_from :]).strip()
            bare = self.link.removeprefix("mailto:").rstrip("/")
            if shown and bare.casefold() not in (shown.casefold().rstrip("/"), f"https://{shown}", f"http://{shown}"):
                self._write(f" <{self.link}>")  # where a link really leads is for the reader to see
            self.link = ""
        if tag == "pre":
            self.pre = max(0, self.pre - 1)
        elif tag == "blockquote":
            self._break(1)
            self.quotes = max(0, self.quotes - 1)
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag in _PARAGRAPH:
            self._break(2 if not (tag in ("ul", "ol") and self.lists) else 1)
        elif tag in _BLOCK:
            self._break(1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if self.pre:
            for line in re.split(r"(\n)", data.replace("\r\n", "\n").replace("\r", "\n")):
                if line == "\n":
                    self.out.append("\n")
                    self.newlines, self.at_start = self.newlines + 1, True
                elif line:
                    self._write(line)
            return
        text = re.sub(r"[ \t\n\r\f]+", " ", data)
        if text == " " and self.out and self.out[-1].endswith((" ", "\t")):
            return
        self._write(text)


def html_to_text(html: str) -> str:
    """Return a page's text as a person would read it: paragraphs, lists, quotes, tables, targets of links.

    Never raises for any input; markup that cannot be read is left out, text is kept.
    """
    reader = _Reader()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:  # the standard parser's answer to some broken declarations
        rest = re.sub(r"<[^<>]{0,4000}>", " ", html)
        return re.sub(r"[ \t]+", " ", rest).strip()
    lines = [line.replace("\u00a0", " ").rstrip() for line in "".join(reader.out).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
