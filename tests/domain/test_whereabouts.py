"""Where people are: what is approved, what they clocked, what nobody knows."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.attendance.presence import Away, AwayKind, Presence, Shift
from domain.attendance.punches import Punch
from domain.attendance.whereabouts import whereabouts
from language.statutory import statutory_workdays

ZONE = ZoneInfo("Asia/Shanghai")
TUESDAY = date(2026, 11, 24)
WORKDAYS = statutory_workdays()


def at(clock: str, day: date = TUESDAY) -> datetime:
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=ZONE)


DAY = Shift(person="lix", day=TUESDAY, on=at("08:30"), off=at("18:00"))
CAME = Punch(person="lix", day=TUESDAY, kind="in", at=at("08:25"))
WENT = Punch(person="lix", day=TUESDAY, kind="out", at=at("18:05"))


def away(kind: AwayKind, start: datetime, end: datetime) -> Away:
    return Away(id=f"{kind}-1", person="lix", kind=kind, start=start, end=end, made=start)


def where(
    clock: str, *punches: Punch, shift: Shift | None = DAY, absences: tuple[Away, ...] = (), known: str = ""
) -> str:
    presence = Presence(workdays=WORKDAYS, shifts=[shift] if shift else (), away=absences)
    return whereabouts("lix", TUESDAY, at(clock), presence, {one.id: one for one in punches}, at(known or clock))


@pytest.mark.parametrize(
    ("clock", "punches", "found"),
    [
        ("08:00", (), "before"),
        ("08:29", (CAME,), "in"),
        ("08:30", (), "missing"),
        ("20:00", (), "missing"),
        ("12:00", (CAME, WENT), "in"),
        ("18:10", (CAME, WENT), "out"),
    ],
)
def test_a_day_at_work(clock: str, punches: tuple[Punch, ...], found: str) -> None:
    assert where(clock, *punches) == found


def test_nobody_is_missing_by_punches_that_were_read_before_the_shift() -> None:
    assert where("09:20", known="08:15") == "unread"
    assert where("09:20", CAME, known="08:25") == "in"
    assert where("09:20", known="08:30") == "missing"


@pytest.mark.parametrize("kind", ["leave", "rest", "trip", "outing"])
def test_what_is_approved_goes_before_punches(kind: AwayKind) -> None:
    gone = away(kind, at("13:00"), at("15:00"))
    assert [where(clock, CAME, absences=(gone,)) for clock in ("12:59", "13:00", "15:00")] == ["in", kind, "in"]


def test_who_had_the_morning_off_need_not_clock_in_and_is_not_missing() -> None:
    morning = away("leave", at("00:00"), at("12:00"))
    assert where("13:30", absences=(morning,)) == "unknown"
    assert where("13:30", Punch(person="lix", day=TUESDAY, kind="in", at=at("13:02")), absences=(morning,)) == "in"


def test_a_rota_rests_on_a_tuesday_and_who_comes_all_the_same_is_in() -> None:
    rest = Shift(person="lix", day=TUESDAY)
    assert where("10:00", shift=rest) == "rest"
    assert where("10:00", CAME, shift=rest) == "in"


def test_without_a_shift_a_working_day_says_nothing_and_a_day_off_is_one() -> None:
    assert where("10:00", shift=None) == "unknown"
    presence = Presence(workdays=WORKDAYS)
    sunday = TUESDAY + timedelta(days=5)
    assert whereabouts("lix", sunday, at("10:00", sunday), presence, {}, None) == "rest"


def test_a_night_shift_is_of_the_day_on_which_it_begins() -> None:
    wednesday = TUESDAY + timedelta(days=1)
    night = Shift(person="lix", day=TUESDAY, on=at("22:00"), off=at("06:00", wednesday))
    came = Punch(person="lix", day=TUESDAY, kind="in", at=at("21:55"))
    presence = Presence(workdays=WORKDAYS, shifts=[night])
    assert whereabouts("lix", TUESDAY, at("02:00", wednesday), presence, {came.id: came}, None) == "in"
    assert whereabouts("lix", TUESDAY, at("02:00", wednesday), presence, {}, at("01:00", wednesday)) == "missing"
    assert whereabouts("lix", TUESDAY, at("21:00"), presence, {}, None) == "before"
