"""Groups hear who is not there today and until when, and nothing else (R-NOTE-1, R-SUM-3)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time

import pytest

from cards.tracks import track
from domain.attendance.presence import AwayKind
from domain.groups import Group
from scheduler.jobs import at_times
from tests.store.attending import GROUPS, at, attending, away, works
from usecases.act import Act
from usecases.due import Due
from usecases.ports import Office
from usecases.tell_away import Plan

MARKET, MANAGERS = "cid:cidMarket==", "cid:cidManagers=="


async def test_the_right_group_hears_who_is_away_and_until_when(database_url: str) -> None:
    async with attending(database_url) as office:
        await office.knows(
            away("lix", "11-23 00:00", "11-26 00:00", place="协和医院", deputy="zhangw"),
            away("zhangw", "11-23 13:00", "11-24 00:00"),
            away("songj", "11-23 09:00", "11-23 15:00", "outing", place="税务局"),
            away("wangf", "11-22 00:00", "11-24 12:00", "trip"), away("chenj", "11-24 00:00", "11-25 00:00"),
            away("fengh", "11-23 00:00", "11-24 00:00"), away("gone", "11-23 00:00", "11-24 00:00"),
        )  # fmt: skip
        await office.runs("notices", "11-23 08:30")
        assert office.receivers() == [MANAGERS, MARKET]
        said = office.heard(MARKET)
        assert "李想：不在，到 11月25日（周三）" in said
        assert "张伟：不在，13:00 起" in said
        assert "宋佳：外出，09:00 起，到 15:00" in said
        assert "王芳" not in said
        assert "陈静" not in said
        assert "王芳：出差，到 11月24日（周二）" in office.heard(MANAGERS)


@pytest.mark.parametrize("kind", ["leave", "trip", "outing", "rest"])
async def test_nothing_personal_is_said_in_a_group(database_url: str, kind: AwayKind) -> None:
    async with attending(database_url) as office:
        number = await office.people.filed("lix", "今天请一天病假，胃镜检查")
        for step, who in enumerate(("chenj", "sunl", "zhao"), start=1):
            await office.people.office.submit(
                Act(push=f"a{step}", by=who, track=track(number, f"s{step}", who), verb="approve")
            )
        office.seen()
        await office.knows(away("lix", "11-23 00:00", "11-24 00:00", kind, id=number, place="协和医院"))
        await office.runs("notices", "11-23 08:30")
        said = office.heard(MARKET)
        assert ("李想" in said) is (kind != "rest")
        assert not any(word in said for word in ("病", "胃镜", "协和", "假", number))


async def test_a_name_cannot_call_everybody(database_url: str) -> None:
    async with attending(database_url) as office:
        world = office.people.office.world
        people = [
            replace(one, name="[李想](https://example.com) @all") if one.userid == "lix" else one
            for one in world.organization.people.values()
        ]
        changed = type(world.organization)(people=people, departments=world.organization.departments.values())
        frame = replace(world.frame, names=changed.name_of)
        office.people.office.world = replace(world, organization=changed, frame=frame)
        await office.knows(away("lix", "11-23 00:00", "11-24 00:00"))
        await office.runs("notices", "11-23 08:30")
        assert "](" not in office.heard(MARKET)
        assert "@all" not in office.heard(MARKET)


async def test_where_nobody_is_away_nothing_is_said(database_url: str) -> None:
    async with attending(database_url) as office:
        await office.knows(away("lix", "11-25 00:00", "11-26 00:00"))
        await office.runs("notices", "11-23 08:30")
        assert office.receivers() == []


async def test_whose_absence_is_approved_in_the_day_is_told_when_it_begins_and_once(database_url: str) -> None:
    async with attending(database_url) as office:
        await office.knows(away("songj", "11-23 13:00", "11-23 18:00", "outing"))
        await office.runs("notices", "11-23 08:30")
        assert "宋佳" in office.heard(MARKET)
        await office.knows(
            away("lix", "11-23 14:00", "11-23 16:00", "outing", made=at("11-23 11:10")),
            away("zhangw", "11-23 09:00", "11-23 18:00", "outing", made=at("11-23 10:10")),
        )
        told = {}
        for half in range(18, 37):
            office.seen()
            moment = f"{half // 2:02}:{half % 2 * 30:02}"
            await office.runs("notices_later", f"11-23 {moment}")
            told[moment] = [name for name in ("李想", "张伟", "宋佳") if name in office.heard(MARKET)]
        assert {moment: names for moment, names in told.items() if names} == {"10:30": ["张伟"], "14:00": ["李想"]}


async def test_a_department_that_wishes_so_also_hears_of_its_managers(database_url: str) -> None:
    curious = Group(id="cidMarket==", department="市场部", own_managers=True)
    async with attending(database_url, groups=(curious, GROUPS[1])) as office:
        await office.knows(away("wangf", "11-23 00:00", "11-24 00:00"))
        await office.runs("notices", "11-23 08:30")
        assert "王芳" in office.heard(MARKET)
        assert "王芳" in office.heard(MANAGERS)


EARLY, LATE = {"09:00": ["李想"], "10:30": ["张伟"], "14:00": ["宋佳"]}, {"09:30": ["李想", "宋佳"], "10:30": ["张伟"]}


@pytest.mark.parametrize(("notices", "told"), [("08:00", EARLY), ("09:30", LATE)])
async def test_who_was_in_the_message_of_the_morning_is_not_told_again_whenever_that_is(
    database_url: str, notices: str, told: dict[str, list[str]]
) -> None:
    jobs = at_times({"notices": time.fromisoformat(notices)})
    async with attending(database_url) as office:
        await office.knows(
            away("songj", "11-23 14:00", "11-23 18:00", "outing", made=at("11-23 09:05")),
            away("lix", "11-23 08:00", "11-23 18:00", made=at("11-23 08:20")),
            away("zhangw", "11-23 10:00", "11-23 18:00", "outing", made=at("11-23 10:10")),
        )  # fmt: skip
        names: dict[str, list[str]] = {}
        for half in range(16, 37):
            moment = f"{half // 2:02}:{half % 2 * 30:02}"
            due = {"notices_later": half >= 18, "notices": moment == notices}
            for plan in (jobs[job].plan for job, is_due in due.items() if is_due):
                dues = await office.asks(in_full(plan), f"11-23 {moment}")
                text = " ".join(str(one.posts[0].message) for one in dues if one.receiver == MARKET)
                names.setdefault(moment, []).extend(name for name in ("李想", "张伟", "宋佳") if name in text)
        assert {moment: several for moment, several in names.items() if several} == told


def in_full(plan: Plan) -> Callable[[Office, datetime], list[Due]]:
    """Its dues while the store is at hand."""
    return lambda office, moment: list(plan(office, moment))


async def test_all_groups_of_a_department_hear_of_it(database_url: str) -> None:
    second = Group(id="cidMarket2==", department="市场部")
    async with attending(database_url, groups=(*GROUPS, second)) as office:
        await office.knows(away("lix", "11-23 00:00", "11-24 00:00"))
        await office.runs("notices", "11-23 08:30")
        assert set(office.receivers()) == {MARKET, "cid:cidMarket2=="}


async def test_a_morning_that_is_told_late_leaves_to_the_day_what_was_approved_since(database_url: str) -> None:
    async with attending(database_url) as office:
        await office.knows(away("lix", "11-23 09:00", "11-23 18:00", "outing", made=at("11-23 08:50")))
        await office.runs("notices", "11-23 08:30")
        assert office.receivers() == []
        await office.runs("notices_later", "11-23 09:00")
        assert "李想" in office.heard(MARKET)


async def test_on_a_weekend_groups_hear_of_those_who_work_then(database_url: str) -> None:
    async with attending(database_url) as office:
        assert await office.moments("notices", at("11-28 00:00"), at("11-29 00:00")) == [at("11-28 08:30")]
        await office.knows(
            works("lix", 28), away("lix", "11-27 00:00", "12-01 00:00"), away("zhangw", "11-27 00:00", "12-01 00:00"),
            away("songj", "11-28 09:00", "11-28 15:00", "outing"),
        )  # fmt: skip
        await office.runs("notices", "11-28 08:30")
        said = office.heard(MARKET)
        assert [name for name in ("李想", "张伟", "宋佳") if name in said] == ["李想", "宋佳"]
