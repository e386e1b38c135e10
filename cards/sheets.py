"""Tables for a workbook, as values: for those who may have the details (R-SUM-2)."""

from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table with its `head`; `wide`: so many characters a column. Shares are numbers that are shown in percent
    where the column is in `percents`."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    wide: tuple[int, ...] = ()
    percents: frozenset[int] = frozenset()
