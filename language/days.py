"""A word about a day becomes the day it means, read at a moment of the office (data conventions: Time rules)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.calendar import Workdays
from language.festivals import NAMES, festival, next_lunar
from language.lexer import Token
from language.numerals import number, whole
from language.patterns import late
from language.weeks import YEARS, month_of, stretch_of, week_of

FAR: Final = timedelta(days=180)  # how far ahead a date without a year may lie in the next year
_WEEKDAYS: Final = (
    {c: n for n, c in enumerate("一二三四五六日")} | {str(n + 1): n for n in range(7)} | {"天": 6, "末": 7}
)
_ENGLISH: Final = {name: n for n, name in enumerate("mon tue wed thu fri sat sun".split())}
_ENGLISH_MONTHS: Final = {
    name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_RELATIVE: Final = {
    "大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2, "大后": 3,
    "yesterday": -1, "today": 0, "tomorrow": 1, "tmr": 1, "tmrw": 1,
}  # fmt: skip
_PAIRS: Final = {"今明": (0, 1), "明后": (1, 2), "前昨": (-2, -1), "昨今": (-1, 0)}
_SPOKEN_YEAR: Final = str.maketrans("零〇一二三四五六七八九", "00123456789")
_ROUGH: Final = late("[一两二三四五六七八][两二三四五六七八九]")  # 两三天后
WEEKEND: Final = 7
IMPOSSIBLE, AMBIGUOUS, UNKNOWN = "impossible_date", "ambiguous", "calendar_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a day is read against. `back`: punches and expenses look back; `late`: it is said to be made up later."""

    today: date
    workdays: Workdays
    back: bool = False
    late: bool = False
    weekends: bool = False  # whether 周末 is the two days (a trip), or too vague (overtime)


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day of what was said, or why there is none. `form`: what a range's end must know of it."""

    first: date | None = None
    last: date | None = None
    why: str = ""
    form: str = ""

    @property
    def several(self) -> bool:
        """Whether one word named several days (明后两天, 国庆期间)."""
        return self.first != self.last


def resolve(token: Token, context: Context) -> Days:
    """The day of a token of `DAY_WORDS`."""
    return _RESOLVERS[token.kind](token, context)


def _one(day: date | None, why: str = "", form: str = "") -> Days:
    return Days(day, day, why if day is None else "", form)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _date(token: Token, context: Context) -> Days:
    year = int(token.said["year"].translate(_SPOKEN_YEAR))
    return _one(
        _made(year + (2000 if year < 100 else 0), whole(token.said["month"]), whole(token.said["day"])), IMPOSSIBLE
    )


def month_and_day(token: Token) -> tuple[int, int]:
    """The numbers of a date without a year."""
    english = token.get("emonth", "emonth2")
    month = _ENGLISH_MONTHS[english] if english else whole(token.said["month"])
    return month, whole(token.get("day", "eday", "eday2"))


def _monthday(token: Token, context: Context) -> Days:
    month, day = month_and_day(token)
    if year := token.get("year"):
        return _one(_made(context.today.year + YEARS[year], month, day), IMPOSSIBLE)
    return _yearless(month, day, context)


def _yearless(month: int, day: int, context: Context) -> Days:
    """This year if not past, the past one if made up later, else next year's within 180 days, else ambiguous."""
    today, form = context.today, "yearless"
    years = [_made(today.year + step, month, day) for step in (-1, 0, 1)]
    before, this, after = years
    if this is None and after is None:
        return Days(why=IMPOSSIBLE)
    if context.back:
        past = [here for here in (before, this) if here is not None and here <= today]
        return _one(max(past, default=None), IMPOSSIBLE, form)
    if this is not None and (this >= today or context.late):
        near = before is not None and context.late and this - today > today - before
        return _one(before if near else this, form=form)
    if after is not None and after - today <= FAR:
        return _one(after, form=form)
    return Days(why=AMBIGUOUS if after is not None else IMPOSSIBLE, form=form)


def _inmonth(token: Token, context: Context) -> Days:
    return _one(_made(*month_of(token.said["month"], context.today), whole(token.said["day"])), IMPOSSIBLE)


