"""Every kind of letter for every request of the sample desk, on both papers: whole, in its margins, blanks marked."""

from collections.abc import Iterator
from datetime import date

import pypdfium2
import pytest

from foiadesk.desk import Desk
from foiadesk.desk.sample import build
from foiadesk.letters import assertions, compose, defaults, kinds, plain_text, typeset
from foiadesk.letters.model import BLANK, LetterContext
from tests.letters.test_press import nothing_sticks_out, words

TODAY = date(2026, 7, 1)
PASSPHRASE = "sample desk"
NAMES = [found.name for found in kinds()]


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, LetterContext]]:
    folder = tmp_path_factory.mktemp("sample") / "Sample"
    build(folder, PASSPHRASE, today=TODAY)
    desk = Desk.open(folder, PASSPHRASE, clock=lambda: TODAY)
    try:
        yield {number: desk.letters.context(number, TODAY) for number in desk.requests.ids()}
    finally:
        desk.close()


def printed(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    finally:
        document.close()


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_is_set_for_every_request(name: str, contexts: dict[int, LetterContext]) -> None:
    """Both papers for one request, which one by turns; for the rest the words, which is what differs."""
    chosen = sorted(contexts)[NAMES.index(name) % len(contexts)]
    for number, context in contexts.items():
        letter = compose(name, context, {})
        text = plain_text(letter)
        assert text.count(BLANK) >= len(letter.blanks)
        assert (BLANK in text) == bool(letter.blanks)
        assert context.request.title in text
        if number != chosen:
            continue
        for page in ("letter", "a4"):
            pdf = typeset(letter, page=page)  # type: ignore[arg-type]
            nothing_sticks_out(pdf, page)
            assert words(printed(pdf)).count(words(BLANK)) == text.count(BLANK)


@pytest.mark.parametrize("name", NAMES)
def test_no_letter_of_the_sample_desk_asserts_what_nobody_chose(name: str, contexts: dict[int, LetterContext]) -> None:
    """Nothing ticked, nothing chosen, and the words that a person wrote left out: what stays is ours."""
    found = next(kind for kind in kinds() if kind.name == name)
    own = ("reason_", "statement", "activity", "background", "title", "items", "formats", "category")
    silent = {field.name: "" for field in found.fields if field.type in ("check", "choice", "money")}
    silent |= {field.name: "" for field in found.fields if field.name.startswith(own)}
    kept = {field.name: "yes" for field in found.fields if field.type == "check" and field.default}
    for context in contexts.values():
        office = context.request.office
        given = (context.request.title, *context.request.items, office.name, office.department, *office.address)
        theirs = sorted({text.lower() for text in given if text}, key=len, reverse=True)
        said = " ".join(plain_text(compose(name, context, {**silent, **kept})).lower().split())
        for words_of_theirs in theirs:
            said = said.replace(" ".join(words_of_theirs.split()), "")
        for status, phrases in assertions().items():
            assert [phrase for phrase in phrases if phrase in said] == [], status


@pytest.mark.proof
@pytest.mark.parametrize("page", ["letter", "a4"])
@pytest.mark.parametrize("name", NAMES)
def test_every_kind_is_set_for_every_request_on_every_paper(
    name: str, page: str, contexts: dict[int, LetterContext]
) -> None:
    for context in contexts.values():
        letter = compose(name, context, {})
        pdf = typeset(letter, page=page)  # type: ignore[arg-type]
        nothing_sticks_out(pdf, page)
        assert words(printed(pdf)).count(words(BLANK)) == plain_text(letter).count(BLANK)


def test_the_exemptions_of_the_sample_determination_can_be_appealed(contexts: dict[int, LetterContext]) -> None:
    (context,) = (one for one in contexts.values() if one.request.office.code == "DHS/CRCL")
    values = defaults("appeal_exemptions", context)
    assert [name for name, value in values.items() if value == "yes"] == ["b5", "b6", "b7c"]
    text = plain_text(compose("appeal_exemptions", context, values))
    for heading in ("EXEMPTION 5: ", "EXEMPTION 6: ", "EXEMPTION 7(C): "):
        assert heading in text
    assert "EXEMPTION 4: " not in text
