"""A dialogue is played in an open office: each act is waited for until all that follows from it has been shown."""

import re
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import orjson
import sqlalchemy as sa

from store.engine import make_engine
from tests.scenarios import people
from tests.scenarios.office import Office
from tests.scenarios.script import (
    MORNING,
    CheckIn,
    Dialogue,
    Expect,
    Job,
    Join,
    Leave,
    Look,
    Moment,
    Punch,
    Records,
    Restart,
    Say,
    Send,
    Shifts,
    Step,
    Tap,
)

_WAITING = "SELECT count(*) FROM outbox WHERE sent_version < version AND parked = 0 AND due_ms <= :now"
_DUE = "SELECT count(*) FROM timers WHERE due_ms <= :now"
_TAKEN = "SELECT count(*) FROM inbox WHERE id LIKE :message"
_KNOWN = "SELECT count(*) FROM snapshots WHERE content LIKE :part"
_RESULTS = {
    ("Normal", False): "正常", ("Normal", True): "已补卡", ("NotSigned", False): "缺卡", ("Late", False): "迟到",
    ("Early", False): "早退",
}  # fmt: skip
_NUMBER = re.compile(r"\{单号(\d*)\}")


@dataclass(slots=True)
class Stage:
    """Where a dialogue stands: what time it is, who is looked at, and since when what they see is new."""

    office: Office
    engine: sa.Engine
    now: datetime = MORNING
    viewer: str = ""
    since: int = 0
    shifts: list[Shifts] = field(default_factory=list)
    records: list[str] = field(default_factory=list)  # of the platform's attendance, where those are looked at
    moved: bool = False  # whether somebody left or joined
    told: list[str] = field(default_factory=list)  # what was done and seen, for whoever looks for the mistake

    async def play(self, dialogue: Dialogue) -> None:
        """All of its lines; fails at the first that does not come true, with all that was seen until then."""
        for line in dialogue.lines:
            wrong = await self._step(line.step)
            if wrong:
                seen = "\n".join([*self.told, "now:", *await self._new()])
                raise AssertionError(f"{dialogue.file}:{line.number}: {wrong}\n{seen}")

    async def _step(self, step: Step) -> str:
        """Do it; what is wrong with it, or nothing."""
        match step:
            case Expect():
                return await self._expected(step)
            case Look():
                self.viewer, self.records = step.who, []
                return "" if not step.picture or await self._picture() else f"{step.who} should see a picture"
            case Moment():
                self.now = step.at
            case Restart():
                await self._restart(step)
            case Records():
                self.viewer, self.records = "", await self._recorded(step)
            case Leave() | Join():
                await self._staff(step)
            case Shifts():
                await self._schedule(step)
            case Punch() | CheckIn():
                await self._was_there(step)
            case Job():
                await self._before(step)
                self.now = step.at
                wrong = await self.office.job(step.name, step.at)
                await self._settled()
                return wrong
            case Say() | Send() | Tap():
                await self._before(step)
                wrong = await self._tap(step) if isinstance(step, Tap) else await self._say(step)
                await self._settled()
                return wrong
        return ""

    # ── acts ────────────────────────────────────────────────────────────────────────────────

    async def _schedule(self, step: Shifts) -> None:
        self.shifts.append(step)
        groups = [
            {"name": one.team, "shifts": [{"on": one.on, "off": one.off}], "members": [*map(people.userid, one.people)]}
            for one in self.shifts
        ]
        await self.office.call("PUT", "/emulator/schedule", {"groups": groups})

    async def _was_there(self, step: Punch | CheckIn) -> None:
        body: dict[str, Any] = {"userid": people.userid(step.who), "at": round(step.at.timestamp() * 1000)}
        if isinstance(step, Punch):
            kind = "OnDuty" if step.kind == "上班" else "OffDuty"
            await self.office.call("POST", "/emulator/attendance", {**body, "type": kind})
        else:
            await self.office.call("POST", "/emulator/checkins", {**body, "place": step.place, "remark": step.remark})

    async def _staff(self, step: Leave | Join) -> None:
        """Somebody leaves or joins, and the bot has heard of it."""
        self.moved = True
        if isinstance(step, Leave):
            await self.office.call("DELETE", f"/emulator/people/{people.userid(step.who)}")
        else:
            row = {"name": step.who, "dept_id_list": [people.department(step.department)]}
            await self.office.call("PUT", f"/emulator/people/{people.userid(step.who)}", row)

        async def known() -> bool:
            found = self._count(_KNOWN, part=f'%"{step.who}"%')
            return bool(found) == isinstance(step, Join)

        await self.office.until(known, f"the bot knowing of {step}")
        await self._settled()

    async def _before(self, step: Say | Send | Tap | Job) -> None:
        self.told += [*(await self._new() if self.viewer else ()), str(step)]
        self.since = (await self.office.call("GET", "/emulator/messages", viewer="zhao", after=10**9))["last"]
        if not isinstance(step, Job):
            self.viewer, self.now = step.who, self.now + timedelta(minutes=1)
            self.records = []

    async def _say(self, step: Say | Send) -> str:
        more: dict[str, Any] = {"createAt": round(self.now.timestamp() * 1000)}
        text, conversation = "", "bot"
        if isinstance(step, Send):
            more |= {"msgtype": step.kind, "content": {"downloadCode": "d1", "fileName": step.name}}
        elif step.kind == "audio":
            more |= {"msgtype": "audio", "content": {"downloadCode": "d1", "recognition": step.text, "duration": 4000}}
        else:
            text = self._filled(step.text)
            conversation = people.group(step.group) if step.group else "bot"
        message = await self.office.say(people.userid(step.who), text, conversation, **more)

        async def taken() -> bool:
            return self._count(_TAKEN, message=f"%:{message}") > 0

        await self.office.until(taken, f"the bot taking {step}")
        return ""

    async def _tap(self, step: Tap) -> str:
        person = people.userid(step.who)
        case = self._filled(step.case)
        for item in reversed(await self._items(person, 0)):
            if "outTrackId" not in item:
                continue
            card = await self.office.card(person, item["outTrackId"])
            found = [one["id"] for one in card["buttons"] if one["enabled"] and one["text"] == step.label]
            if found and (not case or card["cardParamMap"].get("case") == case):
                answer = await self.office.tap(person, item["outTrackId"], found[0])
                return "" if answer["ok"] else f"the tap failed: {answer}"
        return f"{step.who} has no button {step.label}"

    async def _restart(self, step: Restart) -> None:
        await self.office.kill_bot()
        if step.stays:
            return
        if step.at is not None:
            self.now, self.office.as_of = step.at, f"{step.at:%Y-%m-%d %H:%M}"
        if step.hours:
            self.now += timedelta(hours=step.hours)
            self._age(step.hours * 3_600_000)
        await self.office.start_bot()
        await self._settled()

    def _age(self, milliseconds: int) -> None:
        """All that the bot remembers the time of happened so much earlier."""
        with self.engine.begin() as connection:
            connection.execute(sa.text("UPDATE timers SET due_ms = due_ms - :span"), {"span": milliseconds})
            for row in connection.execute(sa.text("SELECT id, focus FROM talks")).all():
                focus = orjson.loads(row.focus)
                focus |= {key: focus[key] - milliseconds for key in ("since_ms", "shown_ms") if focus.get(key)}
                changed = {"id": row.id, "focus": orjson.dumps(focus).decode()}
                connection.execute(sa.text("UPDATE talks SET focus = :focus WHERE id = :id"), changed)

    async def _settled(self) -> None:
        """Wait until all that was to be said has been said, where there is a bot."""
        if self.office.bot is None or self.office.bot.returncode is not None:
            return

        async def quiet() -> bool:
            now = str(time.time_ns() // 1_000_000)
            return self._count(_DUE, now=now) == 0 and self._count(_WAITING, now=now) == 0

        await self.office.until(quiet, "the bot having said all")

    # ── what is seen ────────────────────────────────────────────────────────────────────────

    async def _expected(self, step: Expect) -> str:
        new = await self._new()
        text = self._filled(step.text)
        wanted = f"[{text}]" if step.button else text
        if step.times:
            often = sum(one.count(wanted) for one in new)
            return "" if often == step.times else f"{self.viewer} should see {wanted} {step.times} times, not {often}"
        found = any(wanted in one for one in new)
        return "" if found != step.absent else f"{self.viewer} should {'not ' * step.absent}see {wanted}"

    async def _new(self) -> list[str]:
        """What is new or looks different to the viewer since the last act: title, words, and the buttons as [同意]."""
        if not self.viewer:
            return self.records
        group = people.group(self.viewer)
        person = people.members(self.viewer)[0] if group else people.userid(self.viewer)
        shown = []
        for item in await self._items(person, self.since):
            if item["from"] == "bot" and group in ("", item["conversation"]):
                shown.append(await self._shown(item, person))
        return shown

    async def _recorded(self, step: Records) -> list[str]:
        """What the platform tells another program of the company: 上班卡 Normal（APPROVE）."""
        app = orjson.loads(self.office.organization.read_bytes())["apps"][0]
        keys = {"appKey": app["clientId"], "appSecret": app["clientSecret"]}
        token = (await self.office.call("POST", "/v1.0/oauth2/accessToken", keys))["accessToken"]
        day = f"{step.day:%Y-%m-%d} 00:00:00"
        who = [people.userid(step.who)]
        asked = {"workDateFrom": day, "workDateTo": day, "userIdList": who, "offset": 0, "limit": 10}
        rows = (await self.office.call("POST", "/attendance/list", asked, access_token=token))["recordresult"]
        kinds = {"OnDuty": "上班卡", "OffDuty": "下班卡"}
        return [
            f"{kinds[row['checkType']]} {_RESULTS[row['timeResult'], row['sourceType'] == 'APPROVE']}" for row in rows
        ]

    async def _picture(self) -> bool:
        """Whether a picture is new in the group that is looked at."""
        group = people.group(self.viewer)
        items = await self._items(people.members(self.viewer)[0], self.since)
        return any(one["kind"] == "image" and one["conversation"] == group for one in items)

    async def _shown(self, item: dict[str, Any], person: str) -> str:
        parts = [item.get("title") or "", item.get("text") or ""]
        if "outTrackId" in item:
            card = await self.office.card(person, item["outTrackId"])
            buttons = [f"[{one['text']}]" for one in card["buttons"] if one["enabled"]]
            parts = [card["title"], card["markdown"], card["tips"], *buttons]
        return "\n".join(part for part in parts if part).replace("**", "")

    async def _items(self, person: str, after: int) -> list[dict[str, Any]]:
        answer = await self.office.call("GET", "/emulator/changes", viewer=person, after=after)
        return [item for item in answer["items"] if not item.get("recalled")]

    # ── the store ───────────────────────────────────────────────────────────────────────────

    def _filled(self, text: str) -> str:
        """With the numbers of the cases: {单号} is the newest one's, {单号1} the first one's of this dialogue."""
        if not _NUMBER.search(text):
            return text
        with self.engine.begin() as connection:
            numbers = list(
                connection.execute(sa.text("SELECT number FROM cases ORDER BY created_ms, number")).scalars()
            )
        return _NUMBER.sub(lambda found: str(numbers[int(found[1] or 0) - 1]), text)

    def _count(self, query: str, **values: str) -> int:
        with self.engine.begin() as connection:
            return int(connection.execute(sa.text(query), values).scalar() or 0)


async def play(office: Office, dialogue: Dialogue) -> Stage:
    """Play it in this office, which is empty."""
    engine = make_engine(office.database, writer=False)
    try:
        stage = Stage(office=office, engine=engine)
        await stage.play(dialogue)
    finally:
        if stage.moved:  # the bot reads everybody again when it starts and remembers nobody
            await office.kill_bot()
            with engine.begin() as connection:
                connection.execute(sa.text("DELETE FROM snapshots"))
        if office.bot is not None and office.bot.returncode is not None:
            await office.call("POST", "/emulator/reset", {})
            await office.start_bot()
        engine.dispose()
    return stage
