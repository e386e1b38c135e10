"""The product on a moved clock: its runner and senders in this process, over HTTP against an emulator of its own."""

import asyncio
import contextlib
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import aiohttp
import orjson
import sqlalchemy as sa

from bench.year_company import ZONE, Absence, Clock, Company, Report, Worker, organization, person, schedule
from bench.year_expected import Told
from bot import flowfiles, organizationfile
from bot.attendance import AttendanceReader
from bot.budget import Keeper, Meter
from bot.config import PLAIN_TEMPLATE, WORDS_TEMPLATE
from bot.deliver import Deliverer, Templates
from bot.messenger import Messenger
from bot.reports import LogsReader
from bot.timekeeping import Outside, StoreRows
from bot.wire.api import DingTalk
from bot.wire.attendance import Attendance
from bot.wire.gateway import Credentials
from bot.wire.pace import MemoryBucket, Rate
from cards.card import Frame
from domain.attendance.presence import Away
from domain.logs import Log
from domain.reminders import REMINDERS, Settings
from language.statutory import statutory_workdays
from scheduler.jobs import JOBS
from scheduler.runner import Runner
from store import kept
from store import tables as t
from store.codec import to_ms
from store.engine import make_engine
from store.executor import Executor
from store.migrate import upgrade
from usecases.ports import World

ROOT: Final = Path(__file__).parent.parent
RUNNING: Final = ("punch_in", "punch_out", "missed_punches", "log_evening", "log_week", "log_month")
_AT_ONCE: Final = 500  # that a call of the control interface tells
_SENT: Final = "/v1.0/"  # in the path of what is said, and in that of no reading
_FORMS: Final = {"day": "日报", "week": "周报", "month": "月报"}
Fact = Absence | Clock | Report


@dataclass(slots=True)
class Office:
    """What a year needs: `now` is its clock."""

    company: Company
    now: datetime
    runner: Runner
    executor: Executor
    bells: list[Any]
    session: aiohttp.ClientSession
    address: str
    folder: Path
    seen: int = 0  # the last of the platform's calls that was looked at
    facts: int = 0
    told: list[Told] = field(default_factory=list)

    async def strike(self, moment: datetime) -> None:
        """One beat of the runner at that moment, and all that it sends arrives."""
        self.now = moment
        await self.runner.strike()
        while await self.executor.run(self._waiting):
            for part in self.bells:
                part.ring()
            await asyncio.sleep(0.002)
        found = await self.call("GET", "/emulator/calls", after=str(self.seen), path=_SENT)
        self.seen = found["last"]
        for one in found["items"]:
            assert one["status"] == 200, one
            self.told += [Told(moment, person, words) for person, words in _said(one)]

    def _waiting(self, connection: sa.Connection) -> int:
        due = t.WAITING & (t.outbox.c.due_ms <= to_ms(self.now))
        return connection.scalar(sa.select(sa.func.count()).select_from(t.outbox).where(due)) or 0

    async def happens(self, facts: list[Fact]) -> None:
        """What people do, in any order: it is all before the next strike."""
        self.facts += len(facts)
        clocks = [_shown(one) for one in facts if isinstance(one, Clock)]
        forms = [_shown(one) for one in facts if isinstance(one, Report) and one.form]
        for path, rows in (("attendance", clocks), ("reports", forms)):
            for start in range(0, len(rows), _AT_ONCE):
                await self.call("POST", f"/emulator/{path}", {"several": rows[start : start + _AT_ONCE]})
        await self.keep([_away(one) for one in facts if isinstance(one, Absence)])
        await self.keep([_log(one) for one in facts if isinstance(one, Report) and not one.form])

    async def keep(self, values: list[Any]) -> None:
        """Into the store, as use cases leave it."""
        if values:
            kinds = {type(values[0]): {one.id: one for one in values}}
            await self.executor.run(lambda connection: kept.write_all(connection, kinds, to_ms(self.now)))

    async def staff(self, moment: datetime, coming: list[Worker], going: list[Worker]) -> None:
        """People come and go, on the platform and in what the product knows of it."""
        self.now = moment
        for one in going:
            await self.call("DELETE", f"/emulator/people/{one.userid}")
        for one in coming:
            await self.call("PUT", f"/emulator/people/{one.userid}", person(one))
        await self.call("PUT", "/emulator/schedule", schedule(self.company, self.now.date()))
        self.executor.world = _employed(self.executor.world, self.company, self.now, self.folder)

    async def call(self, method: str, to: str, body: Any = None, **query: str) -> Any:
        """One call of the control interface."""
        async with self.session.request(method, self.address + to, json=body, params=query) as answer:
            assert answer.status == 200, (to, body, await answer.text())
            return orjson.loads(await answer.read())

    async def calls(self) -> Counter[str]:
        """How often the platform was called, by path."""
        return Counter((await self.call("GET", "/emulator/stats"))["paths"])


