"""Cells of spreadsheets as text: one piece a sheet, its name first, cells between tabs. Runs in the worker only."""

import re
from datetime import datetime, timedelta
from typing import Any

from foiadesk.intake.markup import Attributes, Gathered, Reader, local, number
from foiadesk.intake.office import may, must
from foiadesk.intake.refusals import Refusal

_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_MAX_COLUMN = 16_384
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a cell has no zone
_RELATION = re.compile(r"worksheets/[^/]+\.xml\Z")


class _Strings(Reader):
    """xl/sharedStrings.xml: one text for each <si>."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.phonetic = 0

    def start(self, name: str, _given: Attributes) -> None:
        if name == "si":
            self.out.clear()
        elif name == "rPh":
            self.phonetic += 1
        elif name == "t":
            self.hearing = not self.phonetic

    def end(self, name: str) -> None:
        if name == "si":
            self.found.append(self.text())
        elif name == "rPh":
            self.phonetic -= 1
        elif name == "t":
            self.hearing = False


class _Sheet(Reader):
    """xl/worksheets/sheetN.xml."""

    def __init__(self, strings: list[str], dated: frozenset[int], epoch: datetime) -> None:
        super().__init__()
        self._strings, self._dated, self._epoch = strings, dated, epoch
        self._kind = ""
        self._style = 0
        self._held: list[str] = []
        self._column = self._at = 0

    def start(self, name: str, given: Attributes) -> None:
        if name == "row":
            self._at = 0
        elif name == "c":
            self._kind, self._style = local(given, "t"), number(local(given, "s"))
            self._held.clear()
            self._column = _column(local(given, "r")) or self._column + 1
        elif name in ("v", "t"):
            self.hearing = True

    def _heard(self, text: str) -> None:
        if self.hearing:
            self._held.append(text)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self.hearing = False
        elif name == "c":
            text = self._value("".join(self._held))
            if text:
                self.put("\t" * (self._column - 1 - self._at if self._column > self._at else 0))
                self._at = max(self._at, self._column - 1)
                self.put(text.replace("\n", " ").replace("\t", " "))
        elif name == "row":
            self._column = 0
            self.put("\n")

    def _value(self, raw: str) -> str:
        if self._kind == "s":
            place = number(raw.strip(), -1)
            return self._strings[place] if 0 <= place < len(self._strings) else ""
        if self._kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(raw.strip(), raw)
        if self._kind in ("", "n") and self._style in self._dated:
            return _as_date(raw, self._epoch)
        return raw


def _column(reference: str) -> int:
    """Return the number of the column in a reference like "AB12", from 1; 0 when it is none."""
    found = 0
    for char in reference[:3]:
        if not "A" <= char <= "Z":
            break
        found = found * 26 + ord(char) - 64
    return found if found <= _MAX_COLUMN else 0


def _as_date(raw: str, epoch: datetime) -> str:
    try:
        moment = epoch + timedelta(seconds=round(float(raw) * 86_400))
    except (ValueError, OverflowError):
        return raw
    text = moment.isoformat(" ", "minutes")
    return text.removesuffix(" 00:00")


def _dated_styles(archive: Any) -> frozenset[int]:
    """Return the places of cell formats that show a number as a date."""
    custom: set[int] = set()
    formats: list[int] = []
    within = False

    def named(given: Attributes) -> None:
        code = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", local(given, "formatCode"))
        if re.search(r"[dy]|m(?!\w*0)", code, re.IGNORECASE) and "#" not in code:
            custom.add(number(local(given, "numFmtId"), -1))

    def opened(_given: Attributes) -> None:
        nonlocal within
        within = True

    def closed(_given: Attributes) -> None:
        nonlocal within
        within = False

    def used(given: Attributes) -> None:
        if within:
            formats.append(number(local(given, "numFmtId"), 0))

    styles = may(archive, "xl/styles.xml")
    if styles:
        Gathered({"numFmt": named, "cellXfs": opened, "cellStyles": closed, "dxfs": closed, "xf": used}).feed(styles)
    return frozenset(place for place, kind in enumerate(formats) if kind in _BUILT_IN_DATES or kind in custom)


def xlsx_sheets(archive: Any) -> list[str]:
    """Return the text of each sheet of a workbook. Raises Refusal."""
    sheets: list[tuple[str, str]] = []
    targets: dict[str, str] = {}
    epoch = _EPOCH

    def told(given: Attributes) -> None:
        nonlocal epoch
        if local(given, "date1904") in ("1", "true"):
            epoch = _EPOCH_1904

    def related(given: Attributes) -> None:
        targets[local(given, "Id")] = local(given, "Target")

    book = Gathered(
        {"sheet": lambda given: sheets.append((local(given, "name"), _relation(given))), "workbookPr": told}
    )
    book.feed(must(archive, "xl/workbook.xml"))
    relations = may(archive, "xl/_rels/workbook.xml.rels")
    if relations:
        Gathered({"Relationship": related}).feed(relations)
    strings = _Strings()
    shared = may(archive, "xl/sharedStrings.xml")
    if shared:
        strings.feed(shared)
    dated = _dated_styles(archive)
    texts = []
    for name, relation in sheets:
        target = _RELATION.search(targets.get(relation, ""))
        data = may(archive, "xl/" + target[0]) if target else b""
        if not data:
            continue
        reader = _Sheet(strings.found, dated, epoch)
        reader.put(f"{name}\n")
        reader.feed(data)
        texts.append(reader.text())
    if not texts:
        raise Refusal("damaged_office")
    return texts


def _relation(given: Attributes) -> str:
    return next((value for key, value in given.items() if key.endswith(":id")), "")


class _OpenSheets(Reader):
    """content.xml of an OpenDocument spreadsheet."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._row: list[str] = []
        self._cell: list[str] = []
        self._repeated = 1
        self._paragraphs = 0

    def start(self, name: str, given: Attributes) -> None:
        if name == "table":
            self.out.clear()
            self.put(local(given, "name") + "\n")
        elif name == "table-row":
            self._row = []
        elif name in ("table-cell", "covered-table-cell"):
            self._cell = []
            self._repeated = number(local(given, "number-columns-repeated", "1"), 1)
        elif name == "p":
            if self._cell:
                self._cell.append(" ")
            self._paragraphs += 1
        elif name == "s" and self._paragraphs:
            self._cell.append(" ")

    def _heard(self, text: str) -> None:
        if self._paragraphs:
            self._cell.append(text)

    def end(self, name: str) -> None:
        if name == "p":
            self._paragraphs = max(0, self._paragraphs - 1)
        elif name in ("table-cell", "covered-table-cell"):
            text = "".join(self._cell).replace("\t", " ").replace("\n", " ")
            times = min(self._repeated, 64 if text else _MAX_COLUMN)
            if len(self._row) + times <= _MAX_COLUMN:
                self._row.extend([text] * times)
        elif name == "table-row":
            while self._row and not self._row[-1]:
                self._row.pop()
            if self._row:
                self.put("\t".join(self._row) + "\n")
        elif name == "table":
            self.texts.append(self.text())


def ods_sheets(archive: Any) -> list[str]:
    """Return the text of each sheet of an OpenDocument spreadsheet. Raises Refusal."""
    reader = _OpenSheets()
    reader.feed(must(archive, "content.xml"))
    if not reader.texts:
        raise Refusal("damaged_office")
    return reader.texts
