"""Words to detail rows: 打车 45.5，午餐 128 元; A4纸 10 包 每包 25 元; one a line; or cells with | or tabs between. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

from domain.approvals.flow import Column
from domain.approvals.rows import CENT, MOST_ROWS, shortest
from domain.approvals.values import Row
from domain.errors import RowsWrong
from language.english import speaks
from language.english.items import Item, items
from language.patterns import late
from language.reading import understand
from language.rowmarks import CELLS, Mark, Marks, cell_number, dates, named, pieces
from language.spelling import LONGEST, folded

_AND: Final = late(r"^(?:和(?!平)|跟|及|与)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a list says. `total`: what is said to be the sum of it. `explicit`: a price for each piece was named, so
    that one row alone is a list, too."""

    rows: tuple[Row, ...] = ()
    total: Decimal | None = None
    explicit: bool = False

    @property
    def is_list(self) -> bool:
        """Whether the words surely name items, and not one sum alone."""
        return len(self.rows) > 1 or (self.explicit and bool(self.rows))


def read_rows(text: str, columns: Sequence[Column], now: datetime, *, strict: bool = True) -> Listed:
    """The rows that the words list; none where no item is named. `strict`: whoever was asked for a list also named
    what has no number; otherwise such words only go along. Raises RowsWrong, and says which row."""
    if len(text) >= LONGEST:
        raise RowsWrong(f"写得太长（最多 {LONGEST} 个字），请分几次列")
    reading = _Reading(columns=columns, now=now, strict=strict, marks=Marks(columns))
    for line in text.splitlines():
        cells = [cell.strip() for cell in CELLS.split(line)]
        if len(cells) > 1:
            reading.cells(cells)
        else:
            reading.line(line)
    return reading.listed()


def first_text(columns: Sequence[Column]) -> Column:
    """The column in which the name of an item stands."""
    return next(column for column in columns if column.type == "text")


@dataclass(slots=True, kw_only=True)
class _Item:
    """A row while it is read."""

    names: list[str] = field(default_factory=list)
    said: Row = field(default_factory=dict)
    numbers: dict[str, Decimal] = field(default_factory=dict)
    shared: Decimal | None = None  # 共 250: of all pieces together
    wrote: str = ""  # the count as it was written: it may turn out to be a part of the name