@contextlib.asynccontextmanager
async def an_office(company: Company, begin: datetime, folder: Path) -> AsyncIterator[Office]:
    """Emulator, store and product, for the length of the block."""
    file = folder / "organization.json"
    file.write_bytes(orjson.dumps(organization(company, begin.date())))
    database = f"sqlite:///{folder}/year.db"
    upgrade(database)
    async with contextlib.AsyncExitStack() as stack:
        address = await stack.enter_async_context(_emulator(file))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        executor = Executor(engine=make_engine(database), world=_employed(_a_world(company), company, begin, folder))
        reader = make_engine(database, writer=False)
        stack.callback(reader.dispose)
        credentials = Credentials(client_id="year", client_secret="year", api=address, legacy=address)
        keeper = Keeper(executor=executor, meter=Meter(), clock=lambda: office.now)
        platform = DingTalk(session, credentials, bucket=MemoryBucket(Rate(per_second=1e6)), spent=keeper.meter.call)
        rows = StoreRows(executor=executor, reader=reader)
        attendance = AttendanceReader(executor=executor, platform=Attendance(platform.caller))
        logs = LogsReader(executor=executor, platform=platform, clock=lambda: office.now)
        outside = Outside(rows=rows, attendance=attendance, logs=logs, keeper=keeper)
        templates = Templates(case=PLAIN_TEMPLATE, words=WORDS_TEMPLATE)
        messenger = Messenger(executor=executor, platform=platform, holder="year")
        deliverer = Deliverer(executor=executor, platform=platform, templates=templates, holder="year")
        office = Office(
            company=company, now=begin, executor=executor, bells=[messenger, deliverer], session=session,
            address=address, folder=folder,
            runner=Runner(
                rows=rows, outside=outside, jobs={name: JOBS[name] for name in RUNNING}, clock=lambda: office.now
            ),
        )  # fmt: skip
        executor.clock = lambda: office.now
        executor.start()
        stack.push_async_callback(executor.stop)
        for work in (messenger.run(), deliverer.run()):
            stack.push_async_callback(_ended, asyncio.ensure_future(work))
        await office.staff(begin, [], [])
        await office.keep([_settings(one) for one in company.workers if one.quiet or one.off])
        yield office


async def _ended(task: "asyncio.Future[None]") -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


@contextlib.asynccontextmanager
async def _emulator(file: Path) -> AsyncIterator[str]:
    words = ["-m", "emulator", "--organization", str(file), "--port", "0", "--qps", "0", "--event-retry-seconds", ""]
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    assert process.stdout is not None
    try:
        while raw := await process.stdout.readline():
            if address := next((word for word in raw.decode().split() if word.startswith("http://")), ""):
                yield address
                return
        raise RuntimeError("the emulator did not start")
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def _a_world(company: Company) -> World:
    known = organizationfile.load(ROOT / "sample" / "company.json")
    frame = Frame(names=known.name_of, zone=ZONE, dialect="plain")
    workdays = replace(statutory_workdays(), company=company.own)
    return World(organization=known, flows=flowfiles.load("matrix"), workdays=workdays, frame=frame)


def _employed(world: World, company: Company, moment: datetime, folder: Path) -> World:
    """With those who belong to the company then."""
    file = folder / "organization.json"
    file.write_bytes(orjson.dumps(organization(company, moment.date())))
    known = organizationfile.load(file)
    return replace(world, organization=known, frame=replace(world.frame, names=known.name_of))


def _shown(one: Clock | Report) -> dict[str, Any]:
    """As the control interface takes it."""
    moment = to_ms(one.at)
    if isinstance(one, Clock):
        return {"userid": one.person, "type": one.kind, "at": moment}
    contents = [{"key": "完成", "value": "都做完了"}]
    return {"userid": one.person, "template_name": _FORMS[one.kind], "contents": contents, "at": moment}


def _away(one: Absence) -> Away:
    name = f"{one.person}-{one.start:%Y%m%d%H}-{one.kind}"
    kind: Any = one.kind
    return Away(id=name, person=one.person, kind=kind, start=one.start, end=one.end, made=one.made)


def _log(one: Report) -> Log:
    kind: Any = one.kind
    return Log(
        id=f"{one.person}-{one.kind}-{one.at:%Y%m%d%H%M}", person=one.person, kind=kind, day=one.first,
        template=_FORMS[one.kind], contents=(("完成", "都做完了"),), source="chat", at=one.at, changed=one.at,
    )  # fmt: skip


def _settings(one: Worker) -> Settings:
    quiet = (one.quiet[0] * 60, one.quiet[1] * 60) if one.quiet else None
    return Settings(person=one.userid, quiet=quiet, off=REMINDERS[one.off] if one.off else ())


def _said(call: dict[str, Any]) -> list[tuple[str, str]]:
    """Whom a call has told what."""
    path, body = call["path"], call["body"]
    if path.endswith("/batchSend"):
        missed = set(call["answer"]["invalidStaffIdList"]) | set(call["answer"]["flowControlledStaffIdList"])
        return [(one, body["msgParam"]) for one in body["userIds"] if one not in missed]
    if path.endswith("/createAndDeliver"):
        return [(body["openSpaceId"].rpartition(".")[2], body["cardData"]["cardParamMap"]["markdown"])]
    assert path.endswith("/accessToken"), path
    return []