def _daynum(token: Token, context: Context) -> Days:
    """D号 alone: this month if not past, else next month; punches and expenses: the latest past one."""
    day, today = whole(token.said["day"]), context.today
    if not 1 <= day <= 31:
        return Days(why=IMPOSSIBLE)
    back = context.back or context.late
    for step in range(3):
        index = today.month - 1 + (-step if back else step)
        here = _made(today.year + index // 12, index % 12 + 1, day)
        if here is not None and (here <= today if back else here >= today):
            return _one(here, form="daynum")
    return Days(why=IMPOSSIBLE)


def _numeric(token: Token, context: Context) -> Days:
    return _yearless(int(token.said["month"]), int(token.said["day"]), context)


def _weekday(token: Token, context: Context) -> Days:
    """下周X is literal; a bare weekday is the next one (punches and expenses: the last one), today's is ambiguous."""
    today = context.today
    english = token.get("eday")
    day = _ENGLISH[english[:3]] if english else _WEEKDAYS[token.get("day", "bare")]
    week = token.get("week", "eweek").removesuffix("个")
    if day == WEEKEND:
        saturday = week_of(token, today) + timedelta(days=5)
        return Days(saturday, saturday + timedelta(days=1), form="weekend") if context.weekends else Days(why=AMBIGUOUS)
    if week:
        return _one(week_of(token, today) + timedelta(days=day), form="week")
    if day == today.weekday():
        return Days(why=AMBIGUOUS, form=f"weekday{day}")
    ahead = (day - today.weekday()) % 7
    return _one(today + timedelta(days=ahead - 7 if context.back or context.late else ahead), form=f"weekday{day}")


def _relative(token: Token, context: Context) -> Days:
    word = token.get("word", "english") or "今"
    return _one(context.today + timedelta(days=_RELATIVE[word.rstrip("天日朝儿个")]))


def _pair(token: Token, context: Context) -> Days:
    first, last = _PAIRS[token.said["pair"]]
    return Days(context.today + timedelta(days=first), context.today + timedelta(days=last))


def _offset(token: Token, context: Context) -> Days:
    if _ROUGH.fullmatch(token.get("n", "n2")):
        return Days(why=AMBIGUOUS)
    unit = 1 if token.get("unit", "unit2") in ("天", "日") else 7
    days = (number(token.get("n", "n2")) or 0) * unit
    return _one(context.today + timedelta(days=int(days))) if days <= 366 else Days(why=AMBIGUOUS)


def _lunar(token: Token, context: Context) -> Days:
    said = token.get("day", "first")
    tens = {"初": 0, "十": 10, "廿": 20, "二": 20, "三": 30}[said[0]]
    rest = whole(said[2:] if said[0] == "二" else said[1:]) if said not in ("三十", "二十", "廿", "十") else 0
    month = 12 if token.get("month") == "腊月" else 1
    return _one(next_lunar(month, tens + max(rest, 0), context.today), UNKNOWN)


def _nth(token: Token, context: Context) -> Days:
    """最后一个工作日, 第一个周一 of a month; 最后 of a week."""
    first, last = stretch_of(token, context.today)
    what = token.said["what"]
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if what == "工作日":
        works = [context.workdays.is_workday(day) for day in days]
        if None in works:
            return Days(why=UNKNOWN)
        days = [day for day, work in zip(days, works, strict=True) if work]
    elif what != "天":
        days = [day for day in days if day.weekday() == _WEEKDAYS[what[-1]]]
    count = token.get("count")
    place = whole(count) - 1 if count else -1
    return _one(days[place] if -len(days) <= place < len(days) else None, IMPOSSIBLE)


def _festival(token: Token, context: Context) -> Days:
    name, relation, today, calendar = NAMES[token.said["name"]], token.get("relation"), context.today, context.workdays
    if relation == "前后" or (
        relation[:1] in ("前", "后") and relation[-1] == "天" and relation[1] in "两二三四五2345"
    ):
        return Days(why=AMBIGUOUS)
    block = calendar.block(name, today)
    if relation.startswith(("后", "之后", "假期后")) or relation.endswith("班第一天") or relation == "收假第一天":
        return _one(
            calendar.advance(block[1] + timedelta(days=1), whole(token.get("after") or "1")) if block else None, UNKNOWN
        )
    if relation in ("期间", "第一天", "最后一天"):
        if block is None:
            return Days(why=UNKNOWN)
        return {"期间": Days(*block), "第一天": _one(block[0]), "最后一天": _one(block[1])}[relation]
    day = festival(name, today)
    if day is None:
        return Days(why=UNKNOWN)
    if relation in ("前一天", "前1天", "前夕", "之前一天"):
        return _one(day - timedelta(days=1))
    if "前" in relation:
        return _one(_working_before(calendar, day), UNKNOWN) if "工作日" in relation else _one(day - timedelta(days=1))
    return _one(day, form="festival")


def _block(token: Token, context: Context) -> Days:
    """节后第一天, 节前最后一个工作日: around the next official block of days off."""
    calendar, today = context.workdays, context.today
    before = "前" in token.get("relation")
    coming = min(
        (day for day in calendar.festivals if day >= today and not (before and _off(calendar, today, day))),
        default=None,
    )
    block = calendar.block(calendar.festivals[coming], today) if coming else None
    if block is None:
        return Days(why=UNKNOWN)
    if before:
        eve = block[0] - timedelta(days=1)
        return _one(eve if "工作日" not in token.get("relation") else _working_before(calendar, block[0]), UNKNOWN)
    return _one(calendar.advance(block[1] + timedelta(days=1), whole(token.get("after") or "1")), UNKNOWN)


def _off(calendar: Workdays, today: date, day: date) -> bool:
    """Whether that day off belongs to the block that today lies in."""
    block = calendar.block(calendar.festivals[day], today)
    return block is not None and block[0] <= today


def _working_before(calendar: Workdays, day: date) -> date | None:
    before = day - timedelta(days=1)
    while (works := calendar.is_workday(before)) is False:
        before -= timedelta(days=1)
    return before if works else None


def _vague(token: Token, context: Context) -> Days:
    """No one day; 月底 neither, but as the end of a range (see `resolve_end`)."""
    return Days(why=AMBIGUOUS)


_RESOLVERS: Final = {
    "date": _date, "monthday": _monthday, "inmonth": _inmonth, "daynum": _daynum, "numeric": _numeric,
    "weekday": _weekday, "relative": _relative, "pair": _pair, "offset": _offset, "lunar": _lunar, "nth": _nth,
    "edge": _vague, "festival": _festival, "block": _block, "vague": _vague, "week": _vague, "same": _vague,
    "next": _vague,
}  # fmt: skip
DAY_WORDS: Final = frozenset(_RESOLVERS)


def resolve_end(token: Token, start: date, started: Days, context: Context) -> Days:
    """The last day of a range that starts on `start`: it takes over the month, the week or the year of its start."""
    found = resolve(token, context)
    if token.kind == "edge" and token.get("edge") in ("底", "末"):
        year, month = month_of(token.get("month"), start) if token.get("month") else (start.year, start.month)
        return _one(date(year, month, monthrange(year, month)[1]))
    if token.kind == "edge" and token.get("yearend") in ("年底", "年末"):
        return _one(date(start.year, 12, 31))
    if token.kind == "next":
        return _one(start + timedelta(days=1))
    if found.form.startswith("weekday"):
        day = int(found.form.removeprefix("weekday"))
        return _one(start + timedelta(days=(day - start.weekday()) % 7))
    if found.form == "daynum":
        day = whole(token.said["day"])
        index = start.year * 12 + start.month - 1 + (day < start.day)
        return _one(_made(index // 12, index % 12 + 1, day), IMPOSSIBLE)
    if found.form == "yearless":
        return _end_yearless(token, start)
    return found


def _end_yearless(token: Token, start: date) -> Days:
    month, day = month_and_day(token)
    same, after = _made(start.year, month, day), _made(start.year + 1, month, day)
    if same is not None and same >= start:
        return _one(same)
    if after is not None and after - start <= FAR:
        return _one(after)
    return _one(same, IMPOSSIBLE)
