"""The numbers in a detail row: counts with their measure words, prices, sums; and where one item ends. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from domain.approvals.flow import NUMBERS, Column
from language.lexer import scan
from language.numerals import number
from language.patterns import HAN, late
from language.spelling import folded

Kind = Literal["label", "sum", "each", "money", "count", "bare"]
CELLS: Final = late(r"[|｜\t]")
_UNITS: Final = "|".join(  # longest first
    "平方米 立方米 公斤 千克 公里 平米 小时 人次 kg(?![a-z]) 个 件 台 箱 包(?!装) 盒 支 只 把 张 本 册 套 瓶 桶 袋 双 条 根 片 卷 捆 批 辆 部 "
    "份 次(?!性) 人(?!间) 位 桌 间 晚 天 米 吨 斤 克 升 颗 粒 枚 副 对 组 罐 听 板 扎 车 棵 株 顶 面 架 幅 篇 页 节 款 杯 碗 趟".split()
)
_UNIT: Final = rf"(?:{_UNITS})"
_DIGITS: Final = r"(?>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?)"
_SPOKEN: Final = r"(?>[一两二三四五六七八九十百千][零一二两三四五六七八九十百千]{0,8})"
_ALONE: Final = r"(?<![a-z\d.#])(?<![a-z\d]-)"  # no part of A4, M3.5, G102
_ANY: Final = rf"{_UNIT}|{HAN}(?<![元块圆角分毛万千号年月日点])(?=[\s\d×x*¥]|$|每|单价)"
_KILO: Final = r"(?:\s?(?P<{0}>万|千|k(?![a-z])))?"
_YUAN: Final = r"\s?(?:元|块钱?|圆|rmb|人民币)"
_TAIL: Final = r"(?:(?P<{0}>\d{{1,2}}(?![\d.])|[一二三四五六七八九](?!个))\s?[毛角]?)?"
_PER: Final = rf"(?P<per>\s?(?:/|每|一)\s?(?:{_UNIT}))?"
_OTHER: Final = r"(?![\d.]*[a-z%‰°℃#号寸代级期年月日点时分秒层楼路线#届度])(?!\.\d)"
_LONG: Final = 20  # characters of a number
_FAR: Final = {"万": 10000, "千": 1000, "k": 1000}
_SOFT: Final = late(rf"(?<=\d),(?=\d{{3}}(?!\d))|([;；，,、。+＋]|(?<={HAN})和(?=[\d一两二三四五六七八九十]))")
_PLACE: Final = late(r"^\s*(?:[-*•·]\s+|[(（]\d{1,3}[)）]\s*|\d{1,3}(?:[.．](?!\d)|[)）、:：])\s*|[①-⑳]\s*)")
_EDGE: Final = " \t\u3000:：-—–=＝,，、。.;；×*·|/的~～"
_FILLER: Final = late(
    r"^(?:大概|大约|差不多|约|是|和(?=\s)|还有|以及|另外|加上|分别|其中|各)+|"
    r"(?:大概|大约|差不多|约|花了|用了|一共|总共|共|左右|各|是|为|每|单价|[¥￥$@xX])+$|"
    r"^(?:谢谢.{0,4}|麻烦了?|请审批|请批准|辛苦了?|以上|就这些|左右|钱|了|吧|元|等)$"
)
_DATES: Final = ("date", "monthday", "inmonth", "relative", "weekday", "daynum")
_NUMBERED: Final = late(r"(?:号|号码|编号|电话|尾号)[:是为]?\s?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A number: where it stands, what it is worth, what it counts. `column`: where a label names it."""

    kind: Kind
    start: int
    end: int
    value: Decimal
    unit: str = ""
    column: str = ""


