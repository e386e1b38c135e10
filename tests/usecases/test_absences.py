"""What an approved case says of where people are: halves of days, clocks, and approvals that are undone."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.approvals.case import Case, Status
from tests.store.office import world
from usecases.absences import absences

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 10, tzinfo=ZONE)
OFFICE: Any = SimpleNamespace(world=world())


def case(flow: str, status: Status = Status.APPROVED, **values: Any) -> Case:
    return Case(
        number="QJ-20261120-001", flow=flow, flow_version="1", title="请假", applicant="lix", status=status, version=3,
        created_at=NOW, values=values,
    )  # fmt: skip


def kept(flow: str, **values: Any) -> Any:
    after = case(flow, **values)
    return absences(replace(after, status=Status.RUNNING), after, OFFICE, NOW)


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2026-11-24", "2026-11-25", "2026-11-24 00:00/2026-11-26 00:00"),
        ("2026-11-24 上午", "2026-11-24 上午", "2026-11-24 00:00/2026-11-24 12:00"),
        ("2026-11-24 下午", "2026-11-25 下午", "2026-11-24 13:00/2026-11-26 00:00"),
        ("2026-11-24 09:00", "2026-11-24 11:30", "2026-11-24 09:00/2026-11-24 11:30"),
        ("2026-11-24", "", "2026-11-24 00:00/2026-11-25 00:00"),
    ],
)
def test_halves_reach_to_midnight_on_their_outer_side(start: str, end: str, found: str) -> None:
    (away,) = kept("leave", start=start, end=end)
    assert f"{away.start:%Y-%m-%d %H:%M}/{away.end:%Y-%m-%d %H:%M}" == found


@pytest.mark.parametrize(
    ("flow", "kind"), [("leave", "leave"), ("rest_day", "rest"), ("business_trip", "trip"), ("outing", "outing")]
)
def test_each_kind_of_absence_is_kept_with_deputy_and_place(flow: str, kind: str) -> None:
    (away,) = kept(flow, start="2026-11-24", end="2026-11-24", deputy="liuy", place="上海")
    assert (away.kind, away.deputy, away.place, away.id) == (kind, "liuy", "上海", "QJ-20261120-001")


def test_other_flows_and_what_is_not_approved_say_nothing() -> None:
    assert kept("overtime", start="2026-11-24", end="2026-11-24") == ()
    running = case("leave", Status.RUNNING, start="2026-11-24", end="2026-11-24")
    assert absences(running, replace(running, status=Status.REJECTED), OFFICE, NOW) == ()
    assert absences(running, running, OFFICE, NOW) == ()


def test_an_approval_that_is_undone_ends_the_absence_and_what_has_passed_stays() -> None:
    approved = case("leave", start="2026-11-24", end="2026-11-25")
    undone = replace(approved, status=Status.WITHDRAWN)
    (before,) = absences(approved, undone, OFFICE, NOW)
    assert before.start == before.end, "it had not begun"
    noon = datetime(2026, 11, 24, 12, tzinfo=ZONE)
    (amid,) = absences(approved, undone, OFFICE, noon)
    assert (amid.end, amid.covers(noon - timedelta(hours=1)), amid.covers(noon)) == (noon, True, False)
