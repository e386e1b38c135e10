"""Reads a CSV file of opening balances; every mistake is told with its line."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final, Literal

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
    "amount": ("days", "天数", "余额", "数量", "amount", "hours", "小时", "小时数"),
    "as_of": ("as_of", "截至", "截至日期", "日期"),
    "expires": ("expires", "有效期至", "到期", "到期日"),
}
_UNITS: Final[Mapping[str, Literal["day", "hour"]]] = {  # others count in the unit of the type's rule
    "days": "day", "天数": "day", "天": "day", "hours": "hour", "小时": "hour", "小时数": "hour",
}  # fmt: skip
_MOST: Final = 10_000
_FINEST: Final = Decimal(1) / THOUSANDTHS
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
    _counts: str = ""  # what the column of amounts is called

    def read(self) -> None:
        """Read it. Raises ValueError where it is no such file at all."""
        rows = csv.reader(_text(self.path).splitlines(), strict=False)
        try:
            titles = [cell.strip().lower() for cell in next(rows, [])]
            heads = _heads(titles, str(self.path))
            self._counts = titles[heads["amount"]]
            for row in rows:
                cells = {name: row[place].strip() if place < len(row) else "" for name, place in heads.items()}
                if any(cells.values()):
                    self._row(rows.line_num, cells)
        except csv.Error:
            raise ValueError(f"{self.path} 第 {rows.line_num} 行：这一格太长，可能少了一个引号") from None

    def _row(self, line: int, cells: Mapping[str, str]) -> None:
        before = len(self.mistakes)
        person = self._person(line, cells["who"])
        rule = self._rule(line, cells["type"])
        amount = self._amount(line, cells["amount"], rule)
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

    def _amount(self, line: int, said: str, rule: LeaveRule | None) -> int:
        """In thousandths of the rule's unit. A unit in the cell wins over that of the column."""
        unit = next((one for one in ("小时", "天") if said.endswith(one)), "")
        try:
            number = Decimal(said.removesuffix(unit).strip())
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            self._wrong(line, "amount", f"“{said}”不是数字")
        elif not 0 <= number <= _MOST:
            self._wrong(line, "amount", f"{said} 不在 0 到 {_MOST} 之间")
        elif number % _FINEST:
            self._wrong(line, "amount", f"{said} 太细，小数点后最多三位")
        elif rule is not None:
            counted = _UNITS.get(unit or self._counts, rule.unit)
            return rule.amount(hours=float(number)) if counted == "hour" else rule.amount(days=float(number))
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


def _heads(titles: Sequence[str], path: str) -> dict[str, int]:
    """Where each column stands; the person's id wins over the name. Raises ValueError, also for two amounts."""
    found = {}
    for name, known in COLUMNS.items():
        places = [place for title in known for place, one in enumerate(titles) if one == title]
        if name == "amount" and len(places) > 1:
            raise ValueError(
                f"{path} 第 1 行：有几列都是余额（{'、'.join(titles[one] for one in places)}），请只留一列"
            )
        if places:
            found[name] = places[0]
        elif name != "expires":
            has = "、".join(filter(None, titles)) or "空"
            raise ValueError(f"{path} 第 1 行：缺少“{known[1]}”一列；现在有：{has}。{EXAMPLE}")
    return found


EXAMPLE: Final = "第一行写：员工编号,假期类型,天数,截至,有效期至"
