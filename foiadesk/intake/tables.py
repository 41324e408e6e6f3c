"""A table out of a file: CSV in any dialect, or the first sheet of a spreadsheet. Runs in the worker only."""

import csv
from collections.abc import Iterable

from foiadesk.intake.charsets import decode, readable
from foiadesk.intake.names import without_controls
from foiadesk.intake.refusals import Refusal

ROWS_AT_MOST = 50_000
COLUMNS_AT_MOST = 200
CELL_AT_MOST = 20_000  # characters; a longer cell is cut
_LOOKED_AT = 65_536  # characters that tell the dialect
_DELIMITERS = ",;\t|"

Table = list[list[str]]


def csv_table(data: bytes) -> Table:
    """Return the rows of a CSV file as text, nothing in a cell ever being worked out. Raises Refusal."""
    text = readable(decode(data)[0])
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))  # the whole process has one: it never shrinks
    reader = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text), strict=False)
    try:
        return _whole(reader)
    except csv.Error:
        raise Refusal("no_table") from None


def sheet_table(text: str) -> Table:
    """Return the rows of a sheet as the office reader gives it: its name on the first line, cells between tabs."""
    return _whole(line.split("\t") for line in text.split("\n")[1:])


def _delimiter(text: str) -> str:
    """Return what stands between cells: of the usual marks the one that cuts the first lines alike, and most."""
    best, most = ",", 0
    lines = text[:_LOOKED_AT].split("\n")[:50]
    for mark in _DELIMITERS:
        widths = [len(row) for row in csv.reader(lines, delimiter=mark, strict=False) if row]
        if widths and widths[0] > 1:
            alike = widths.count(widths[0]) * widths[0]
            if alike > most:
                best, most = mark, alike
    return best


def _whole(rows: Iterable[list[str]]) -> Table:
    found: Table = []
    for row in rows:
        cells = [_cell(cell) for cell in row[:COLUMNS_AT_MOST]]
        while cells and not cells[-1]:
            cells.pop()
        if not cells and not found:
            continue  # above the names; below them an empty row keeps its number
        found.append(cells)
        if len(found) > ROWS_AT_MOST:
            raise Refusal("big_table", rows=ROWS_AT_MOST)
    while found and not found[-1]:
        found.pop()
    if not found:
        raise Refusal("no_table")
    return found


def _cell(text: str) -> str:
    lines = (without_controls(line) for line in text[:CELL_AT_MOST].split("\n"))
    return "\n".join(lines).strip()
