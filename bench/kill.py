"""`./nod bench kill`: people work, the bot is killed with SIGKILL again and again; nothing is lost or doubled.

The people say sentences, file, approve and reject; what the platform showed them as done must stand. At the end the
emulator's view (who has which card and message, how often, in which state) is compared with the store's rows.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa

from cards import tracks
from domain.approvals.case import Case, Status
from store.audit import audit_of
from store.codec import case_from
from store.engine import make_engine
from store.migrate import upgrade
from tests import services
from tests.scenarios.office import Office, an_office
from usecases.show import audience

SENTENCES = (
    "我明天下午请半天病假，去医院复查",
    "下周一到周三去上海出差，见客户",
    "后天上午外出，去银行开户",
    "下周二请一天年假",
)
APPLICANTS = ("lix", "zhangw", "songj", "xiem", "lvz", "guol", "dongq", "yangg")
# The platform gives a message up after one repetition; killed in both it would be lost before it ever reached a store.
_PLATFORM = ("--redelivery-seconds", "1.5", "--redeliveries", "1000", "--qps", "0")
ENOUGH = 120.0  # seconds that everything may take to settle after the last kill


@dataclass(slots=True)
class Memory:
    """What the people did, and what they were shown."""

    said: int = 0
    done: list[tuple[str, str, str]] = field(default_factory=list)  # case, person, verdict: shown as done
    failed_taps: int = 0
    kills: int = 0
    stop: bool = False


@dataclass(slots=True)
class Report:
    """The result of one store."""

    store: str
    kills: int
    cases: int
    decisions: int
    failed_taps: int
    seconds: float
    faults: list[str]


async def run(database: str, kills: int, seed: int) -> Report:
    """Work under `kills` kills on this database, then compare."""
    chance, memory, began = random.Random(seed), Memory(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="nod-kill-") as folder:
        async with an_office(Path(folder), database, options=_PLATFORM) as office:
            people = [asyncio.ensure_future(_apply(office, person, memory, chance)) for person in APPLICANTS]
            people += [asyncio.ensure_future(_decide(office, person, memory, chance)) for person in _approvers(office)]
            while memory.kills < kills:
                await asyncio.sleep(chance.uniform(0.0, 0.8))
                await office.kill_bot()
                memory.kills += 1
                await office.start_bot()
            memory.stop = True
            await asyncio.gather(*people[: len(APPLICANTS)])
            await _settled(office, database)
            for task in people:
                task.cancel()
            await asyncio.gather(*people, return_exceptions=True)
            await _settled(office, database)
            assert await office.stop_bot() == 0
            faults = await _compare(office, database, memory)
    cases = _cases(database)
    return Report(
        store=sa.make_url(database).get_backend_name(),
        kills=memory.kills,
        cases=len(cases),
        decisions=len(memory.done),
        failed_taps=memory.failed_taps,
        seconds=time.monotonic() - began,
        faults=faults,
    )


def _approvers(office: Office) -> list[str]:
    users = orjson.loads(office.organization.read_bytes())["users"]
    return [user["userid"] for user in users if user["userid"] not in APPLICANTS]


async def _apply(office: Office, person: str, memory: Memory, chance: random.Random) -> None:
    """Say a sentence, file the draft, and again."""
    filed: set[str] = set()
    while not memory.stop:
        await office.say(person, chance.choice(SENTENCES))
        memory.said += 1
        draft = None
        while draft is None or not await _tap(office, person, draft, "submit", memory):
            await asyncio.sleep(0.1)
            fresh = [c for c in await office.cards(person) if c["status"] == "draft" and c["outTrackId"] not in filed]
            draft = fresh[-1]["outTrackId"] if fresh else draft
            if draft and (await office.card(person, draft))["status"] != "draft":
                break
        filed.add(draft)
        await asyncio.sleep(chance.uniform(0, 1.0))


async def _decide(office: Office, person: str, memory: Memory, chance: random.Random) -> None:
    """Look at one's cards, and decide what waits."""
    names = {user["userid"]: user["name"] for user in orjson.loads(office.organization.read_bytes())["users"]}
    while True:
        for card in await office.cards(person):
            if not any(button["id"] == "approve" for button in card["buttons"]):
                continue
            verdict = "reject" if chance.random() < 0.15 else "approve"
            form = {"reason": "人手不够"} if verdict == "reject" else None
            shown = await _tap(office, person, card["outTrackId"], verdict, memory, form)
            said = shown["markdown"].partition(f"**{names[person]} ")[2] if shown else ""
            if said:  # else a colleague was faster; it may tell of an earlier tap, whose answer was lost
                told = "reject" if "已驳回" in said.partition("**")[0] else "approve"
                memory.done.append((card["cardParamMap"]["case"], person, told))
        await asyncio.sleep(chance.uniform(0.1, 0.4))


async def _tap(
    office: Office, person: str, track: str, button: str, memory: Memory, form: dict[str, str] | None = None
) -> Any:
    """The card in its new state where the platform showed the tap as done, else None."""
    before = (await office.card(person, track))["version"]
    answer = await office.tap(person, track, button, form)
    if not answer["ok"]:
        memory.failed_taps += 1
        await asyncio.sleep(0.1)
        return None
    card = answer["card"]
    return card if card["version"] > before and button not in [b["id"] for b in card["buttons"]] else None


