"""What is missing waits while it can be put right, then is HR's; what comes later settles it (R-ATT-5, R-APR-10)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from domain.approvals.case import Case, Status
from domain.attendance.errors import FindingDecided, NotYourFinding
from domain.attendance.findings import Evidence, Finding, decided, looked_at
from domain.attendance.missed import Edge
from domain.attendance.presence import Away
from domain.attendance.punches import Punch
from tests.domain.attendance.calendars import MONDAY, ZONE, at, away, case, known, punched

IN, OUT = Edge(kind="in", at=at("09-14 08:30")), Edge(kind="out", at=at("09-14 18:00"))
DUE = at("09-18 00:00")
EARLY, LATE = at("09-16 10:00"), at("09-18 10:00")


def missing(*edges: Edge, **more: Any) -> Finding:
    evidence = Evidence(edges=edges)
    state = more.pop("state", "waiting")
    return Finding(
        kind="absence", person="lix", day=MONDAY, made=at("09-15 09:30"), due=DUE, evidence=evidence, state=state,
        **more,
    )  # fmt: skip


def seen(finding: Finding, *values: Away | Punch | Case, now: datetime = LATE) -> Finding:
    absences = [one for one in values if isinstance(one, Away)]
    punches = [one for one in values if isinstance(one, Punch)]
    cases = [one for one in values if isinstance(one, Case)]
    return looked_at(finding, known(*absences), punches, cases, now, ZONE)


def correction(status: Status, punch: str = "in", start: str = "2026-09-14 08:30", **more: Any) -> Case:
    return case("clock_correction", "lix", status, punch=punch, start=start, **more)


def test_it_waits_for_its_last_day_and_is_then_hrs() -> None:
    assert seen(missing(IN), now=EARLY).state == "waiting"
    assert seen(missing(IN)).state == "open"


def test_a_punch_or_an_approved_case_settles_it_also_when_it_is_open() -> None:
    for state in ("waiting", "open"):
        assert seen(missing(IN, state=state), punched("lix", "in", "09-14 08:30")).state == "settled"
        by_case = seen(missing(IN, state=state), correction(Status.APPROVED))
        assert (by_case.state, by_case.case) == ("settled", "CL-20260915-001")
        leave = seen(missing(IN, OUT, state=state), away("lix", "09-14 00:00", "09-15 00:00", id="QJ-1"))
        assert (leave.state, leave.case) == ("settled", "QJ-1")


def test_half_of_it_put_right_leaves_the_other_half() -> None:
    half = seen(missing(IN, OUT), away("lix", "09-14 00:00", "09-14 12:00"))
    assert (half.state, half.evidence.edges) == ("open", (OUT,))
    assert seen(missing(IN, OUT), correction(Status.APPROVED)).evidence.edges == (OUT,)
    assert seen(missing(IN, OUT), correction(Status.APPROVED, "both")).state == "settled"


def test_a_correction_that_was_filed_in_time_is_waited_for() -> None:
    assert seen(missing(IN), correction(Status.RUNNING)).state == "waiting"
    assert seen(missing(IN), correction(Status.RUNNING, filed="09-18 09:00")).state == "open", "too late"
    assert seen(missing(IN), correction(Status.REJECTED)).state == "open"
    assert seen(missing(IN, OUT), correction(Status.RUNNING)).state == "open", "only half of it is asked for"


def test_a_correction_that_was_filed_after_the_last_day_settles_nothing_by_itself() -> None:
    late = correction(Status.APPROVED, filed="09-18 09:00")
    for state in ("waiting", "open"):
        found = seen(missing(IN, state=state), late)
        assert (found.state, [one.number for one in found.evidence.cases]) == ("open", [late.number])
    written_back = replace(punched("lix", "in", "09-14 08:30"), source="case")
    assert seen(missing(IN, state="open"), late, written_back).state == "open", "it is there by that correction only"
    assert seen(missing(IN, state="open"), written_back).state == "settled", "nothing says that it came late"
    assert seen(missing(IN, state="open"), late, punched("lix", "in", "09-14 08:30")).state == "settled"


@pytest.mark.parametrize(
    ("start", "punch", "counts"),
    [
        ("2026-09-14", "in", True), ("2026-09-14 上午", "in", True), ("2026-09-14 08:30", "out", False),
        ("2026-09-15 08:30", "in", False), ("2026-09-13", "in", False), ("nonsense", "in", False),
        ("2026-09-14 18:00", "in", False),
    ],
)  # fmt: skip
def test_a_correction_means_the_punch_that_it_names(start: str, punch: str, counts: bool) -> None:
    found = seen(missing(IN), correction(Status.APPROVED, punch, start))
    assert (found.state == "settled") is counts


def test_a_night_shift_ends_on_the_next_day() -> None:
    out = Edge(kind="out", at=at("09-15 06:00"))
    assert seen(missing(out), correction(Status.APPROVED, "out", "2026-09-15 06:00")).state == "settled"
    assert seen(missing(out), correction(Status.APPROVED, "out", "2026-09-14")).state == "settled"
    assert seen(missing(out), correction(Status.APPROVED, "out", "2026-09-15 18:00")).state == "open"


def test_a_day_of_leave_is_the_night_that_begins_on_it() -> None:
    out = Edge(kind="out", at=at("09-15 06:00"))
    own, next_day = (case("leave", "lix", Status.REJECTED, start=day, end=day) for day in ("2026-09-14", "2026-09-15"))
    assert [one.number for one in seen(missing(out), own).evidence.cases] == [own.number]
    assert seen(missing(out), next_day).evidence.cases == ()
    approved = away("lix", "09-14 00:00", "09-15 00:00")
    assert seen(missing(out), approved).state == "settled"


@pytest.mark.parametrize("status", [Status.REJECTED, Status.RUNNING, Status.WITHDRAWN])
def test_leave_that_went_ahead_without_a_yes_is_evidence(status: Status) -> None:
    leave = case("leave", "lix", status, "09-11 09:00", start="2026-09-14 上午", end="2026-09-14 上午")
    found = seen(missing(IN), leave)
    assert (found.state, found.unapproved) == ("open", True)
    assert [(one.number, one.status) for one in found.evidence.cases] == [(leave.number, status)]
    afternoon = replace(leave, values={"start": "2026-09-14 下午", "end": "2026-09-14 下午"})
    assert seen(missing(IN), afternoon).evidence.cases == (), "it was about another time"
    assert not seen(missing(IN)).unapproved, "a forgotten punch is no missing approval"
    assert seen(missing(IN, OUT)).unapproved, "a whole day is"


def test_what_there_is_of_the_day_is_evidence_too() -> None:
    found = seen(missing(IN), punched("lix", "out", "09-14 18:02"))
    assert found.evidence.punches == (Edge(kind="out", at=at("09-14 18:02")),)


def test_another_persons_cases_and_punches_are_none_of_it() -> None:
    theirs = replace(correction(Status.APPROVED), applicant="zhangw")
    assert seen(missing(IN), theirs, punched("zhangw", "in", "09-14 08:00")).state == "open"


def test_it_is_decided_once_and_not_by_the_person() -> None:
    fined = seen(missing(IN, yuan=100))
    confirmed = decided(fined, "confirmed", "maj", "", LATE)
    assert (confirmed.state, confirmed.yuan, confirmed.decided_by) == ("confirmed", 100, "maj")
    assert decided(fined, "excused", "maj", "系统故障", LATE).yuan == 0
    with pytest.raises(FindingDecided):
        decided(confirmed, "excused", "sunl", "算了", LATE)
    with pytest.raises(NotYourFinding):
        decided(fined, "excused", "lix", "我很忙", LATE)
    with pytest.raises(FindingDecided):
        decided(missing(IN), "confirmed", "maj", "", LATE)
