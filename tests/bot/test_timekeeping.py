"""What is read from the platform for a job: of whom, and from which day on."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from bot.timekeeping import concerned
from domain.approvals.case import Case, Status
from domain.attendance.presence import Away, AwayKind, Presence, Shift
from scheduler.jobs import JOBS
from tests.store.office import world

ZONE = ZoneInfo("Asia/Shanghai")
AFTERNOON = datetime(2026, 11, 24, 16, tzinfo=ZONE)


def away(person: str, kind: AwayKind, day: date) -> Away:
    start = datetime(day.year, day.month, day.day, tzinfo=ZONE)
    return Away(id=f"{kind}-{person}", person=person, kind=kind, start=start, end=start + timedelta(days=1), made=start)


def test_check_ins_are_read_of_those_who_are_out_or_visit_customers() -> None:
    monday, tuesday, wednesday = (date(2026, 11, day) for day in (23, 24, 25))
    absences = [
        away("lix", "trip", monday), away("zhangw", "outing", tuesday), away("liuy", "leave", tuesday),
        away("heb", "trip", wednesday),
    ]  # fmt: skip
    plan = Case(
        number="BF-20261123-001", flow="visit_plan", flow_version="", title="拜访计划", applicant="dongq",
        status=Status.APPROVED, version=3, created_at=AFTERNOON, values={"start": "2026-11-24", "customers": "客户甲"},
    )  # fmt: skip
    presence = Presence(workdays=world().workdays, away=absences)
    office: Any = SimpleNamespace(
        world=world(),
        calendar=SimpleNamespace(presence=lambda since, until: presence),
        findings=SimpleNamespace(visits=lambda since: (plan,)),
    )
    assert concerned(JOBS["checkin"], "checkins", AFTERNOON, office) == (
        ["dongq", "lix", "zhangw"], monday, tuesday,
    )  # fmt: skip


def test_a_shift_that_begins_at_midnight_is_read_of_its_own_day() -> None:
    moment = datetime(2026, 11, 23, 23, 45, tzinfo=AFTERNOON.tzinfo)
    midnight = datetime(2026, 11, 24, tzinfo=AFTERNOON.tzinfo)
    shift = Shift(person="lix", day=midnight.date(), on=midnight, off=midnight.replace(hour=8))
    calendar = SimpleNamespace(shifts_at=lambda edge, at: (shift,) if (edge, at) == ("on", midnight) else ())
    office: Any = SimpleNamespace(world=world(), calendar=calendar)
    assert concerned(JOBS["punch_in"], "punches", moment, office) == (["lix"], midnight.date(), midnight.date())
