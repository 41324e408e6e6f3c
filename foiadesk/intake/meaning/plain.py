"""A letter's own words: quotations of earlier letters left out, lines joined, sentences told apart."""

import re
from collections.abc import Iterator

READ = 60_000  # characters of one text that are read for meaning
LONGEST = 700  # characters of one sentence; a longer one is read in pieces

_FORWARDED = re.compile(
    r"^[ \t>]*(?:-{2,20} ?Forwarded message ?-{2,20}|Begin forwarded message:)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED_BELOW = (
    re.compile(r"^-{2,20} ?Original Message ?-{2,20}[ \t]*$", re.IGNORECASE | re.MULTILINE),
    re.compile(r"^On [^\n]{5,160}(?:\n[^\n]{1,120})?\bwrote:[ \t]*$", re.MULTILINE),
    re.compile(r"^_{10,80}[ \t]*\n+From:[^\n]{1,200}$", re.MULTILINE),
    re.compile(r"^\*?From:\*? [^\n]{1,200}\n\*?(?:Sent|Date):\*? [^\n]{1,120}\n", re.MULTILINE),
)
# A dot after one of these ends no sentence.
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|No|Nos|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|St|Ave|Gov|Gen|Sec|Dept|Attn|vs?|"
    r"e\.g|i\.e|approx|ext|Fed|Reg|Cir|Supp|al|seq|pp?|Rm|Ste|Blvd|Esq|Jr|Sr|cf|art)|\b[A-Z]|\.[A-Za-z])\.$"
)
_END = re.compile(r"[.?!][”\"’')\]]{0,3}\s+(?=[“\"‘'(\[]{0,2}[A-Z0-9•])|\n[ \t]*\n|\n(?=[ \t]*[•·▪◦*-][ \t])|\f")


def is_forwarded(subject: str) -> bool:
    """Tell whether a message passes on another, which then is what it says."""
    return re.match(r"\s*(?:\[[^\]]{1,40}\]\s*)?(?:fwd?|fw)\s*:", subject, re.IGNORECASE) is not None


def passed_on(text: str) -> str:
    """Return the head of the message that a forwarded one passes on, "" when there is none."""
    mark = _FORWARDED.search(text) or _QUOTED_BELOW[3].search(text)
    return text[mark.start() : mark.start() + 1000] if mark else ""


def own_words(text: str, *, forwarded: bool = False) -> str:
    """Return a message's text without what it quotes; of a forwarded message, what was forwarded too."""
    text = text[:READ].replace("\r\n", "\n").replace("\r", "\n")
    if not forwarded and not _FORWARDED.search(text):
        for mark in _QUOTED_BELOW:
            found = mark.search(text)
            if found is not None:
                text = text[: found.start()]
    kept = (line for line in text.split("\n") if not line.lstrip().startswith(">"))
    return "\n".join(kept)


def sentences(text: str) -> Iterator[str]:
    """Yield a text's sentences, each on one line; none is longer than LONGEST."""
    start = 0
    for end in _END.finditer(text):
        if end.group(0).strip() and _SHORT.search(text, max(start, end.start() - 8), end.start() + 1):
            continue
        yield from _pieces(text[start : end.end()])
        start = end.end()
    yield from _pieces(text[start:])


def _pieces(text: str) -> Iterator[str]:
    flat = " ".join(text.split())
    while len(flat) > LONGEST:
        cut = flat.rfind(" ", LONGEST // 2, LONGEST)
        cut = cut if cut > 0 else LONGEST
        yield flat[:cut]
        flat = flat[cut:].lstrip()
    if flat:
        yield flat


def head_of(text: str, most: int = 3000) -> str:
    """Return what stands above the letter's first words: letterhead, date, reference, whom it addresses."""
    head = text[:most]
    greeting = re.search(r"^[ \t]*(?:Dear|Greetings|Good (?:morning|afternoon|day)|Hello|To whom)\b", head,
                         re.IGNORECASE | re.MULTILINE)  # fmt: skip
    return head[: greeting.start()] if greeting else head[:1200]
