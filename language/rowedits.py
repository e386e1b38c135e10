"""Corrections of detail rows in words: 第2笔改成 60; 删掉第1笔; 再加一笔 停车 15; 午餐改成 60. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from domain.approvals.flow import NUMBERS, Column
from domain.approvals.rows import shortest
from domain.approvals.values import Row
from domain.errors import RowsWrong
from language.english import items, speaks
from language.numerals import number
from language.patterns import HAN, late
from language.rowmarks import Marks
from language.rows import first_text, read_rows
from language.spelling import folded

_OF: Final = r"\s?(?:笔|行|项|条|个|件|款|样)"
_N: Final = r"(?:\d{1,3}|[一二两三四五六七八九十百]{1,4})"
_PLACE: Final = (
    rf"(?P<places>第\s?{_N}(?:\s?[、和,]\s?第?\s?{_N})*{_OF}(?:[、和,]\s?第\s?{_N}{_OF})*|最后(?:一|1)?{_OF})"
)
_GONE: Final = r"(?:删掉|删除|删了|删去|去掉|去除|不要了?|取消)"
_BECOMES: Final = r"\s?(?:应该是|改成|改为|改到|换成|写成|改)\s?[:：]?\s?"
_BUT: Final = late(rf"[，,；;。\n]\s*(?=(?:把|将)?(?:第\s?{_N}(?:[、和]{_N})*{_OF}|最后一?{_OF})|{_GONE}|再加)")
_DELETED: Final = late(
    rf"(?:把|将)?\s?(?:{_GONE}\s?{_PLACE}|{_PLACE.replace('<places>', '<places2>')}\s?{_GONE})[。了吧\s]*"
)
_CLEARED: Final = late(rf"(?:清空|(?:全部?|都)?{_GONE}(?:全部|所有)的?)\s?明细?|明细(?:全部?|都){_GONE}")
_CHANGED: Final = late(
    rf"(?:把|将)?\s?{_PLACE}(?:{_BECOMES}|的?\s?(?P<column>{HAN}{{1,6}}?){_BECOMES})(?P<said>.+)", re.S
)
_NAMED: Final = late(r"(?:把|将)?\s?(?P<name>[^，,。；;\n]{1,40}?)\s?(?:改成|改为|换成)\s?[:：]?\s?(?P<said>[^\n]+)")
_NOT_BUT: Final = late(
    r"(?:那笔|那个)?(?P<name>[^，,。；;\n]{0,40}?)(?:的?(?:金额|价格|单价|数量))?(?:不是|不对,?\s?不是)\s?(?P<old>[^，,。；;\n]{1,20}?)\s?"
    r"[，,。；;\s]?\s?(?:而是|应该是|应为|是)\s?(?P<said>[^\n，,]+?)[。了吧\s]*"
)
_NAMED_GONE: Final = late(
    rf"(?:把|将)?\s?(?:{_GONE}\s?(?P<name>[^，,。\n]{{1,40}})|(?P<name2>[^，,。\n]{{1,40}}?)\s?{_GONE})[。了吧\s]*"
)
_ADDED: Final = late(
    rf"(?:请|帮我)?(?:(?:再|还要?)?(?:加上?|补充?|添加?|增加|报)\s?{_N}{_OF}|(?P<loose>再加上?|再报|还有|另外还有|另外|外加|补充))"
    r"[:：，,\s]*(?P<said>.+)",
    re.S,
)


def edited(text: str, rows: Sequence[Row], columns: Sequence[Column], now: datetime) -> list[Row] | None:
    """The rows as corrected; None where the words correct none. Places are those of `rows`, however many are removed.

    Raises RowsWrong for a row that there is not, or that is named by what several are called."""
    text = items.edit(text) if speaks(text) else text
    places: list[Row | None] = [dict(row) for row in rows]
    changed = False
    for part in _BUT.split(text.strip()):
        if not _one(part.strip(), places, len(rows), columns, now):
            if changed:
                raise RowsWrong(f"没看懂“{part.strip()[:20]}”，请一次说一处")
            return None
        changed = True
    return [row for row in places if row is not None]


def _one(part: str, places: list[Row | None], count: int, columns: Sequence[Column], now: datetime) -> bool:
    """Carry out one correction; False where it is none."""
    seen = folded(part)
    if _CLEARED.fullmatch(seen):
        places[:] = [None] * len(places)
        return True
    if found := _DELETED.fullmatch(seen):
        for place in _numbers(found["places"] or found["places2"], count):
            places[place] = None
        return True
    if found := _CHANGED.fullmatch(seen):
        said = part[found.start("said") :]
        for place in _numbers(found["places"], count):
            places[place] = {**(places[place] or {}), **_change(said, found["column"] or "", columns, now)}
        return True
    if found := _ADDED.fullmatch(seen):
        new = read_rows(part[found.start("said") :], columns, now)
        if new.rows and (places or not found["loose"] or new.is_list):
            places.extend(dict(row) for row in new.rows)
            return True
        if not found["loose"]:
            places.append(_change(part[found.start("said") :], first_text(columns).label, columns, now))
            return True
    return _by_name(seen, part, places, columns, now)


def _by_name(seen: str, part: str, places: list[Row | None], columns: Sequence[Column], now: datetime) -> bool:
    """午餐改成 60, 删掉午餐: the one row that is called so."""
    first = first_text(columns).id
    names = {place: str(row[first]) for place, row in enumerate(places) if row and row.get(first)}
    old = ""
    if found := _NAMED_GONE.fullmatch(seen):
        name = (found["name"] or found["name2"]).strip()
    elif found := _NAMED.fullmatch(seen):
        name = found["name"].strip()
    elif found := _NOT_BUT.fullmatch(seen):
        name, old = found["name"].strip(), found["old"]
    else:
        return False
    label = next((one.label for one in columns if name.endswith(one.label) and name != one.label), "")
    name = name.removesuffix(label).removesuffix("的").strip()
    called = [place for place, said in names.items() if folded(said) == name]
    called = called or [place for place, said in names.items() if len(name) > 1 and name in folded(said)]
    if old:  # 打车不是45.5，是54.5; 不是45.5，是54.5
        called = _that_say(old, called if name else list(names), places, columns) or (called if name else [])
    if not called:
        return False
    if len(called) > 1:
        raise RowsWrong(f"有 {len(called)} 笔“{name[:20]}”，请说第几笔")
    change = None
    if "said" in found.groupdict():
        change = _change(part[found.start("said") :], label, columns, now)
    places[called[0]] = None if change is None else {**(places[called[0]] or {}), **change}
    return True


def _that_say(
    old: str, among: Sequence[int], places: Sequence[Row | None], columns: Sequence[Column]
) -> list[int]:  # fmt: skip
    """Those of the rows in which this stands: a number, or words."""
    value = next((mark.value for mark in Marks(columns).find(old)), None)
    said = old if value is None else shortest(value)
    return [place for place in among if said in (places[place] or {}).values()]


def _change(said: str, label: str, columns: Sequence[Column], now: datetime) -> Row:
    """What a row says from now on: the column that is named, a number alone, or as much of a row as is said."""
    column = next((one for one in columns if one.label == label), None)
    if label and column is None:
        raise RowsWrong(f"明细里没有“{label[:20]}”，有：{'、'.join(one.label for one in columns)}")
    listed = read_rows(said, columns, now, strict=False).rows if column is None else ()
    if len(listed) > 1:
        raise RowsWrong("一笔只能改成一笔，要多加几笔请说“再加”")
    if listed:
        return dict(listed[0])
    marks = Marks(columns)
    mark = next(iter(marks.find(folded(said))), None)
    if column is None and mark is not None:
        wanted = marks.count if mark.kind == "count" or not marks.money else marks.money
        unit: Row = {marks.unit: mark.unit} if mark.unit and marks.unit else {}
        return {mark.column or wanted: shortest(mark.value), **unit}
    if column is not None and column.type in NUMBERS:
        if mark is None:
            raise RowsWrong(f"{column.label}要写数字，不是“{said.strip()[:20]}”")
        return {column.id: shortest(mark.value)}
    column = column or first_text(columns)
    return {column.id: next((key for key, name in column.options.items() if name in said), said.strip(" 。"))}


def _numbers(said: str, count: int) -> list[int]:
    """Which rows are meant, from 0. Raises RowsWrong."""
    wanted = [count] if said.startswith("最后") else [int(number(one) or 0) for one in re.findall(_N, said)]
    for place in wanted:
        if not 0 < place <= count:
            raise RowsWrong(f"没有第 {place} 笔，现在一共 {count} 笔" if count else "还没有明细，可以先一项一项列出来")
    return [place - 1 for place in wanted]
