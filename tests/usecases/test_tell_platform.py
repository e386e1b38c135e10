"""What the platform's attendance is told of a case: the facts of each call, windows, halves, and what is by hand."""

from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import flowfiles
from domain.approvals.case import Case, Status
from domain.attendance.rules import Attendance
from tests.store.office import world
from usecases.tell_platform import tellings

NOW = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
FLOWS = {**flowfiles.load("classic"), **flowfiles.load("matrix")}
WORLD = replace(world(), flows=FLOWS, attendance=Attendance(write_back=True, link="https://nod.example/"))


def case(flow: str, status: Status = Status.APPROVED, **values: Any) -> Case:
    return Case(
        number="QJ-20261124-001", flow=flow, flow_version="", title=FLOWS[flow].title, applicant="lix", status=status,
        version=5, created_at=NOW, values=values,
    )  # fmt: skip


def posts(after: Case, before: Status = Status.RUNNING, *, on: bool = True) -> Any:
    attendance = replace(WORLD.attendance, write_back=on)
    office: Any = SimpleNamespace(world=replace(WORLD, attendance=attendance))
    return tellings(replace(after, status=before), after, office, NOW)


def facts(flow: str, **values: Any) -> list[dict[str, str]]:
    told = posts(case(flow, **values))
    assert all(post.to == "att:lix" for post in told)
    return [dict(post.words.params) for post in told]


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2026-11-25", "2026-11-26", ("2026-11-25", "2026-11-26", "day")),
        ("2026-11-25 下午", "2026-11-26", ("2026-11-25 下午", "2026-11-26 下午", "half")),
        ("2026-11-25", "2026-11-26 上午", ("2026-11-25 上午", "2026-11-26 上午", "half")),
        ("2026-11-25 09:30", "2026-11-25 11:00", ("2026-11-25 09:30", "2026-11-25 11:00", "hour")),
        ("2026-11-25 15:00", "2026-11-26", ("2026-11-25 15:00", "2026-11-26 23:59", "hour")),
        ("2026-11-25 上午", "2026-11-26 11:00", ("2026-11-25 00:00", "2026-11-26 11:00", "hour")),
    ],
)
def test_leave_is_told_in_days_halves_or_hours(start: str, end: str, told: tuple[str, str, str]) -> None:
    (said,) = facts("leave", leave_type="annual", start=start, end=end)
    assert (said["from"], said["to"], said["unit"]) == told
    assert (said["kind"], said["name"], said["days"], said["approval"]) == (
        "leave",
        "年假",
        "working",
        "QJ-20261124-001",
    )
    assert said["link"] == "https://nod.example/"


def test_leave_by_the_calendar_counts_its_days_so_and_is_told_in_months() -> None:
    parts = facts("leave", leave_type="maternity", start="2026-12-01", end="2027-02-10 上午")
    assert {part["days"] for part in parts} == {"calendar"}
    assert [(part["approval"], part["from"], part["to"]) for part in parts] == [
        ("QJ-20261124-001", "2026-12-01 上午", "2026-12-31 下午"),
        ("QJ-20261124-001.31", "2027-01-01 上午", "2027-01-31 下午"),
        ("QJ-20261124-001.62", "2027-02-01 上午", "2027-02-10 上午"),
    ]


@pytest.mark.parametrize(
    ("flow", "kind", "days"),
    [("business_trip", "trip", "calendar"), ("outing", "outing", "calendar"), ("rest_day", "rest", "working")],
)
def test_trips_outings_and_rest_are_told_too(flow: str, kind: str, days: str) -> None:
    (said,) = facts(flow, start="2026-11-25", end="2026-11-25", place="上海")
    assert (said["kind"], said["days"]) == (kind, days)


def test_what_lies_too_far_back_is_said_to_who_administers_the_flow() -> None:
    told = posts(case("leave", leave_type="sick", start="2026-10-12", end="2026-10-30"))
    letters = [dict(post.words.params) for post in told if post.to == "att:lix"]
    assert [(one["from"], one["to"]) for one in letters] == [("2026-10-25", "2026-10-30")]
    words = {post.to: post.words.params["markdown"] for post in told if post.to != "att:lix"}
    assert words, "somebody hears of it"
    assert all("10月25日（周日）以前的部分要在考勤里手工补登" in text for text in words.values())
    assert "lix" not in words
    wholly = posts(case("leave", leave_type="sick", start="2026-10-12", end="2026-10-13"))
    assert all(post.to != "att:lix" for post in wholly)


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2026-11-24 19:00", "2026-11-24 21:30", [("2026-11-24 19:00", "2026-11-24 21:30", "2.5")]),
        ("2026-11-24 22:00", "2026-11-25 02:00", [("2026-11-24 22:00", "2026-11-25 02:00", "4")]),
        ("2026-11-28", "2026-11-28", [("2026-11-28 09:00", "2026-11-28 18:00", "8")]),
        (
            "2026-11-28 13:00",
            "2026-11-29 12:00",
            [("2026-11-28 13:00", "2026-11-29 12:00", "23")],
        ),
        (
            "2026-11-28",
            "2026-11-29 上午",
            [("2026-11-28 09:00", "2026-11-28 18:00", "8"), ("2026-11-29 09:00", "2026-11-29 12:00", "3")],
        ),
    ],
)
def test_overtime_is_told_in_hours_a_day_a_call(start: str, end: str, told: list[tuple[str, str, str]]) -> None:
    said = facts("overtime", start=start, end=end)
    assert [(one["from"], one["to"], one["hours"]) for one in said] == told
    assert {one["for"] for one in said} == {"time_off"}


def test_a_correction_and_a_swap_are_told_with_what_must_be_looked_up() -> None:
    (said,) = facts("clock_correction", start="2026-11-23 09:00", punch="in", reason="忘了")
    assert (said["call"], said["day"], said["clock"], said["punch"]) == ("correct", "2026-11-23", "09:00", "in")
    assert WORLD.organization.person(said["operator"]).admin
    assert "忘了" not in said.values()
    (swap,) = facts("shift_swap", start="2026-11-26", deputy="liuy", end="2026-11-27", reason="有事")
    assert (swap["call"], swap["day"], swap["other"], swap["back"]) == ("swap", "2026-11-26", "liuy", "2026-11-27")


def test_an_approval_that_is_undone_is_taken_back_part_by_part() -> None:
    undone = case("leave", Status.WITHDRAWN, leave_type="maternity", start="2026-12-01", end="2027-01-05")
    told = [dict(post.words.params) for post in posts(undone, Status.APPROVED)]
    assert [(one["call"], one["approval"]) for one in told] == [
        ("cancel", "QJ-20261124-001"), ("cancel", "QJ-20261124-001.31"),
    ]  # fmt: skip
    corrected = case("clock_correction", Status.WITHDRAWN, start="2026-11-23 09:00", punch="in")
    assert len(posts(corrected, Status.APPROVED)) == 1


def test_nothing_is_told_of_other_flows_other_ends_and_where_it_is_switched_off() -> None:
    leave = case("leave", leave_type="sick", start="2026-11-25", end="2026-11-25")
    assert posts(leave, on=False) == ()
    assert posts(leave, Status.APPROVED) == ()
    assert posts(replace(leave, status=Status.REJECTED)) == ()
    assert facts("expense", amount="100") == []
