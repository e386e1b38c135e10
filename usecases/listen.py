"""What is meant by words: one of those that always work, a request, a question. Pure."""

import re
from dataclasses import replace
from typing import Final, TypeVar

from domain.approvals.flow import Flow, names_of
from language import commands, naming, questions, understand
from language.understanding import Understanding
from usecases.behalf import spoken_for
from usecases.hand_over import whose
from usecases.heard import Heard
from usecases.naming import names_somebody
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
    spoken = commands.read(text) or _deputy(text, world)
    if spoken is not None:
        leaver = whose(spoken.text, heard.by, world.organization) if spoken.verb == "hand_over_all" else ""
        return replace(heard, spoken=spoken, relieves=leaver)
    reading = understand(text, heard.said_at, workdays=world.workdays)
    if not reading.must_reject and (found := spoken_for(text, world.organization))[0]:
        people, rest, unsure = found
        own = understand(rest, heard.said_at, workdays=world.workdays)
        if people != (heard.by,) and (flow := _meant(rest, own, world)) is not None:
            return replace(heard, reading=own, flow=flow, applicants=people, wish=rest, unsure=unsure)
    asked = questions.read(text) if reading.must_reject or reading.kind == "unknown" else None
    return replace(heard, reading=reading, flow=_meant(text, reading, world), question=asked)


def _deputy(text: str, world: World) -> commands.Spoken | None:
    """委托王芳 明天到周五, 从明天起委托王芳一周: without a blank it is the word only where a colleague's name follows,
    for 委托书 is none."""
    when, word, rest = text.removeprefix("/").strip().partition(_DEPUTY)
    if not word or not _WHEN.fullmatch(when) or not names_somebody(rest, world.organization):
        return None
    return commands.Spoken(verb="deputy", text=f"{rest} {when}".strip(), word=_DEPUTY)


def _meant(text: str, reading: Understanding, world: World) -> Flow | None:
    """The flow that the words ask for, or the one that their destination makes of it (R-TRIP-1)."""
    flow = _flow(text, reading, world)
    return right_flow(flow, {"place": reading.place or ""}, world) if flow else None


def _flow(text: str, reading: Understanding, world: World) -> Flow | None:
    """The flow that the words ask for: by what the language understands, or by what the company calls it.

    A name of three characters and more says it more exactly than the kind of request: 休假单 is no leave. Behind the
    plain name it is a purpose: 外出，拜访客户."""
    known = world.flows.get(KINDS.get(reading.kind, ""))
    found = naming.named(text, names_of(world.flows))
    if found is None:
        return known
    flow, word = world.flows[found[0]], found[1]
    if naming.bare(text, word):
        return flow
    if reading.must_reject and flow.id in KINDS.values():  # 昨天加班到11点，困死了: it names it, and asks for nothing
        return None
    if known is not None:
        own = [name for name in (known.title, *known.words) if name in text]
        another = flow is not known and len(word) > _EXACT and (not own or any(name in word for name in own))
        return flow if another else known
    return None if naming.vetoed(text) else flow
