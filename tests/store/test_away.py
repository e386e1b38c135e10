"""今天谁不在: from approved leave, for whoever may see it, without saying why."""

from datetime import UTC, date, timedelta

import sqlalchemy as sa
from alembic import command

from cards.tracks import track
from store.calendar import LoadedCalendar
from store.engine import make_engine
from store.executor import Executor
from store.migrate import configuration, upgrade
from tests.store.office import SAID_AT, executor, submits, world
from tests.store.talkative import HR, OTHER, SUPERVISOR, talkative
from tests.store.test_executor import rows
from tests.store.test_limits import drafted
from tests.store.test_standins import on_leave as gone_on_leave
from usecases.act import Act


async def on_leave(office: Executor, text: str, person: str, *approvers: str) -> None:
    number = await drafted(office, text, f"leave-{person}", person=person)
    await office.submit(submits(person, number))
    for step, who in enumerate(approvers, start=1):
        await office.submit(Act(push=f"{number}-{step}", by=who, track=track(number, f"s{step}", who), verb="approve"))


async def answer(office: Executor, url: str, person: str, text: str) -> str:
    before = {row[0] for row in rows(url, f"SELECT track FROM outbox WHERE lane = '{person}'")}
    await drafted(office, text, f"{person}-{text}", person=person)
    said = rows(url, f"SELECT track, words FROM outbox WHERE lane = '{person}' AND words LIKE '%谁不在%'")
    return "".join(row[1] for row in said if row[0] not in before)


async def test_who_is_away_is_told_to_colleagues_and_not_why(database_url: str) -> None:
    async with executor(database_url) as office:
        office.clock = lambda: SAID_AT.astimezone(UTC)
        await on_leave(office, "今天到周三请病假，住院", "lix", "chenj", "sunl", "zhao")
        await on_leave(office, "明天上午请事假，办证", "xiem", "huangt", "sunl")
        mine = await answer(office, database_url, "zhangw", "今天谁不在")
        assert "李想，到 11月25日（周三）" in mine
        assert "病" not in mine
        assert "谢敏" not in mine
        assert "没有人请假" in await answer(office, database_url, "zhangw", "下周谁不在")
        assert "没有人请假" in await answer(office, database_url, "dongq", "今天谁不在"), "another department"
        both = await answer(office, database_url, "zhao", "明天谁不在")
        assert "李想" in both
        assert "谢敏，到 12:00" in both


async def test_who_is_on_a_trip_or_out_is_away_too(database_url: str) -> None:
    async with executor(database_url) as office:
        office.clock = lambda: SAID_AT.astimezone(UTC)
        await on_leave(office, "今天到周三去上海出差，拜访客户", "lix", "chenj", "sunl", "fengh", "zhao")
        await on_leave(office, "今天下午两点到四点外出，去税务局办事", "zhangw", "chenj", "sunl")
        for number in ("CC", "WC"):
            assert rows(database_url, f"SELECT status FROM cases WHERE number LIKE '{number}%'") == [("approved",)]
        said = await answer(office, database_url, "chenj", "今天谁不在")
        assert "李想，出差（上海），到 11月25日（周三）" in said
        assert "外出，到 16:00" in said
        assert "税务" not in said
        assert "没有人请假、出差或外出" in await answer(office, database_url, "chenj", "下周谁不在")


async def test_who_decides_again_while_on_leave_is_on_leave_all_the_same(database_url: str) -> None:
    async with talkative(database_url) as office:
        await gone_on_leave(office, SUPERVISOR, deputy=OTHER)
        assert "请假" in await office.says(SUPERVISOR, "我的委托")
        assert "已取消委托" in await office.says(SUPERVISOR, "取消委托")
        assert "现在没有委托" in await office.says(SUPERVISOR, "我的委托")
        assert "现在没有委托" in await office.says(OTHER, "我的委托")
        assert office.name(SUPERVISOR) in await office.says(HR, "今天谁不在") + await office.says("zhao", "今天谁不在")
        friday = date(2026, 11, 27)
        with office.office.engine.connect() as connection:
            calendar = LoadedCalendar(connection=connection, world=world(), kept={})
            presence = calendar.presence(friday, friday, [SUPERVISOR])
        assert presence.away_at(SUPERVISOR, SAID_AT + timedelta(days=4)) is not None


async def test_leave_that_was_kept_among_deputies_moves_to_the_calendar_and_back(database_url: str) -> None:
    start, end = 1_800_000_000_000, 1_800_086_400_000
    engine = make_engine(database_url)
    with engine.begin() as connection:
        command.downgrade(configuration(connection), "0006")
        for key, number, flow in (("QJ-1", "QJ-1", "leave"), ("XX-1", "XX-1", "rest_day"), ("m:1", "", "")):
            connection.execute(
                sa.text(
                    "INSERT INTO standins (id, person, deputy, start_ms, end_ms, made_ms, flows, most, case_number)"
                    " VALUES (:key, 'lix', 'chenj', :start, :end, :start, '[]', '', :number)"
                ),
                {"key": key, "number": number, "start": start, "end": end},
            )
            if number:
                connection.execute(
                    sa.text(
                        "INSERT INTO cases (number, flow, applicant, status, version, created_ms, updated_ms, head,"
                        " state) VALUES (:number, :flow, 'lix', 'approved', 1, 1, 1, '', '{}')"
                    ),
                    {"number": number, "flow": flow},
                )
    upgrade(database_url)
    moved = rows(database_url, "SELECT id, person, kind, start_ms, end_ms, deputy FROM away ORDER BY id")
    assert moved == [
        ("QJ-1", "lix", "leave", start, end, "chenj"),
        ("XX-1", "lix", "rest", start, end, "chenj"),
    ]
    assert rows(database_url, "SELECT id FROM standins") == [("m:1",)]
    with engine.begin() as connection:
        command.downgrade(configuration(connection), "0006")
    assert rows(database_url, "SELECT id, case_number FROM standins ORDER BY id") == [
        ("QJ-1", "QJ-1"), ("XX-1", "XX-1"), ("m:1", ""),
    ]  # fmt: skip
    engine.dispose()
