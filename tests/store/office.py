"""An executor over a real database with the sample company, and people's wishes as commands."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import flowfiles, organizationfile
from bot.chat import SAMPLE
from cards.card import Frame
from cards.tracks import track
from language import understand
from language.statutory import statutory_workdays
from store.engine import make_engine
from store.executor import Executor
from usecases.act import Act
from usecases.hear import Hear
from usecases.ports import World
from usecases.show import APPLICANT
from usecases.submit_draft import SubmitDraft
from usecases.values import KINDS

SAID_AT = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
FLOWS = flowfiles.load("matrix")
COMPANY = organizationfile.load(SAMPLE)


def world() -> World:
    """The sample company with the pack `matrix`."""
    frame = Frame(names=COMPANY.name_of, zone=ZoneInfo("Asia/Shanghai"), dialect="plain")
    return World(organization=COMPANY, flows=FLOWS, workdays=statutory_workdays(), frame=frame)


@asynccontextmanager
async def executor(url: str) -> AsyncIterator[Executor]:
    """A running executor on this database."""
    running = Executor(engine=make_engine(url), world=world())
    running.start()
    try:
        yield running
    finally:
        await running.stop()


def says(person: str, text: str, message: str) -> Hear:
    """The person says this; `message` is the msgId."""
    reading = understand(text, SAID_AT)
    flow = FLOWS.get(KINDS.get(reading.kind, ""))
    return Hear(message=f"m:bot:{message}", by=person, text=text, said_at=SAID_AT, reading=reading, flow=flow)


def submits(person: str, case: str) -> SubmitDraft:
    """The person files the draft."""
    return SubmitDraft(push=f"submit-{case}", by=person, track=track(case, APPLICANT, person))


def decides(person: str, case: str, step: str, verdict: str = "approved", push: str = "tap") -> Act:
    """The person taps on the card of this step."""
    approved = verdict == "approved"
    return Act(
        push=f"{push}-{person}",
        by=person,
        track=track(case, f"s{step}", person),
        verb="approve" if approved else "reject",
        words="" if approved else "没空",
    )
