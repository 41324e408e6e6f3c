"""Every sentence of the window is translated, whole and as meant; none escapes the catalog, none is made too early."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from scripts import translations

WINDOW = translations.ROOT / "ui" / "foiadesk_ui"
# What shows words, and which argument of it: a sentence there goes through _() or ngettext().
SHOWS = {
    "setText": 0, "setToolTip": 0, "setPlaceholderText": 0, "setWindowTitle": 0, "setAccessibleName": 0,
    "setAccessibleDescription": 0, "setStatusTip": 0, "addAction": 0, "addMenu": 0, "addTab": 1, "insertTab": 2,
    "QLabel": 0, "QPushButton": 0, "QCheckBox": 0, "QRadioButton": 0, "QAction": 0, "QToolButton": 0,
    "TextLabel": 0, "SecondaryLabel": 0, "SectionLabel": 0, "TitleLabel": 0, "LinkButton": 0, "PrimaryButton": 0,
    "plain_button": 0, "Labelled": 0, "Column": 0, "EmptyState": 0, "MeaningLabel": 1, "IconButton": 1, "Primary": 0,
    "show_meaning": 1, "MenuChoice": 0, "Step": 0, "Command": 0, "addItem": 0, "announce": 1,
}  # fmt: skip


def words(message: Message) -> Iterator[tuple[str, str]]:
    """Yield each form of a message with its translation."""
    if isinstance(message.id, tuple):
        assert isinstance(message.string, tuple)
        yield from zip((message.id[0], *message.id[1:] * 8), message.string, strict=False)
    else:
        yield message.id, str(message.string)


@pytest.fixture(scope="module")
def gathered() -> dict[str, translations.Found]:
    return translations.gather()


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_sentence_is_translated(language: str, gathered: dict[str, translations.Found]) -> None:
    catalog = translations.read(language)
    assert {message.id for message in catalog if message.id} == {
        (one, found.plural) if found.plural else one for one, found in gathered.items()
    }, "run `make translations` and translate what it lists"
    assert translations.missing(catalog) == []
    assert [message.id for message in catalog if message.id and message.fuzzy] == []
    assert not catalog.obsolete


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_the_catalogs_are_what_the_tool_writes(language: str, gathered: dict[str, translations.Found]) -> None:
    path = translations.po_path(language)
    catalog = translations.read(language)
    fresh = translations.updated(language, catalog, translations.template(gathered))
    assert path.read_bytes() == translations.po_bytes(fresh)
    assert path.with_suffix(".mo").read_bytes() == translations.mo_bytes(catalog)


def test_a_new_sentence_is_missing_and_an_old_one_goes(gathered: dict[str, translations.Found]) -> None:
    found = {one: entry for one, entry in gathered.items() if one != "Today"}
    found["A sentence nobody has translated yet."] = translations.Found()
    fresh = translations.updated("es", translations.read("es"), translations.template(found))
    assert translations.missing(fresh) == ["A sentence nobody has translated yet."]
    assert fresh.get("Today") is None


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_translations_keep_what_is_filled_in(language: str) -> None:
    wrong = []
    for message in translations.read(language):
        if not message.id:
            continue
        both = set().union(*(_holes(form) for form in (message.id if isinstance(message.id, tuple) else (message.id,))))
        for english, other in words(message):
            alike = (
                _holes(other) == _holes(english)
                or (
                    (isinstance(message.id, tuple) and _holes(other) == both)
                    and english.endswith("…") == other.endswith("…")
                )
            ) and ("…" in english) == ("…" in other)
            if not alike or english.count("&") != other.count("&") or english.count("\n") != other.count("\n"):
                wrong.append(english)
            if (english[:1].isspace(), english[-1:].isspace()) != (other[:1].isspace(), other[-1:].isspace()):
                wrong.append(english)
    assert wrong == []


def _holes(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)[^}]*\}", text))


def test_no_visible_words_escape_translation() -> None:
    found = []
    for path in sorted(WINDOW.rglob("*.py")):
        if path.name in ("screens.py", "tutorial.py"):  # makes pictures for us; its words are those of a made-up desk
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                at = SHOWS.get(called, -1)
                if 0 <= at < len(node.args) and (said := _bare(node.args[at])):
                    found.append(f"{path.name}:{node.lineno}: {said}")
    assert found == []


def _bare(node: ast.expr) -> str:
    """Return words written in place, "" when there are none."""
    match node:
        case ast.Constant(value=str(text)):
            return text if re.search(r"[^\W\d_]{2}", text) and text not in ("FOIADesk",) else ""
        case ast.JoinedStr():
            parts = [str(part.value) for part in node.values if isinstance(part, ast.Constant)]
            return next((part for part in parts if re.search(r"[^\W\d_]{2}", part)), "")
        case ast.IfExp():
            return _bare(node.body) or _bare(node.orelse)
        case ast.BinOp():
            return _bare(node.left) or _bare(node.right)
    return ""


def test_no_sentence_is_translated_before_the_language_is_known() -> None:
    found = []
    for path in sorted(WINDOW.rglob("*.py")):
        found += [f"{path.name}:{node.lineno}" for node in _at_import(ast.parse(path.read_text("utf-8")))]
    assert found == []


def _at_import(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext"):
            yield node
        yield from _at_import(node)


def test_words_made_before_they_are_translated_are_refused(tmp_path: Path) -> None:
    for folder in ("foiadesk/records", "ui/foiadesk_ui"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "foiadesk/records/errors.py").write_text("class KnownError(Exception): ...\n")
    (tmp_path / "ui/foiadesk_ui/page.py").write_text("label(_(f'Hello {name}'))\n")
    with pytest.raises(ValueError, match="words made before"):
        translations.gather(tmp_path)


def test_every_table_of_words_is_there() -> None:
    for name, tables in translations.TABLES.items():
        tree = ast.parse((translations.ROOT / name).read_text("utf-8"))
        for table in tables:
            assert any(translations._table(statement, table) is not None for statement in tree.body), (name, table)
