"""What the Chinese grammar calls the English words about time: one function a rule of `words`."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from language.english.numbers import FESTIVALS, MONTHS, WEEKDAYS, WEEKS, short, value
from language.patterns import late

Parts = Mapping[str, str]
Said = list[tuple[str, str]]  # kind and Chinese wording; several where one word names a whole range
Make = Callable[[Parts], Said]

_PARTS: Final = {"morning": "上午", "am": "上午", "afternoon": "下午", "pm": "下午", "evening": "晚上", "night": "晚上"}
_NTH: Final = {"first": "第一", "1st": "第一", "second": "第二", "2nd": "第二", "third": "第三", "3rd": "第三"}
_MONTHS: Final = {"next": "下个月", "this": "这个月", "last": "上个月", "the": "这个月"}
_FESTIVALS: Final = tuple((late(rule), name) for rule, name in FESTIVALS.items())


def fixed(kind: str, said: str = "") -> Make:
    """A word that always means the same."""
    return lambda _: [(kind, said)]


def _first(m: Parts, *names: str) -> str:
    return next((m[name] for name in names if name in m), "")


def _digits(said: str) -> int:
    return int(said.rstrip("stndrh"))


def iso(m: Parts) -> Said:
    """2026-12-03, 20261203."""
    return [("date", f"{m['iy']}年{int(_first(m, 'im', 'im2'))}月{int(_first(m, 'id', 'id2'))}号")]


def month_day(m: Parts) -> Said:
    """Dec 3, 3rd of December 2026, Dec 3-5, Dec 3, 4 and 5."""
    month, year = MONTHS[_first(m, "m1", "m2", "m3", "m4")[:3]], _first(m, "y1", "y2", "y3", "y4")
    front = f"{year}年{month}月" if year else f"{month}月"
    last = _first(m, "last1", "last2")
    days = [_first(m, "first1", "first2"), last] if last else re.findall(r"\d+", _first(m, "days", "day4"))
    said: Said = []
    for day in days:
        said += [("to", "到") if last else ("and", "、")] if said else []
        said.append(("date", f"{front}{_digits(day)}号"))
    return said


def numeric(m: Parts) -> Said:
    """12/8, 12/21-24; 25/12 can only be written the other way round."""
    first, second = int(m["n1"]), int(m["n2"])
    month, day = (second, first) if first > 12 >= second else (first, second)
    date = ("date", f"{month}月{day}号")
    return [date, ("to", "到"), ("date", f"{month}月{int(m['n3'])}号")] if "n3" in m else [date]


def ordinal(m: Parts) -> Said:
    """the 3rd, the 3rd of next month."""
    month = _MONTHS.get(_first(m, "om1", "om2"), "")
    return [("date", f"{month}{_digits(_first(m, 'o1', 'o2', 'o3'))}号")]


def weekday(m: Parts) -> Said:
    """next Monday; of `Wed next week` the week is a word of its own: it may hold for a whole range."""
    name = WEEKDAYS[_first(m, "w1", "w2", "w3", "w4", "w5")[:3]]
    if "w1" in m or "w2" in m:
        return [("day", f"下下周{name}")]
    week = WEEKS.get(_first(m, "k3", "k4", "k5").removeprefix("this "), "") if "k5" not in m else _week_of(m["k5"])
    return [("day", f"周{name}"), ("week", week)] if "w3" in m else [("day", f"{week}周{name}")]


def _week_of(said: str) -> str:
    """next, this, last as they stand before a weekday; this coming Friday is a bare one."""
    return WEEKS[said.removeprefix("this ")]


def weekend(m: Parts) -> Said:
    """the weekend, next weekend."""
    return [("day", f"{WEEKS[m['ww']] if 'ww' in m else ''}周末")]


def week(m: Parts) -> Said:
    """next week; all of next week are its five days."""
    said = WEEKS[m["wk"]] if "wk" in m else "下下"
    if "all" in m:
        return [("day", f"{said}周一"), ("to", "到"), ("day", f"{said}周五")]
    return [("week", said)]


def relative(m: Parts) -> Said:
    """tomorrow, the day after tomorrow, this morning, tonight."""
    said = m["relative"].removeprefix("the ")
    first = said.split()[0]
    named = {"last": "昨天", "this": "今天", "tonight": "今天", "today": "今天", "yesterday": "昨天"}
    day = ("后天" if "after" in said else "前天") if first == "day" else named.get(first, "明天")
    if said.startswith(("tonight", "last")):
        return [("day", day), ("part", "晚上")]
    return [("day", day), ("part", _PARTS[said.split()[1]])] if said.startswith("this") else [("day", day)]


def next_two(_: Parts) -> Said:
    """tomorrow and the day after."""
    return [("day", "明天"), ("and", "和"), ("day", "后天")]


def offset(m: Parts) -> Said:
    """in 3 days, two weeks from now."""
    count, unit = value(_first(m, "f1", "f2")), _first(m, "u1", "u2")
    return [("date", f"{short(count)}{'周' if unit[0] == 'w' else '天'}后")]


def nth(m: Parts) -> Said:
    """the last working day of the month, the first Monday in December."""
    count, what, where = _NTH.get(m["nth"], "最后一"), m["what"], m["nm"].split()[0]
    day = f"周{WEEKDAYS[what[:3]]}" if what[:3] in WEEKDAYS else "工作日" if what != "day" else "天"
    month = _MONTHS.get(where) or f"{MONTHS[where[:3]]}月"
    return [("date", f"{month}{count}{'' if day == '天' else '个'}{day}")]


def edge(m: Parts) -> Said:
    """the end of the month: vague alone, the last day as the end of a range."""
    said = m["edge"]
    which = "初" if said.startswith(("begin", "start", "early")) else "中" if said.startswith("mid") else "底"
    return [("vague", f"{'年' if 'year' in said else '下个月' if 'next' in said else '月'}{which}")]


def festival(m: Parts) -> Said:
    """National Day, the day before it, the first working day after it."""
    name = next(said for rule, said in _FESTIVALS if rule.fullmatch(m["festival"]))
    relation = m.get("relation", "")
    if name[0].isdigit():
        return [("date", name)]
    side = "前一天" if "before" in relation else "后第一天" if "after" in relation else "期间" if relation else ""
    return [("date", name + side)]


def clocks(m: Parts) -> Said:
    """9 to 6, 2-4pm, 10am-12pm: am or pm of the end holds for the start too, where that is earlier."""
    first, last = _hour(m["h1"]), _hour(_first(m, "h2", "named"))
    am, pm = m.get("p1", ""), m.get("p2", "")
    if pm and not am and first <= 12:
        earlier = (first % 12, m.get("t1", "00")) < (last % 12, m.get("t2", "00"))
        am = pm if earlier else "ap"[pm == "a"]
    return [("clock", _at(first, m.get("t1"), am)), ("to", "到"), ("clock", _at(last, m.get("t2"), pm))]


def clock(m: Parts) -> Said:
    """3pm, 15:30, half past 3, 3 o'clock, noon."""
    if "noon" in m:
        return [("clock", "24:00" if "midnight" in m["noon"] else "12:00")]
    hour, meridiem = _hour(_first(m, "h3", "h4", "h5", "h6", "h7", "h8")), _first(m, "p3", "p5")
    if "past" in m:
        to = "to" in m["past"]
        return [("clock", _at(hour - to, "30" if "half" in m["past"] else "45" if to else "15", meridiem))]
    return [("clock", _at(hour, _first(m, "t3", "t4") or None, meridiem))]