@dataclass(slots=True, kw_only=True)
class _Reading:
    """A list while it is read, word by word. `waiting`: words behind a number, of which the next number tells whether
    they begin a new row."""

    columns: Sequence[Column]
    now: datetime
    strict: bool
    marks: Marks
    items: list[_Item] = field(default_factory=list)
    here: _Item = field(default_factory=_Item)
    waiting: list[tuple[str, str]] = field(default_factory=list)
    explicit: bool = False

    def cells(self, cells: list[str]) -> None:
        """A line of a table: the columns in their order; its heading says nothing."""
        self._close()
        labels = [column.label for column in self.columns]
        if all(cell in (*labels, "") for cell in cells):
            return
        place = len(self.items) + 1
        if len(cells) > len(labels):
            raise RowsWrong(f"第 {place} 笔有 {len(cells)} 栏，最多 {len(labels)} 栏：{'、'.join(labels)}")
        for column, cell in zip(self.columns, cells, strict=False):
            if cell and column.type in ("number", "money"):
                count = cell_number(cell)
                if count is None:
                    raise RowsWrong(f"第 {place} 笔的{column.label}要写数字，不是“{cell[:20]}”")
                self.here.numbers[column.id] = count
            elif cell:
                self.here.said[column.id] = self._cell(column, cell)
        self._close()

    def _cell(self, column: Column, cell: str) -> str:
        if column.type == "choice":
            return next((key for key, label in column.options.items() if cell in (key, label)), cell)
        if column.type == "date":
            return (understand(cell, self.now, kind="expense").start or cell)[:10]
        return cell

    def line(self, line: str) -> None:
        """A line of words: pieces with commas between, each with names and numbers."""
        if speaks(line) and (found := items(line)):
            for one in found:
                self._english(one)
            return
        for piece, apart in pieces(line):
            seen, at = folded(piece), 0
            for mark in self.marks.find(dates(seen, piece)[0]):
                self._words(piece[at : mark.start], apart if at == 0 else "")
                begins = apart == "，" and not piece[: mark.start].strip()
                self._number(mark, piece[mark.start : mark.end], begins=begins)
                at = mark.end
            self._words(piece[at:], apart if at == 0 else "")
        self._close()

    def _english(self, one: Item) -> None:
        count, price, money = one.count, one.price, self.marks.money
        if one.bare and self.marks.count:
            count, price = price, None
        self._close()
        self.here.names = [one.name] if one.name else []
        if count is not None and self.marks.count:
            self.here.numbers[self.marks.count] = count
            if one.unit and self.marks.unit:
                self.here.said[self.marks.unit] = one.unit
        if price is not None and money:
            many = count is not None and self.marks.count
            if one.each and count is not None and not self.marks.count:
                price *= count
            if one.name and many and not one.each:
                self.here.shared = price
            else:
                self.here.numbers[money] = price
            self.explicit |= bool(many)
        self._close()

    def _words(self, text: str, apart: str) -> None:
        """Words of a name, or of the next one. `apart`: the comma before them."""
        name = named(text)
        if not name:
            return
        if not self.here.numbers and self.here.shared is None:
            self.here.names.append((apart if self.here.names else "") + name)
        elif not self.here.names and not apart:
            self.here.names.append(name)  # 45.5 打车: the number came first
        else:
            self.waiting.append((name if apart else _AND.sub("", name), apart))

    def _number(self, mark: Mark, wrote: str, *, begins: bool) -> None:
        if begins and mark.kind == "sum":
            self._close()  # of the whole list
        column = self._column(mark)
        each = mark.kind == "each"
        if self.waiting and (column is None or (any(apart for _, apart in self.waiting) and not each)):
            self._next()
            column = self._column(mark)
        elif self.waiting:
            self.here.names += [name for name, _ in self.waiting]
            self.waiting.clear()
        elif column is None and mark.kind == "count" and self.here.wrote and not begins:
            self.here.names.append(self.here.wrote)  # 5kg 的大米 2 袋
            self._forget_count()
            column = self._column(mark)
        if column is None:
            self._close()
            column = self._column(mark)
        if column == "":
            self.here.shared = mark.value
        elif column is not None:
            self.here.numbers[column] = mark.value
            self.explicit |= each and self.marks.count in self.here.numbers
            if mark.kind == "count":
                self.here.wrote = wrote
                if mark.unit and self.marks.unit:
                    self.here.said[self.marks.unit] = mark.unit

    def _forget_count(self) -> None:
        self.here.numbers.pop(self.marks.count, None)
        self.here.said.pop(self.marks.unit, None)

    def _column(self, mark: Mark) -> str | None:
        """The column of the number; "" for what all pieces cost together; None where the row has that one already."""
        if mark.kind == "sum":
            return "" if self.here.shared is None and self.marks.money not in self.here.numbers else None
        wanted = {"count": (self.marks.count,), "money": (self.marks.money,), "each": (self.marks.money,)}
        for column in wanted.get(mark.kind, (mark.column,) if mark.column else (self.marks.count, self.marks.money)):
            if column and column not in self.here.numbers:
                return column
        return None

    def _next(self) -> None:
        """The words that wait begin a new row; those before the last comma have no number of their own."""
        waiting, self.waiting = self.waiting, []
        last = max((place for place, (_, apart) in enumerate(waiting) if apart == "，"), default=0)
        self._close()
        if self.strict:
            self.items += [_Item(names=[name]) for name, _ in waiting[:last]]
            waiting = waiting[last:]
        self.here.names = [apart * bool(place) + name for place, (name, apart) in enumerate(waiting)]

    def _close(self) -> None:
        """The row ends here."""
        here, waiting, self.here, self.waiting = self.here, self.waiting, _Item(), []
        while waiting and not (waiting[0][1] and self.strict):
            here.names.append(waiting.pop(0)[0])
        counted = bool(here.numbers) or here.shared is not None or bool(here.said)
        if counted or (here.names and self.strict):
            self.items.append(here)
        self.items += [_Item(names=[name]) for name, _ in waiting]
        if len(self.items) > MOST_ROWS + 1:
            raise RowsWrong(f"最多 {MOST_ROWS} 笔，请分成几张单子")

    def listed(self) -> Listed:
        """All rows; a sum without a name, at the beginning or the end, is that of the others."""
        items, total = self.items, None
        if not any(item.names or item.said for item in items):
            return Listed()
        for place in (-1, 0):
            if len(items) > 1 and total is None and (sum_ := self._sum_of(items[place])) is not None:
                total = sum_
                del items[place]
        if not any(item.numbers or item.shared is not None or item.said for item in items):
            return Listed()
        rows = tuple(self._row(place, item) for place, item in enumerate(items, start=1))
        return Listed(rows=rows, total=total, explicit=self.explicit)

    def _sum_of(self, item: _Item) -> Decimal | None:
        if item.names or item.said or set(item.numbers) - {self.marks.money}:
            return None
        return item.shared if item.shared is not None else item.numbers.get(self.marks.money)

    def _row(self, place: int, item: _Item) -> Row:
        row: Row = dict(item.said)
        name = self._picked(re.sub(r" (?=[，、])", "", " ".join(item.names)), row)
        if name:
            row[first_text(self.columns).id] = name
        if item.shared is not None and self.marks.money:
            count = item.numbers.get(self.marks.count, Decimal(1))
            price = (item.shared / count).quantize(CENT) if count else Decimal()
            if price * count != item.shared:
                raise RowsWrong(f"第 {place} 笔“{name}”共 {item.shared}，分给 {count} 份除不尽，请写单价")
            item.numbers[self.marks.money] = price
        row |= {key: shortest(said) for key, said in item.numbers.items()}
        return {column.id: row[column.id] for column in self.columns if column.id in row}

    def _picked(self, name: str, row: Row) -> str:
        """The name without what belongs to columns of choices and dates."""
        for column in self.columns:
            if column.id in row:
                continue
            if column.type == "choice":
                said = next(((key, label) for key, label in column.options.items() if label in name), None)
                if said:
                    row[column.id] = said[0]
                    name = re.sub(rf"(?:^|\s){re.escape(said[1])}(?=\s|$)", " ", name).strip() or name
            elif column.type == "date":
                _, days = dates(folded(name), name)
                start = understand(days[0], self.now, kind="expense").start if days else None
                if start:
                    row[column.id] = start[:10]
                    name = named(name.replace(days[0], " ", 1)) or name
        return name
