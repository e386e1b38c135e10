"""The parts as the configuration wants them: what is known at the start, and the platform as one app sees it."""

from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

import aiohttp
from redis.asyncio import Redis

from bot import flowfiles, tongues
from bot.config import Config, Log
from bot.leaverules import rules
from bot.wire.api import DingTalk
from bot.wire.gateway import Credentials
from bot.wire.pace import Bucket, MemoryBucket, Rate
from bot.wire.shared import SharedBucket, SharedTokens
from bot.wire.token import MemoryTokens, TokenCache
from cards.card import Frame
from cards.log_templates import USUAL
from domain.attendance.rules import Attendance
from domain.budget import Budget
from domain.groups import Group
from domain.logs import ANYTHING, Template
from domain.people import Organization
from domain.reminders import Quiet
from language.statutory import statutory_workdays
from usecases.ports import World


def world(config: Config) -> World:
    """What every command sees, before the organisation is read. Raises ConfigError."""
    office, known = config.office, tongues.load()
    flows = flowfiles.load(office.flows, posts=office.posts)
    return World(
        organization=Organization(people=[], departments=[]),
        flows=flows,
        workdays=replace(statutory_workdays(), company=config.calendar.company),
        file_for_others=office.file_for_others,
        home=tuple(office.home),
        attendance=Attendance(**config.attendance.model_dump(include={"operator", "write_back", "overtime", "link"})),
        leave=rules(config.leave, flows, config.place),
        quiet=_quiet(config.jobs.quiet),
        budget=Budget(calls=config.budget.calls, messages=config.budget.messages),
        groups=tuple(
            Group(
                id=one.id, department=one.department, managers=one.managers, own_managers=one.own_managers,
                summaries=tuple(one.summaries), names=one.names,
            )
            for one in config.group
        ),
        attendance_rules=config.attendance.rules(office.flows),
        logs=tuple(_template(one) for one in config.log) or USUAL,
        frame=Frame(
            names=lambda userid: userid, zone=ZoneInfo(office.zone), dialect=config.cards.dialect,
            language=office.language, tongue=known[office.language],
        ),
        tongues=known,
    )  # fmt: skip


def _template(one: Log) -> Template:
    asks = () if one.kind == "things" else tuple(one.questions) or ANYTHING
    return Template(
        name=one.name, kind=one.kind, questions=asks, departments=tuple(one.departments), things=one.things,
        remind=one.remind,
    )  # fmt: skip


def _quiet(text: str) -> Quiet | None:
    """22:00-07:00 in minutes after midnight."""
    if not text:
        return None
    start, end = (int(hour) * 60 + int(minute) for hour, minute in (clock.split(":") for clock in text.split("-")))
    return None if start == end else (start, end)


def credentials(config: Config) -> Credentials:
    """The app's, and where the platform is."""
    return Credentials(
        client_id=config.dingtalk.client_id,
        client_secret=config.dingtalk.client_secret.get_secret_value(),
        api=config.dingtalk.api,
        legacy=config.dingtalk.oapi,
    )


def platform(
    config: Config, session: aiohttp.ClientSession, redis: Redis | None, spent: Callable[[str], None] = lambda api: None
) -> DingTalk:  # fmt: skip
    """The platform; with Redis, replicas share its token and its pace. `spent` hears of each call."""
    rate = Rate(per_second=config.dingtalk.calls_per_second)
    tokens: TokenCache = MemoryTokens() if redis is None else SharedTokens(redis)
    bucket: Bucket = MemoryBucket(rate) if redis is None else SharedBucket(redis, rate)
    return DingTalk(
        session, credentials(config), robot=config.dingtalk.robot_code, tokens=tokens, bucket=bucket, spent=spent
    )