def _hour(said: str) -> int:
    return 12 if said in ("noon", "midday") else 24 if said == "midnight" else int(value(said))


def _at(hour: int, minute: str | None, meridiem: str) -> str:
    """With am or pm the time is exact; the rest is left to the grammar."""
    if meridiem and hour <= 12:
        return f"{hour % 12 + (12 if meridiem == 'p' else 0):02}:{minute or '00'}"
    return f"{hour}:{minute}" if minute else f"{hour}:00" if hour > 11 else f"{hour}点"


def length(m: Parts) -> Said:
    """3 days, two and a half days, an hour and a half, half a day."""
    unit = _first(m, "unit", "unit2")
    zh = {"d": "天", "w": "周", "f": "周", "m": "分钟"}.get(unit[0], "小时")
    if "unit2" in m:
        return [("length", f"半{zh}")]
    total = (value(m["ln"]) + (0.5 if "a half" in m["length"] else 0.0)) * (2 if unit[0] == "f" else 1)
    return [("length", f"半{zh}" if total == 0.5 and zh != "分钟" else f"{short(total)}{zh}")]


def money(m: Parts) -> Said:
    """¥320, 45.5 yuan, 1.2k rmb: the sum as digits."""
    sum_ = float(_first(m, "a1", "a2").replace(",", "")) * (1000 if "k1" in m or "k2" in m else 1)
    return [("money", f"{sum_:.2f}".removesuffix(".00"))]


def part(m: Parts) -> Said:
    """in the morning, all day, before noon."""
    said = m["part"]
    if "day" in said:
        return [("part", "全天")]
    if said.startswith("before"):
        return [("part", "上午")]
    return [("part", next(zh for word, zh in _PARTS.items() if word in said.replace(".", "")))]
