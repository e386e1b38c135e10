"""Numbers of a morning, an evening, a week, against what one counts by hand."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.attendance.presence import Away, AwayKind, Presence, Shift
from domain.attendance.punches import Punch
from domain.calendar import Workdays
from domain.summaries.day import Seen, Tally, clocked_in
from domain.summaries.evening import evening
from domain.summaries.morning import Gone, Morning, morning
from domain.summaries.period import Load, Matter, Stretch, before, load, period

ZONE = ZoneInfo("Asia/Shanghai")
TUESDAY = date(2026, 11, 24)
KNOWN = Workdays(known=frozenset({2026}))


def at(day: date, clock: str = "00:00") -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZONE)


def shift(person: str, day: date = TUESDAY, on: str = "08:30", off: str = "18:00") -> Shift:
    return Shift(person=person, day=day, on=at(day, on), off=at(day, off))


def away(person: str, start: datetime, end: datetime, kind: AwayKind = "leave", case: str = "") -> Away:
    return Away(id=case or f"{person}{start}", person=person, kind=kind, start=start, end=end, made=start)


def punch(person: str, clock: str, result: str = "normal", day: date = TUESDAY) -> Punch:
    return Punch(person=person, day=day, kind="in", at=at(day, clock), result=result)


def seen(
    *, shifts: Iterable[Shift] = (), gone: Iterable[Away] = (), punches: Iterable[Punch] = (), now: str = "19:00",
    day: date = TUESDAY, owed: Iterable[tuple[date, str]] = (), written: Mapping[tuple[date, str], str] | None = None,
) -> Seen:  # fmt: skip
    presence = Presence(workdays=KNOWN, shifts=shifts, away=gone)
    return Seen(
        presence=presence, punches=clocked_in(punches), now=at(day, now), zone=ZONE, owed=frozenset(owed),
        written=written or {},
    )  # fmt: skip


NEXT = TUESDAY + timedelta(days=1)
FRIDAY = TUESDAY + timedelta(days=3)


def test_a_morning_says_who_is_away_until_when_and_counts_who_is_expected() -> None:
    told = morning(
        ["ann", "bob", "cyd", "dan", "eve", "fay"], TUESDAY,
        seen(
            shifts=[*(shift(who) for who in ("ann", "bob", "cyd", "dan", "eve")), Shift(person="fay", day=TUESDAY)],
            gone=[
                away("ann", at(TUESDAY), at(FRIDAY)),
                away("bob", at(TUESDAY), at(TUESDAY, "12:00")),
                away("cyd", at(TUESDAY), at(NEXT), "trip"),
                away("dan", at(TUESDAY, "14:00"), at(TUESDAY, "16:00"), "outing"),
                away("fay", at(TUESDAY), at(FRIDAY)),
            ],
        ),
    )  # fmt: skip
    assert told == Morning(
        day=TUESDAY, people=6, working=5, expected=4,  # ann is away all day, fay has a day of rest
        gone=(
            Gone(person="bob", where="off", end=at(TUESDAY, "12:00")),
            Gone(person="ann", where="off", end=at(FRIDAY)),
            Gone(person="dan", where="outing", end=at(TUESDAY, "16:00"), start=at(TUESDAY, "14:00")),
            Gone(person="cyd", where="trip", end=at(NEXT)),
        ),
    )  # fmt: skip


def test_leave_that_goes_on_in_another_case_is_one_absence() -> None:
    gone = [away("ann", at(TUESDAY), at(NEXT)), away("ann", at(NEXT), at(FRIDAY), "rest")]
    told = morning(["ann"], TUESDAY, seen(shifts=[shift("ann")], gone=gone))
    assert [one.end for one in told.gone] == [at(FRIDAY)]


def test_without_shifts_the_calendar_says_who_works() -> None:
    assert morning(["ann"], TUESDAY, seen()).working == 1
    assert morning(["ann"], date(2026, 11, 28), seen()).working == 0, "a Saturday"
    assert morning(["ann"], date(2027, 3, 6), seen()).working == 0, "a Saturday of a year that nobody knows yet"
    assert morning(["ann"], date(2027, 3, 8), seen()).working == 1


def test_an_evening_tells_who_came_and_what_was_written() -> None:
    told = evening(
        ["ann", "bob", "cyd", "dan", "eve", "gus"], TUESDAY,
        seen(
            shifts=[
                *(shift(who) for who in ("ann", "bob", "cyd", "dan", "eve")), shift("gus", on="20:00", off="23:00"),
            ],
            gone=[away("dan", at(TUESDAY), at(NEXT)), away("eve", at(TUESDAY), at(TUESDAY, "12:00"))],
            punches=[punch("ann", "08:20"), punch("bob", "08:50", "serious_late")],
            owed=[(TUESDAY, who) for who in ("ann", "bob", "cyd", "eve")],
            written={(TUESDAY, "bob"): "招聘", (TUESDAY, "dan"): "在家也写了"},
        ),
    )  # fmt: skip
    assert (told.late, told.missing) == (("bob",), ("cyd",))
    assert told.unwritten == ("ann", "cyd", "eve")
    assert [(one.person, one.line) for one in told.written] == [("bob", "招聘"), ("dan", "在家也写了")]
    assert told.total == Tally(
        expected=5, due=3, came=2, late=1, missing=1, halves=3, owed=4, written=1
    ), "dan all day, eve half a day; gus begins at night, eve came after the clock"  # fmt: skip
    assert told.total.rate == 2 / 3


def test_an_approved_correction_counts_as_having_come() -> None:
    put_right = Punch(person="ann", day=TUESDAY, kind="in", at=at(TUESDAY, "08:30"), source="case")
    assert evening(["ann"], TUESDAY, seen(shifts=[shift("ann")], punches=[put_right])).missing == ()


def test_an_hour_off_is_no_half_day_and_overlapping_absences_count_once() -> None:
    hour = [away("ann", at(TUESDAY, "16:00"), at(TUESDAY, "17:00"))]
    assert seen(shifts=[shift("ann")], gone=hour).halves_off("ann", TUESDAY) == 0
    twice = [away("ann", at(TUESDAY), at(TUESDAY, "13:00")), away("ann", at(TUESDAY), at(TUESDAY, "13:00"), case="b")]
    assert seen(shifts=[shift("ann")], gone=twice).halves_off("ann", TUESDAY) == 1
    night = shift("ann", on="22:00", off="23:59")
    assert seen(shifts=[night], gone=[away("ann", at(TUESDAY), at(TUESDAY, "12:00"))]).halves_off("ann", TUESDAY) == 0


def test_the_week_and_the_month_before() -> None:
    assert before("week", date(2026, 11, 23)) == (date(2026, 11, 16), date(2026, 11, 22))
    assert before("month", date(2026, 3, 1)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert before("month", date(2026, 1, 1)) == (date(2025, 12, 1), date(2025, 12, 31))


HOUR = timedelta(hours=1)


def matter(case: str, *, filed: int | None = None, decided: int | None = None, since: int | None = None) -> Matter:
    """Hours after the beginning of Tuesday."""
    moments = (None if hour is None else at(TUESDAY) + hour * HOUR for hour in (filed, decided, since))
    filed_at, decided_at, since_at = moments
    return Matter(case=case, flow="leave", applicant="ann", filed=filed_at, decided=decided_at, since=since_at)


def test_approvals_are_counted_by_when_they_happened_and_how_long_they_wait() -> None:
    known = [
        matter("1", filed=1, decided=3), matter("2", filed=-30, decided=2), matter("3", filed=5),
        matter("4", filed=-50, decided=-40), matter("3", since=5), matter("5", since=-72), matter("6", since=20),
    ]  # fmt: skip
    told = load(known, at(TUESDAY), at(NEXT), at(NEXT) + 6 * HOUR)
    assert told == Load(
        filed=2, decided=2, took=17 * HOUR, waiting=3, waited=25 * HOUR, longest=102 * HOUR
    ), "2 and 32 hours, in the middle 17; 10, 25 and 102 hours"  # fmt: skip
    assert load([], at(TUESDAY), at(NEXT), at(NEXT)) == Load()


def test_a_week_beside_the_one_before_by_day_and_department() -> None:
    monday = date(2026, 11, 16)
    days = [monday + timedelta(days=n) for n in range(5)]
    earlier = [day - timedelta(days=7) for day in days]
    shifts = [shift(who, day) for who in ("ann", "bob") for day in (*earlier, *days)]
    shifts += [Shift(person=who, day=monday + timedelta(days=n)) for who in ("ann", "bob") for n in (5, 6)]
    punches = [punch("ann", "08:20", day=day) for day in (*earlier, *days)]
    punches += [punch("bob", "09:00", "late", day) for day in (*earlier[:2], *days[:4])]
    known = seen(shifts=shifts, punches=punches, day=monday + timedelta(days=7), now="09:00")
    now = stretch(monday, known, [matter("1", since=-72)])
    told = period("week", ["ann", "bob"], now, stretch(earlier[0], known, []), {"研发部": ["ann"], "市场部": ["bob"]})
    assert [day for day, _ in told.days] == days, "without the weekend"
    assert (told.total.rate, told.before.rate) == (0.9, 0.7)
    assert (told.total.late, told.total.missing, told.before.late, told.before.missing) == (4, 1, 2, 3)
    assert [(one.name, one.people, one.total.rate) for one in told.parts] == [("研发部", 1, 1.0), ("市场部", 1, 0.8)]
    assert [one.load.waiting for one in told.parts] == [1, 0]


def stretch(since: date, known: Seen, matters: list[Matter]) -> Stretch:
    end = since + timedelta(days=7)
    return Stretch(
        since=since, until=end - timedelta(days=1), start=at(since), end=at(end), seen=known, matters=matters
    )  # fmt: skip


def test_where_no_shift_is_known_a_day_of_leave_by_hours_is_a_day() -> None:
    gone = [
        away("ann", at(TUESDAY, "09:00"), at(TUESDAY, "18:00")), away("bob", at(TUESDAY, "13:00"), at(NEXT)),
        away("cyd", at(TUESDAY), at(NEXT)), away("dan", at(TUESDAY, "09:00"), at(TUESDAY, "10:00")),
    ]  # fmt: skip
    known = seen(gone=gone)
    assert [known.halves_off(who, TUESDAY) for who in ("ann", "bob", "cyd", "dan")] == [2, 1, 2, 0]
