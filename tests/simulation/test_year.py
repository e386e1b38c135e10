"""Who is told what in the hard weeks of a year, beside plain loops over its days (R-ATT-2, R-ATT-4, R-LOG-3).

The whole year of 500 people is `./nod bench year`."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bench.year import OWN, compared, live
from bench.year_company import ZONE, a_company, at
from bench.year_expected import LOGS, Told, expected

PEOPLE = 70


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 12, 30), date(2026, 1, 5)),  # 元旦, a make-up Sunday
        (date(2026, 2, 12), date(2026, 2, 17)),  # a make-up Saturday, 春节 begins
        (date(2026, 2, 22), date(2026, 3, 2)),  # 春节 ends, a make-up Saturday that ends the month
        (date(2026, 4, 3), date(2026, 4, 7)),  # 清明
        (date(2026, 5, 7), date(2026, 5, 10)),  # a make-up Saturday
        (date(2026, 9, 18), date(2026, 9, 23)),  # a Saturday that the company works, a make-up Sunday, its own day off
        (date(2026, 9, 29), date(2026, 10, 1)),  # 国庆 begins
        (date(2026, 10, 7), date(2026, 10, 12)),  # it ends, a make-up Saturday
        (date(2031, 3, 7), date(2031, 3, 10)),  # a year of which no notice is published yet
    ],
    ids=lambda day: day.isoformat(),
)
async def test_everybody_is_told_what_is_due_and_nothing_else(first: date, last: date, tmp_path: Path) -> None:
    company = a_company(PEOPLE, first, last, OWN)
    found = await live(company, tmp_path)
    assert (found.missing, found.extra) == ((), ())
    assert found.told > PEOPLE
    assert found.calls.total() < found.naive.total() / 2


def test_on_a_make_up_saturday_reminders_are_due_and_on_a_day_of_rest_only_those_of_rotas() -> None:
    company = a_company(PEOPLE, date(2026, 9, 29), date(2026, 10, 10), {})
    office = {worker.userid for worker in company.workers if worker.team == "office"}
    told = {(one.moment.date().isoformat(), one.words) for one in expected(company) if one.person in office}
    assert ("2026-10-10", "08:30 上班") in told
    assert {words for day, words in told if "2026-10-02" <= day <= "2026-10-07"} == set()
    assert ("2026-09-30", LOGS["week"][1]) in told, "the last working day of that week"


def test_each_message_answers_for_one() -> None:
    morning = datetime(2026, 9, 14, 8, 15, tzinfo=ZONE)
    due, said = Told(morning, "u1", "08:30 上班"), Told(morning, "u1", "上班打卡 08:30 上班，请记得打卡。")
    late = said._replace(moment=morning + timedelta(minutes=1))
    assert compared([due], [said]) == ((), ())
    assert compared([due], [said, said]) == ((), (said,)), "twice"
    assert compared([due], [late]) == ((due,), (late,)), "at another time"
    assert compared([due], [said._replace(person="u2")])[0] == (due,)
    assert compared([due], []) == ((due,), ())


def test_everything_that_people_do_is_in_the_company() -> None:
    company = a_company(PEOPLE, date(2026, 9, 14), date(2026, 10, 12), OWN)
    assert {worker.team for worker in company.workers} == {"office", "shop", "night", ""}
    assert {one.kind for one in company.absences} == {"leave", "rest", "trip", "outing"}
    assert {one.form for one in company.reports} == {True, False}
    assert any(worker.quiet for worker in company.workers)
    assert {worker.off for worker in company.workers} > {""}
    assert sum(at(company.first, 24) < at(worker.joins, 0) for worker in company.workers) == 2
    assert sum(worker.leaves <= company.last for worker in company.workers) == 2