class Marks:
    """What numbers mean for these columns: the first number is the count, the first money the price."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.count = next((one.id for one in columns if one.type == "number"), "")
        self.money = next((one.id for one in columns if one.type == "money"), "")
        self.unit = next((one.id for one in columns if one.id == "unit" and one.type == "text"), "")
        self._labels = {folded(one.label).lower(): one.id for one in columns if one.type in NUMBERS}
        self._rule = re.compile("|".join(self._rules()), re.I)

    def _rules(self) -> Iterator[str]:
        labels = "|".join(re.escape(label) for label in sorted(self._labels, key=len, reverse=True)) or "(?!)"
        yield (
            rf"(?<!{HAN})(?P<name>{labels})\s?[:是为]?\s?[¥$]?\s?(?P<n0>{_DIGITS})"
            rf"{_KILO.format('k0')}(?:{_YUAN}|\s?(?P<u0>{_UNIT}))?"
        )
        if self.money:
            yield (
                r"(?P<sum>一共|总共|共计|合计|总计|小计|总价|总额|共|=|大概|大约|差不多|预算|预计)\s?[:是为]?\s?[¥$]?\s?"
                rf"(?P<n1>{_DIGITS}|{_SPOKEN}(?={_YUAN}))(?!\s?(?:{_UNIT})){_KILO.format('k1')}(?:{_YUAN})?"
            )
            each = rf"(?:每\s?(?:{_UNIT})?|单价|@)\s?[:是为约]?\s?[¥$]?\s?"
            each += rf"(?P<n2>{_DIGITS}|{_SPOKEN}(?={_YUAN}))"
            yield rf"{each}{_KILO.format('k2')}(?:{_YUAN}{_TAIL.format('t2')})?"
            yield rf"(?P<front>[¥$]\s?)(?P<n3>{_DIGITS}){_KILO.format('k3')}(?:{_YUAN})?{_PER}"
            money = rf"{_ALONE}(?P<n4>{_DIGITS}|{_SPOKEN}){_KILO.format('k4')}"
            yield rf"{money}(?P<yuan>{_YUAN}){_TAIL.format('t4')}{_PER.replace('<per>', '<per4>')}"
            yield rf"{_ALONE}(?P<n5>{_DIGITS})\s?(?P<k5>万|千|k(?![a-z]))"
        if self.count:
            yield rf"{_ALONE}(?P<n6>{_DIGITS}|{_SPOKEN})\s?(?P<u6>{_ANY})"
        counts = "" if self.count else rf"(?!\s?(?:{_UNIT}))"
        yield rf"{_ALONE}(?<![a-z]\s)(?P<n7>{_DIGITS}){counts}(?!{_YUAN}){_OTHER}"

    def find(self, text: str) -> Iterator[Mark]:
        """The numbers in the text, in order; of others (telephones, invoices, sizes) nothing is said."""
        for found in self._rule.finditer(text):
            said = {key: value.lower() for key, value in found.groupdict().items() if value}
            digit = next(key[1:] for key in said if re.fullmatch(r"n\d", key))
            written, kind = said[f"n{digit}"], _kind(said, digit)
            if kind == "bare" and (
                len(written) > 9 or _NUMBERED.search(text[max(0, found.start() - 6) : found.start()])
            ):
                continue
            if kind == "bare" and not self.count and not self.money:
                continue
            value = _worth(written, said.get(f"k{digit}", ""), said.get(f"t{digit}", ""))
            if value is not None:
                column = self._labels.get(said.get("name", ""), "")
                unit = said.get(f"u{digit}", "")
                yield Mark(kind=kind, start=found.start(), end=found.end(), value=value, unit=unit, column=column)


def _kind(said: dict[str, str], digit: str) -> Kind:
    if digit in "34":
        return "each" if said.get("per") or said.get("per4") else "money"
    kinds: dict[str, Kind] = {"0": "label", "1": "sum", "2": "each", "5": "money", "6": "count"}
    return kinds.get(digit, "bare")


def _worth(written: str, kilo: str, tail: str) -> Decimal | None:
    """The number exactly: 1,280.50; 1.2万; 45块5. None for one that nothing can cost or count."""
    if len(written) > _LONG:
        return None
    if written[0].isdigit():
        value = Decimal(written.replace(",", ""))
    else:
        said = number(written)
        if said is None:
            return None
        value = Decimal(str(said))
    value *= _FAR.get(kilo, 1)
    if tail:
        digits = tail if tail.isdigit() else str(int(number(tail) or 0))
        value += Decimal(digits).scaleb(-len(digits))
    return value


def cell_number(cell: str) -> Decimal | None:
    """The number in a cell of a table, with its currency or measure word; None for anything else."""
    found = re.fullmatch(rf"[¥$]?\s?({_DIGITS})(?:{_YUAN}|\s?(?:{_UNIT}))?", folded(cell), re.I)
    return Decimal(found[1].replace(",", "")) if found and len(found[1]) <= _LONG else None


def pieces(line: str) -> Iterator[tuple[str, str]]:
    """What stands between commas, and what stands before it: 、 or ，; without numbering in front."""
    begin, apart = 0, ""
    line = _numberless(line)
    for found in _SOFT.finditer(line):
        if found[1]:
            yield _PLACE.sub("", line[begin : found.start()], count=1), apart
            begin, apart = found.end(), "、" if found[1] == "、" else "，"
    yield _PLACE.sub("", line[begin:], count=1), apart


def _numberless(line: str) -> str:
    """1、打车 45 2、午餐 128 without its numbering, with commas there."""
    first = re.match(r"\s*1\s?([、.．)）:：])\s*(?!\d)", line)
    if first is None:
        return _PLACE.sub("", line, count=1)
    left, place, found = line[first.end() :], 2, []
    while (mark := f" {place}{first[1]}") in left:
        before, _, left = left.partition(mark)
        found.append(before)
        place += 1
    return "；".join([*found, left])


_SO_MANY: Final = late(r"^(?:[一二两三四五六七八九十几]+[笔项][，,\s]*)+")  # 两笔，一笔打车
_SEVERAL: Final = late(r"[二两三四五六七八九十几]+[笔项]")


def named(text: str) -> str:
    """The words as a name: without what only leads to it; "" where nothing else was said."""
    name, before = text.strip(_EDGE), None
    while name != before:
        before, name = name, _FILLER.sub("", name).strip(_EDGE)
    name = _SO_MANY.sub("", name) or ("" if _SEVERAL.fullmatch(name) else name)
    if name.count("(") + name.count("（") != name.count(")") + name.count("）"):
        name = name.strip("()（） ")
    return name


def dates(seen: str, written: str) -> tuple[str, list[str]]:
    """The text with the days in it blacked out, so that their numbers are none of the row's; and these days."""
    days: list[str] = []
    for token in scan(seen):
        short = token.kind == "numeric" and token.get("sep") in ("-", "/") and not seen[: token.start].strip()
        if token.kind in _DATES or short:
            days.append(written[token.start : token.end])
            seen = seen[: token.start] + "\ue000" * (token.end - token.start) + seen[token.end :]
    return seen, days
