"""Which punches are missing, and until when they can be put right (R-ATT-4, R-CORR-2)."""

from datetime import date

from domain.attendance.missed import last_day, missed
from domain.attendance.presence import Away, Shift
from domain.attendance.punches import Punch, PunchKind
from tests.domain.attendance.calendars import at, away, known, punched, rests, works

SINCE, UNTIL = at("09-14 08:30"), at("09-15 08:30")


def lacking(*values: Shift | Away | Punch, people: tuple[str, ...] = ("lix",)) -> list[tuple[str, str]]:
    """Who lacks which punch of what ended on Monday or in the night after it."""
    punches = [one for one in values if isinstance(one, Punch)]
    presence = known(*(one for one in values if not isinstance(one, Punch)))
    found = missed(presence, punches, SINCE, UNTIL, people)
    return [(shift.person, edge.kind) for shift, edges in found for edge in edges]


def test_both_punches_are_due_and_each_counts_alone() -> None:
    assert lacking(works("lix")) == [("lix", "in"), ("lix", "out")]
    assert lacking(works("lix"), punched("lix", "in", "09-14 08:20")) == [("lix", "out")]
    assert lacking(works("lix"), punched("lix", "in", "09-14 08:20"), punched("lix", "out", "09-14 18:05")) == []


def test_the_punch_of_another_day_or_person_counts_for_nothing() -> None:
    both: tuple[PunchKind, ...] = ("in", "out")
    others = [punched("zhangw", kind, "09-14 08:00") for kind in both]
    yesterday = [punched("lix", kind, "09-13 08:00", day=13) for kind in both]
    assert lacking(works("lix"), *others, *yesterday) == [("lix", "in"), ("lix", "out")]


def test_half_a_day_of_leave_takes_away_the_punch_on_its_side() -> None:
    assert lacking(works("lix"), away("lix", "09-14 00:00", "09-14 12:00")) == [("lix", "out")]
    assert lacking(works("lix"), away("lix", "09-14 13:00", "09-15 00:00")) == [("lix", "in")]


def test_an_hour_of_leave_in_the_middle_takes_none_away() -> None:
    assert lacking(works("lix"), away("lix", "09-14 10:00", "09-14 11:00")) == [("lix", "in"), ("lix", "out")]


def test_who_is_on_a_trip_or_at_rest_or_has_left_lacks_nothing() -> None:
    assert lacking(works("lix"), away("lix", "09-13 00:00", "09-16 00:00", "trip")) == []
    assert lacking(rests("lix", 14)) == []
    assert lacking(works("gone")) == []


def test_a_night_shift_is_looked_at_when_it_has_ended() -> None:
    night = works("lix", 14, "22:00", "06:00", until=15)
    assert lacking(night) == [("lix", "in"), ("lix", "out")]
    assert lacking(night, punched("lix", "in", "09-14 21:50"), punched("lix", "out", "09-15 06:10")) == []
    assert lacking(works("lix", 14, "22:00", "08:45", until=15)) == [], "it has not ended yet"


def test_a_day_off_of_who_works_at_night_is_the_shift_that_begins_on_it() -> None:
    night = works("lix", 14, "22:00", "06:00", until=15)
    assert lacking(night, away("lix", "09-14 00:00", "09-15 00:00", "rest")) == []
    assert lacking(night, away("lix", "09-15 00:00", "09-16 00:00")) == [("lix", "in"), ("lix", "out")]
    assert lacking(night, away("lix", "09-15 05:00", "09-15 12:00")) == [("lix", "in")], "by the hour it is as it says"


def test_a_make_up_saturday_is_a_day_like_others() -> None:
    presence = known(works("lix", 19))
    found = missed(presence, (), at("09-19 00:00"), at("09-20 00:00"), {"lix"})
    assert [shift.day for shift, _ in found] == [date(2026, 9, 19)]


def test_three_working_days_are_those_of_the_person() -> None:
    assert last_day("lix", date(2026, 9, 14), known()) == date(2026, 9, 17)
    assert last_day("lix", date(2026, 9, 17), known()) == date(2026, 9, 21), "the 20th makes up for a holiday"
    rotating = known(rests("lix", 15), rests("lix", 16), works("lix", 19), works("lix", 20))
    assert last_day("lix", date(2026, 9, 14), rotating) == date(2026, 9, 19)


def test_days_that_nobody_knows_yet_count_as_weekdays_do() -> None:
    assert last_day("lix", date(2031, 9, 12), known()) == date(2031, 9, 17)
