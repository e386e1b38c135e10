"""Reads a CSV file of opening balances; every mistake is told with its line."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from bot.mistakes import Mistake, near
from domain.leave.accrual import opening
from domain.leave.ledger import Entry
from domain.leave.rules import THOUSANDTHS, LeaveRule
from domain.people import Organization
from usecases.ports import World
from usecases.values import KINDS

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {  # what each column may be called
    "who": ("userid", "员工编号", "工号", "name", "姓名", "员工"),
    "type": ("type", "假期", "假期类型", "类型", "leave_type"),
    "amount": ("days", "天数", "余额", "数量", "amount", "hours", "小时"),
    "as_of": ("as_of", "截至", "截至日期", "日期"),
    "expires": ("expires", "有效期至", "到期", "到期日"),
}
_MOST: Final = 10_000
_YEARS: Final = range(2000, 2101)


@dataclass(slots=True)
class BalanceFile:
    """The rows of a file as entries; `mistakes` are all that was found wrong, in the order of the lines."""

    path: Path
    world: World
    by: str = ""
    entries: dict[str, Entry] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    _lines: dict[str, int] = field(default_factory=dict)

    def read(self) -> None:
        """Read it. Raises ValueError where it is no such file at all."""
        rows = csv.reader(_text(self.path).splitlines(), strict=False)
        heads = _heads(next(rows, []), str(self.path))
        for row in rows:
            cells = {name: row[place].strip() if place < len(row) else "" for name, place in heads.items()}
            if any(cells.values()):
                self._row(rows.line_num, cells)

    def _row(self, line: int, cells: Mapping[str, str]) -> None:
        before = len(self.mistakes)
        person = self._person(line, cells["who"])
        rule = self._rule(line, cells["type"])
        amount = self._amount(line, cells["amount"])
        day = self._date(line, "as_of", cells["as_of"])
        until = self._date(line, "expires", cells["expires"]) if cells.get("expires") else None
        if day and until and until < day:
            self._wrong(line, "expires", f"有效期 {until} 早于截至日期 {day}")
        if len(self.mistakes) > before or rule is None or day is None:
            return
        words = f"{self.path.name}:{line}"
        entry = opening(rule, person, day, amount, until, self.by, words)
        if entry.id in self.entries:
            self._wrong(line, "", f"和第 {self._lines[entry.id]} 行是同一个人、同一种假、同一天")
            return
        self.entries[entry.id], self._lines[entry.id] = entry, line

    def _person(self, line: int, said: str) -> str:
        organization: Organization = self.world.organization
        if organization.find(said):
            return said
        several = organization.named(said)
        if len(several) > 1:
            which = "、".join(one.userid for one in several)
            self._wrong(line, "who", f"有几位{said}，请写员工编号：{which}")
        elif not several:
            self._wrong(line, "who", f"通讯录里没有“{said}”{near(said, organization.names)}")
        return several[0].userid if several else ""

    def _rule(self, line: int, said: str) -> LeaveRule | None:
        labels = labels_of(self.world)
        ids = {label: key for key, label in labels.items()} | {key: key for key in self.world.leave}
        key = ids.get(said, said)
        if key in self.world.leave:
            return self.world.leave[key]
        if key in labels:
            self._wrong(line, "type", f'“{said}”没有余额规则：先在配置里加一段 [[leave]]，type = "{key}"')
        else:
            self._wrong(line, "type", f"没有叫“{said}”的假{near(said, ids)}")
        return None

    def _amount(self, line: int, said: str) -> int:
        try:
            number = Decimal(said.removesuffix("天").removesuffix("小时").strip())
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            self._wrong(line, "amount", f"“{said}”不是数字")
        elif not 0 <= number <= _MOST:
            self._wrong(line, "amount", f"{said} 不在 0 到 {_MOST} 之间")
        else:
            return round(number * THOUSANDTHS)
        return 0

    def _date(self, line: int, column: str, said: str) -> date | None:
        parts = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", said)
        try:
            found = date(*map(int, parts.groups())) if parts else None
        except ValueError:
            found = None
        if found is None or found.year not in _YEARS:
            self._wrong(line, column, f"“{said}”不是日期，写成 2026-01-31")
            return None
        return found

    def _wrong(self, line: int, column: str, text: str) -> None:
        self.mistakes.append(Mistake(file=str(self.path), line=line, key=column, text=text))


def labels_of(world: World) -> Mapping[str, str]:
    """What the leave form calls each type."""
    flow = world.flows.get(KINDS["leave"])
    return next((one.options for one in flow.fields if one.id == "leave_type"), {}) if flow else {}


def _text(path: Path) -> str:
    """UTF-8 with or without a mark, or what Excel writes in China. Raises ValueError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ValueError(f"读不到 {path}：{error.strerror}") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError(f"{path} 不是文本文件：请另存为 CSV（UTF-8）")


def _heads(row: Iterable[str], path: str) -> dict[str, int]:
    """Where each column stands; the person's id wins over the name. Raises ValueError."""
    titles = [cell.strip().lower() for cell in row]
    found = {}
    for name, known in COLUMNS.items():
        place = next((titles.index(title) for title in known if title in titles), None)
        if place is not None:
            found[name] = place
        elif name != "expires":
            has = "、".join(filter(None, titles)) or "空"
            raise ValueError(f"{path} 第 1 行：缺少“{known[1]}”一列；现在有：{has}。{EXAMPLE}")
    return found


EXAMPLE: Final = "第一行写：员工编号,假期类型,天数,截至,有效期至"