async def _settled(office: Office, database: str) -> None:
    """Wait until every case has ended or is a draft, and nothing waits to be delivered."""
    engine = make_engine(database, writer=False)
    deadline = time.monotonic() + ENOUGH
    query = sa.text(
        "SELECT (SELECT count(*) FROM cases WHERE status IN ('running', 'draft')),"
        " (SELECT count(*) FROM outbox WHERE sent_version < version AND parked = 0)"
    )
    while time.monotonic() < deadline:
        with engine.begin() as connection:
            open_cases, letters = connection.execute(query).one()
        if not open_cases and not letters:
            break
        await asyncio.sleep(0.2)
    engine.dispose()


def _cases(database: str) -> list[Case]:
    engine = make_engine(database, writer=False)
    with engine.begin() as connection:
        cases = [case_from(text) for text in connection.execute(sa.text("SELECT state FROM cases")).scalars()]
    engine.dispose()
    return cases


async def _compare(office: Office, database: str, memory: Memory) -> list[str]:
    """Everything that is not as it must be, in words."""
    cases = {case.number: case for case in _cases(database)}
    return [
        *_decisions(cases, memory),
        *_messages(cases, memory),
        *await _views(office, cases),
        *_store(database),
    ]


def _decisions(cases: dict[str, Case], memory: Memory) -> list[str]:
    faults = []
    for number, person, verdict in memory.done:
        states = [task.state for task in cases[number].tasks if task.person == person] if number in cases else []
        if ("approved" if verdict == "approve" else "rejected") not in states:
            faults.append(f"{number}: the {verdict} by {person} was shown as done and does not stand ({states})")
    return faults


def _messages(cases: dict[str, Case], memory: Memory) -> list[str]:
    return [] if len(cases) == memory.said else [f"{memory.said} sentences made {len(cases)} cases"]


async def _views(office: Office, cases: dict[str, Case]) -> list[str]:
    """What each person has in the chat: every card once, in the present state; every end told once."""
    faults: list[str] = []
    items = (await office.call("GET", "/emulator/messages"))["items"]
    seen = Counter((item["outTrackId"], person) for item in items if "outTrackId" in item for person in item["seenBy"])
    faults += [f"{track} stands {count} times before {person}" for (track, person), count in seen.items() if count != 1]
    expected: set[str] = set()
    for case in cases.values():
        for post in audience(case):
            expected.add(post.track)
            if not seen[post.track, post.to]:
                faults.append(f"{case.number}: {post.to} has no card {post.track}")
                continue
            shown = (await office.card(post.to, post.track))["cardParamMap"]
            if shown["status"] != case.status.value or shown["version"] != str(case.version):
                sees = f"{shown['status']} v{shown['version']}, not {case.status} v{case.version}"
                faults.append(f"{case.number}: {post.to} sees {sees}")
        ended = case.status in (Status.APPROVED, Status.REJECTED)
        told = tracks.words_track(f"{case.number}:{case.status}", case.applicant)
        expected.add(told)
        if seen[told, case.applicant] != int(ended):
            faults.append(f"{case.number}: the end was told {seen[told, case.applicant]} times")
    said = [item for item in items if item["from"] == "bot" and item.get("outTrackId") not in expected]
    return faults + [f"unexpected: {item['title']} {item['text'][:60]}" for item in said]


def _store(database: str) -> list[str]:
    engine = make_engine(database, writer=False)
    findings, _ = audit_of(engine)
    with engine.begin() as connection:
        twice = connection.execute(sa.text(
            "SELECT case_number, kind, actor, payload, count(*) FROM events WHERE kind IN ('approved', 'rejected')"
            " GROUP BY case_number, kind, actor, payload HAVING count(*) > 1"
        )).all()  # fmt: skip
        stuck = connection.execute(
            sa.text("SELECT track, error FROM outbox WHERE sent_version < version OR parked = 1")
        ).all()
    engine.dispose()
    return [
        *(f"audit: {one.case} {one.seq} {one.what}" for one in findings),
        *(f"counted twice: {row}" for row in twice),
        *(f"not delivered: {row.track} {row.error}" for row in stuck),
    ]


def main() -> int:
    """0 when nothing was lost or doubled on either store, else 1."""
    parser = argparse.ArgumentParser(prog="nod bench kill")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    reports = []
    for store in ("sqlite", "postgres") if args.store == "both" else (args.store,):
        with tempfile.TemporaryDirectory(prefix="nod-kill-db-") as folder, _database(store, Path(folder)) as url:
            reports.append(asyncio.run(run(url, args.kills, args.seed)))
            _say(reports[-1], args.json)
    return 1 if any(report.faults for report in reports) else 0


def _database(store: str, folder: Path) -> Any:
    return services.one_database(store, folder, upgrade)


def _say(report: Report, as_json: bool) -> None:
    if as_json:
        print(orjson.dumps(report).decode(), flush=True)
        return
    print(
        f"{report.store}: {report.kills} kills in {report.seconds:.0f} s, {report.cases} cases,"
        f" {report.decisions} decisions shown as done, {report.failed_taps} taps failed and were repeated;"
        f" lost or doubled: {len(report.faults)}",
        flush=True,
    )
    for fault in report.faults[:40]:
        print(f"  {fault}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
