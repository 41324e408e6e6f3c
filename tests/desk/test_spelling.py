"""Spelling: words nobody knows, by field; what the desk was told counts."""

import pytest

from foiadesk.desk import Desk
from foiadesk.letters import spelling
from foiadesk.records.errors import BadInput, NotFound

from .conftest import Ask


def test_unknown_words_of_a_letter_and_words_the_desk_was_told(desk: Desk, ask: Ask) -> None:
    letter = desk.letters.start("policy_request", ask()).primary
    desk.letters.save(letter, {"background": "Teh recrods of Zubrowska, {office_shrt}, a@recrods.org, ICE, 12a.",
                               "items": "All contracts."})  # fmt: skip
    assert desk.spelling.of_letter(letter)["background"] == {"Teh", "recrods", "Zubrowska"}
    assert "items" not in desk.spelling.of_letter(letter)
    assert "records" in desk.spelling.suggestions("recrods", "en-US")
    desk.spelling.learn(" Zubrowska ")
    assert desk.spelling.of_letter(letter)["background"] == {"Teh", "recrods"}
    assert desk.spelling.words() == ("Zubrowska",)
    desk.history.undo()
    assert desk.spelling.words() == ()
    desk.history.redo()
    desk.spelling.forget("Zubrowska")
    with pytest.raises(NotFound):
        desk.spelling.forget("Zubrowska")
    with pytest.raises(BadInput):
        desk.spelling.learn("two words")


def test_an_installed_dictionary_is_preferred_and_none_finds_nothing(
    desk: Desk, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "es_MX.dic").write_text("2\nsolicitud\ncarta/S\n", "utf-8")
    (folder / "es_MX.aff").write_text("SET UTF-8\nSFX S Y 1\nSFX S 0 s .\n", "utf-8")
    spelling.dictionary_of.cache_clear()
    monkeypatch.setattr(spelling, "FOLDERS", ())
    assert not desk.spelling.available("es-US") and desk.spelling.available("en-US")
    assert desk.spelling.wrong(("solicitdu",), "es-US") == frozenset()
    assert desk.spelling.suggestions("solicitdu", "es-US") == ()
    spelling.dictionary_of.cache_clear()
    monkeypatch.setattr(spelling, "FOLDERS", (folder,))
    assert desk.spelling.available("es-US")
    assert desk.spelling.wrong(("Solicitud cartas solicitdu",), "es-US") == {"solicitdu"}
    assert desk.spelling.suggestions("solicitdu", "es-US") == ("solicitud",)
    spelling.dictionary_of.cache_clear()
