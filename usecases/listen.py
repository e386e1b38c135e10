"""What is meant by words: one of those that always work, a request, a question. Pure."""

import re
from dataclasses import replace
from typing import Final, TypeVar

from domain.approvals.flow import Flow
from language import commands, evidence, naming, questions, understand
from language.people import WHEN
from language.spelling import plain
from language.understanding import Understanding
from usecases.behalf import spoken_for
from usecases.hand_over import whose
from usecases.heard import Heard
from usecases.naming import anybody, names_somebody
from usecases.ports import World
from usecases.ruled import right_flow
from usecases.values import KINDS

_EXACT = 2
_DEPUTY = "委托"
_WHEN: Final = re.compile(
    r"(?:我|想|要|请|从|自|[\d一二三四五六七八九十日天周月号年上下个本这明后今起开始到至和、，, ~-])*"
)
H = TypeVar("H", bound=Heard)


def listened(heard: H, world: World) -> H:
    """The message with what its text means: a command, or a reading with its flow, or a question."""
    text = heard.text
    spoken = commands.read(text, [one.name for one in world.logs if one.questions]) or _deputy(text, world)
    if spoken is not None and not _of_nobody(spoken, world):
        leaver = whose(spoken.text, heard.by, world.organization) if spoken.verb == "hand_over_all" else ""
        return replace(heard, spoken=spoken, relieves=leaver)
    reading = understand(text, heard.said_at, workdays=world.workdays)
    if not reading.must_reject and _tells_of_another(text, heard.by, world):
        return replace(heard, reading=Understanding(kind="none", must_reject=True, reject_why="other_person"))
    if not reading.must_reject and (found := spoken_for(text, world.organization))[0]:
        people, rest, unsure = found
        own = understand(rest, heard.said_at, workdays=world.workdays)
        if people != (heard.by,) and (flow := _meant(rest, own, world)[0]) is not None:
            return replace(heard, reading=own, flow=flow, applicants=people, wish=rest, unsure=unsure)
    asked = questions.read(text) if reading.must_reject or reading.kind == "unknown" else None
    flow, among = _meant(text, reading, world)
    return replace(heard, reading=reading, flow=flow, among=among, question=asked)


def _of_nobody(spoken: commands.Spoken, world: World) -> bool:
    """看服务器的日志: it is no colleague's."""
    wish = spoken.log
    return wish is not None and bool(wish.who) and not names_somebody(wish.who, world.organization)


def _tells_of_another(text: str, by: str, world: World) -> bool:
    """昨天李想请了病假: a colleague does it, and it is not asked for them."""
    said = plain(text)
    names = (world.organization.name_of(one) for one in anybody(said, world.organization) if one != by)
    return "我" not in said and any(re.match(rf"(?:{WHEN})*{re.escape(name)}(?![\s,:、])", said) for name in names)


def _deputy(text: str, world: World) -> commands.Spoken | None:
    """委托王芳 明天到周五, 从明天起委托王芳一周: without a blank it is the word only where a colleague's name follows,
    for 委托书 is none."""
    when, word, rest = text.removeprefix("/").strip().partition(_DEPUTY)
    if not word or not _WHEN.fullmatch(when) or not names_somebody(rest, world.organization):
        return None
    return commands.Spoken(verb="deputy", text=f"{rest} {when}".strip(), word=_DEPUTY)


def _meant(text: str, reading: Understanding, world: World) -> tuple[Flow | None, tuple[str, ...]]:
    """The flow that the words ask for, or the one that their destination makes of it (R-TRIP-1); else those, by id,
    between which they leave open."""
    flow, among = _flow(text, reading, world)
    return (right_flow(flow, {"place": reading.place or ""}, world) if flow else None), among


def _flow(text: str, reading: Understanding, world: World) -> tuple[Flow | None, tuple[str, ...]]:
    """The flow that the words ask for: by what the language understands, or by what the company calls it.

    A name says it more exactly than the kind of request where it contains that (休假单 is no leave), is asked for more
    plainly, or the kind is only guessed. Behind the plain name it is a purpose: 外出，拜访客户."""
    known = world.flows.get(KINDS.get(reading.kind, ""))
    said = plain(text)
    apart = [one.name for one in world.organization.departments.values() if one.name in said]
    people = [world.organization.name_of(one) for one in anybody(said, world.organization)]
    found = naming.wanted(text, world.flows, apart, people)
    if found is None:
        return (None if known and _told(reading, text) else known), ()
    one = world.flows[found.flows[0]]
    if reading.must_reject and not found.bare and one.id in KINDS.values() and found.word == one.title:
        return None, ()  # 昨天加班到11点，困死了: it names it, and asks for nothing
    other = known is not None and known.id not in found.flows and not found.bare
    names = (world.flows[found.flows[0]].title, *world.flows[found.flows[0]].words)
    if known is not None and other and _rather(known, found, names, reading, text, apart):
        return known, ()
    return (world.flows[found.flows[0]], ()) if len(found.flows) == 1 else (None, found.flows)


def _told(reading: Understanding, text: str) -> bool:
    """Whether a request that says nothing yet is none: 报销单贴好了放你桌上."""
    return not (reading.start or reading.amount or reading.leave_type) and evidence.tells(text)


def _rather(
    known: Flow, found: naming.Wanted, names: tuple[str, ...], reading: Understanding, text: str, apart: list[str]
) -> bool:  # fmt: skip
    """Whether the kind of request that the language understands goes before the flow that was found: it is called by
    these names."""
    if found.flows[0] in KINDS.values():
        return True
    own = naming.wanted(text, {known.id: known}, apart)
    if own is None:
        vague = len(found.word) <= _EXACT and found.strength < evidence.ASKED
        called = found.word in names and not vague  # 借备用金 2000，出差垫付
        return not called and (vague or bool(reading.start or reading.amount))
    if own.word in found.word:
        return False
    said_first = own.place < found.place and bool(reading.start or reading.amount)  # 周一去上海出差，拜访客户
    return said_first or (own.strength, -own.place) >= (found.strength, -found.place)
