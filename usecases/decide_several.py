"""全部同意, 同意 1、3, 驳回 QJ-… QJ-… 理由: each case for itself, and one answer about all of them."""

from datetime import datetime
from typing import Final

from cards import several
from cards.refusals import sentence
from domain.approvals.case import Case
from domain.errors import CaseUnknown, NotInSeveral, OfficeError
from language.several import Several
from usecases.act import administers, carried_out, wish_of
from usecases.heard import Heard, fresh
from usecases.notices import say
from usecases.ports import Office, Outcome, Talk

MOST: Final = 20  # cases by one word


def decide_several(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """Carry out what can be. A list means the cases as they were shown, whatever has come since."""
    assert heard.spoken is not None
    assert heard.spoken.several is not None
    frame = office.world.frame_for(heard.by)
    wish, text = heard.spoken.several, heard.spoken.text
    talk = office.talk(heard.by)  # also where nothing is at hand any more
    cases = tuple((number, "") for number in wish.numbers) or _of_the_list(wish, talk, now)
    if wish.verb == "reject" and not text:
        return _told(heard, several.reason_for_all(frame))
    if not cases:
        shown = _shown(talk, now)
        return _told(heard, several.no_such_place(len(shown), frame) if shown else several.nothing_shown(frame))
    return all_of_them(heard, wish.verb, cases, text, office, now)


def _shown(talk: Talk, now: datetime) -> tuple[tuple[str, str], ...]:
    return talk.listed if fresh(talk.shown_ms, now) else ()


def _of_the_list(wish: Several, talk: Talk, now: datetime) -> tuple[tuple[str, str], ...]:
    """The cases that were shown at these places, with the steps at which they stood then; nothing, where one of them is
    not on the list."""
    shown = _shown(talk, now)
    if any(not 0 < place <= len(shown) for place in wish.places):
        return ()
    return shown if wish.all else tuple(shown[place - 1] for place in wish.places)


def all_of_them(
    heard: Heard, verb: str, cases: tuple[tuple[str, str], ...], text: str, office: Office, now: datetime
) -> Outcome:  # fmt: skip
    """The same for each, at the step that was shown ("": wherever the person is asked); what is refused touches none
    of the others."""
    frame = office.world.frame_for(heard.by)
    done: list[Outcome] = []
    did: list[str] = []
    refused: list[tuple[str, str]] = []
    for number, step in cases[:MOST]:
        try:
            case = seen_by(heard.by, number, office)
            _together(case, verb)
            wish = wish_of(verb, heard.by, case, office.world, step=step or None, words=text)
            done.append(carried_out(wish, case, office, now))
            did.append(number)
        except OfficeError as error:
            refused.append((number, sentence(error, frame, now)))
    return together(*done, _told(heard, several.done(verb, did, refused, frame, left=len(cases[MOST:]))))


def together(*outcomes: Outcome) -> Outcome:
    """Outcomes about different cases as one."""
    return Outcome(
        changes=tuple(one for outcome in outcomes for one in outcome.changes),
        standins=tuple(one for outcome in outcomes for one in outcome.standins),
        kept=tuple(one for outcome in outcomes for one in outcome.kept),
        posts=tuple(one for outcome in outcomes for one in outcome.posts),
        timers=tuple(one for outcome in outcomes for one in outcome.timers),
    )


def seen_by(person: str, number: str, office: Office) -> Case:
    """The case, for somebody who has to do with it. Raises CaseUnknown."""
    case = office.case(number)
    if not case.concerns(person) and not administers(person, case, office.world):
        raise CaseUnknown(number)
    return case


def _together(case: Case, verb: str) -> None:
    """Raises NotInSeveral for what nobody should do in passing."""
    step = case.step
    if step is None or verb == "transfer":
        return
    if step.mode == "vote" or step.kind in ("handle", "confirm"):
        raise NotInSeveral("vote" if step.mode == "vote" else step.kind)


def _told(heard: Heard, said: tuple[str, str]) -> Outcome:
    return Outcome(posts=(say(heard.by, heard.cause, *said),))
