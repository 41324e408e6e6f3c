"""The handbook: the program's own help as plain text, topic by topic and language by language. It needs no desk."""

import re
import unicodedata
from functools import cache

from foiadesk.frozen import dataclass
from foiadesk.records.errors import NotFound
from foiadesk.records.speech import say
from foiadesk.shelf import resource

# The order of the contents list; each names a Markdown file below resources/help/<language>.
TOPICS = (
    "first-steps", "asking", "letters", "sending", "filing", "deadlines", "court", "campaigns", "search", "backups",
    "trash", "protection", "keyboard", "command-line", "glossary",
)  # fmt: skip
SHORTCUTS = "<!-- shortcuts -->"  # where the window puts the list of its shortcuts
_PAGE = re.compile(r"\[([^\]]+)\]\(page:[^)]*\)")
_ONLY_PAGE = re.compile(rf"(?<=[.!?*)]) {_PAGE.pattern}(?=\s|$)", re.MULTILINE)  # "… to it. [Open the page](page:it)"
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARKS = re.compile(r"\*+|`")
_GRID = re.compile(r"^- |^\d+\. |\||-{3,}", re.MULTILINE)  # marks of lists and tables
_SECTION = "## "
_AROUND = 60  # characters of a passage before the word found
_LONG = 160  # characters of a passage as lists show it


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: its name, its title in the reader's language, its whole Markdown text beginning with the title."""

    name: str
    title: str
    text: str

    def sections(self) -> tuple[tuple[str, str], ...]:
        """Return heading and text of each section; what stands before the first heading goes under the title."""
        found = [(self.title, "")]
        for line in self.text.split("\n")[1:]:
            if line.startswith(_SECTION):
                found.append((line.removeprefix(_SECTION), ""))
            else:
                found[-1] = (found[-1][0], f"{found[-1][1]}{line}\n")
        return tuple((heading, body.strip()) for heading, body in found)


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in the help where words were found. ``section`` is the topic's title for what stands before the first."""

    topic: str
    title: str
    section: str
    text: str


def languages() -> tuple[str, ...]:
    """Return the codes of the languages the help is written in."""
    return tuple(sorted(folder.name for folder in resource("help").iterdir() if folder.is_dir()))


@cache
def topic(name: str, language: str = "en") -> Topic:
    """Return a topic, in English where the language has none. Raises NotFound for a name that is no topic."""
    if name not in TOPICS:
        raise NotFound(
            say("The help has no topic {name}.", name=repr(name)),
            todo=say("Its topics: {what}.", what=", ".join(TOPICS)),
        )
    path = resource("help", language, f"{name}.md")
    text = (path if path.is_file() else resource("help", "en", f"{name}.md")).read_text("utf-8")
    return Topic(name, text.partition("\n")[0].removeprefix("# "), text)


def topics(language: str = "en") -> tuple[Topic, ...]:
    """Return every topic in the order of the contents list."""
    return tuple(topic(name, language) for name in TOPICS)


def find(words: str, language: str = "en") -> tuple[Passage, ...]:
    """Return the sections that hold all words, whatever their case and accents: those named so first."""
    wanted = _folded(words).split()
    phrase = " ".join(wanted)
    found: list[tuple[bool, int, int, Passage]] = []
    for one in topics(language) if wanted else ():
        for heading, body in one.sections():
            text = " ".join(_GRID.sub(" ", plain(body)).split())
            named, whole = _folded(f"{one.title} {heading}"), _folded(text)
            if all(word in named or word in whole for word in wanted):
                title = _folded(heading)
                missing = sum(word not in title for word in wanted)
                passage = Passage(one.name, one.title, heading, _around(text, whole, wanted))
                found.append((phrase not in title, missing, len(found), passage))
    return tuple(each[-1] for each in sorted(found, key=lambda each: each[:-1]))


def plain(markdown: str) -> str:
    """Return the text without the marks of links, emphasis and code, as a terminal shows it."""
    return _MARKS.sub("", _LINK.sub(r"\1", markdown.replace(SHORTCUTS, ""))).strip()


def without_pages(markdown: str) -> str:
    """Return the text without links to the window's pages, for where there is no such window: words in a sentence
    stay, a link that stands for itself goes."""
    return _PAGE.sub(r"\1", _ONLY_PAGE.sub("", markdown))


def _around(text: str, whole: str, wanted: list[str]) -> str:
    """Return the text near the first word found in it; folding keeps no lengths, so the place is nearly right."""
    places = [at for word in wanted if (at := whole.find(word)) >= 0]
    start = max(min(places, default=0) - _AROUND, 0)
    if start:
        start = text.find(" ", start) + 1
    shown = text[start : start + _LONG]
    return f"{'…' if start else ''}{shown}{'…' if start + _LONG < len(text) else ''}"


def _folded(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))
