"""Workbooks for Excel: what is text stays text, whatever it begins with."""

import io
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

import xlsxwriter

from cards.sheets import Cell, Sheet

_OPTIONS: Final = {  # row after row to the disk; neither =1+1 nor http://… becomes more than text
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
_NAME, _TEXT, _ROWS = 31, 32_767, 1_048_575  # what Excel takes: characters of a name, of a cell; rows below the head
_WIDE = 12  # characters


def xlsx(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as a file. Takes a second for 20,000 rows: call it in a worker thread."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        formats = {
            "head": book.add_format({"bold": True, "bg_color": "#E8F3F1", "bottom": 1, "bottom_color": "#16A394"}),
            "percent": book.add_format({"num_format": "0.0%"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        for place, sheet in enumerate(sheets, start=1):
            _write(book.add_worksheet(_named(sheet.name, place)), sheet, formats)
    return buffer.getvalue()


def _named(name: str, place: int) -> str:
    """A name that Excel takes."""
    fit = _FORBIDDEN.sub(" ", name).strip().strip("'")
    return fit[:_NAME] or str(place)


def _write(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    for place in range(len(sheet.head)):
        page.set_column(place, place, sheet.wide[place] if place < len(sheet.wide) else _WIDE)
    page.freeze_panes(1, 0)
    for place, said in enumerate(sheet.head):
        page.write_string(0, place, said, formats["head"])
    for line, row in enumerate(sheet.rows[:_ROWS], start=1):
        for place, cell in enumerate(row):
            _cell(page, line, place, cell, formats["percent"] if place in sheet.percents else None, formats)
    if sheet.rows:
        page.autofilter(0, 0, min(len(sheet.rows), _ROWS), len(sheet.head) - 1)


def _cell(page: Any, line: int, place: int, cell: Cell, shown: Any, formats: dict[str, Any]) -> None:
    match cell:
        case None:
            return
        case str():
            page.write_string(line, place, cell[:_TEXT])
        case datetime():  # of the office's zone; Excel knows none
            page.write_datetime(line, place, cell.replace(tzinfo=None), formats["moment"])
        case date():
            page.write_datetime(line, place, cell, formats["date"])
        case _:
            page.write_number(line, place, cell, shown)
