"""The workbook behind a week's or a month's summary: for leads of these people, and for HR (R-SUM-2)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from cards.card import Frame
from cards.sheets import Cell, Sheet
from domain.summaries.day import Tally
from domain.summaries.period import Matter, Period, Stretch, days_of

_AWAY: Final = {"leave": "请假", "rest": "调休", "trip": "出差", "outing": "外出"}
_NUMBERS: Final = (
    "出勤率",
    "应打卡",
    "已打卡",
    "迟到",
    "缺卡",
    "请假（天）",
    "出差或外出（人次）",
    "应写日志",
    "已写日志",
)
_HOUR: Final = timedelta(hours=1)


def sheets(
    told: Period, now: Stretch, people: Sequence[str], departments: Mapping[str, str], titles: Mapping[str, str],
    frame: Frame,
) -> tuple[Sheet, ...]:  # fmt: skip
    """Departments, days, people, what was out of the ordinary, and what waits. `departments`: of each person by name;
    `titles`: of flows."""
    named = [(frame.names(one), departments.get(one, ""), one) for one in people]
    everybody = sorted(named, key=lambda one: (one[1], one[0], one[2]))
    numbers = tuple(frame.title(one) for one in _NUMBERS)
    name, department, day = frame.title("姓名"), frame.title("部门"), frame.title("日期")
    parts = tuple((one.name, one.people, *_numbers(one.total), one.load.filed, one.load.waiting) for one in told.parts)
    cases = (frame.title("新提交"), frame.title("等审批"))
    pages = (
        Sheet(name=frame.title("各部门"), head=(department, frame.title("人数"), *numbers, *cases), rows=parts,
              wide=(18,), percents=frozenset({2})),
        Sheet(name=frame.title("每天"), head=(day, *numbers), percents=frozenset({1}),
              rows=tuple((one, *_numbers(tally)) for one, tally in told.days)),
        Sheet(name=frame.title("每人"), head=(name, department, *numbers), wide=(14, 18), percents=frozenset({2}),
              rows=tuple((who, of, *_numbers(now.of(person))) for who, of, person in everybody)),
        Sheet(name=frame.title("明细"), wide=(12, 14, 18, 14, 40), rows=tuple(_details(now, everybody, frame)),
              head=(day, name, department, frame.title("情况"), frame.title("说明"))),
        Sheet(name=frame.title("等审批"), wide=(22, 16, 14, 18, 20, 18, 12),
              rows=tuple(_waiting(now, people, departments, titles, frame)),
              head=(frame.title("编号"), frame.title("流程"), frame.title("申请人"), department, frame.title("等谁"),
                    frame.title("从何时起"), frame.title("已等（小时）"))),
    )  # fmt: skip
    return tuple(page for page in pages if page.rows)


def _numbers(one: Tally) -> tuple[Cell, ...]:
    return (one.rate, one.due, one.came, one.late, one.missing, one.days_off, one.elsewhere, one.owed, one.written)


def _details(now: Stretch, everybody: Iterable[tuple[str, str, str]], frame: Frame) -> Iterable[tuple[Cell, ...]]:
    """Late, missing, away, logs that were not written: day by day."""
    rows = [(*row, said) for row in everybody for said in _of_person(now, row[2], frame)]
    for name, department, _, (day, what, more) in sorted(rows, key=lambda row: (row[3][0], row[1], row[0])):
        yield day, name, department, what, more


def _of_person(now: Stretch, person: str, frame: Frame) -> Iterable[tuple[date, str, str]]:
    seen = now.seen
    for day in days_of(now.since, now.until):
        if not seen.works(person, day):
            continue
        one, punch = seen.tally(person, day), seen.punches.get((day, person))
        if one.late and punch is not None:
            yield day, frame.title("迟到"), f"{punch.at.astimezone(frame.zone):%H:%M}"
        if one.missing:
            yield day, frame.title("缺卡"), ""
        for away in seen.presence.away(person, *seen.hours(person, day)):
            start, end = (edge.astimezone(frame.zone) for edge in (away.start, away.end))
            yield day, frame.title(_AWAY[away.kind]), f"{start:%m-%d %H:%M} – {end:%m-%d %H:%M} {away.place}".strip()
        if one.owed and not one.written:
            yield day, frame.title("没写日志"), ""


def _waiting(
    now: Stretch, people: Iterable[str], departments: Mapping[str, str], titles: Mapping[str, str], frame: Frame
) -> Iterable[tuple[Cell, ...]]:
    everybody = frozenset(people)
    waiting: list[Matter] = [one for one in now.matters if one.since is not None and one.applicant in everybody]
    for one in sorted(waiting, key=lambda one: (one.since or now.start, one.case)):
        assert one.since is not None
        hours = round((now.seen.now - one.since) / _HOUR, 1)
        yield (
            one.case, frame.say(titles.get(one.flow, one.flow)), frame.names(one.applicant),
            departments.get(one.applicant, ""), frame.listed(map(frame.names, one.waits_for)),
            one.since.astimezone(frame.zone), hours,
        )  # fmt: skip
