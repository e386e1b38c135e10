"""HR looks at what is missing, confirms or excuses it; the person hears of it (R-ATT-5, R-FINE-1). Pure."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from cards import findings as words
from cards.refusals import sentence
from domain.attendance.errors import FindingDecided, NoSuchFinding, NotHr
from domain.attendance.findings import Finding, State, decided
from domain.errors import OfficeError
from usecases.heard import Heard, fresh
from usecases.naming import people_in
from usecases.note_absences import look_again
from usecases.notices import say
from usecases.ports import Office, Outcome, Post, Talk

_PAGE: Final = 10
_MORE: Final = re.compile(r"(?:下一页|更多|继续|next|more)")
_NO_FINE: Final = re.compile(r"不罚款?|免罚|no fine")


def list_findings(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """考勤异常: the open ones, page by page; with a name, the newest of one person. Their places stand in the talk."""
    _check(heard, office)
    said = heard.spoken.text if heard.spoken else ""
    shown = office.talk(heard.by).findings if _MORE.fullmatch(said) else ()
    if said and not _MORE.fullmatch(said):
        person = people_in(said, office.world.organization)[0][0]
        page = office.findings.of(person, _PAGE)
    else:
        page = office.findings.open(_PAGE, but=shown)
    seen = look_again(page, office, now)
    kept = tuple(one for one, before in zip(seen, page, strict=True) if one != before)
    if not said or shown:
        seen = [one for one in seen if one.state == "open"]
    left = sum(one.state == "open" for one in office.findings.these(shown))
    more = 0 if said and not shown else office.findings.count() - left - len(page)
    frame, today = office.world.frame_for(heard.by), heard.said_at.date()
    told = words.listing(seen, office.world.organization, today, frame, first=len(shown) + 1, more=more)
    listed = (*shown, *(one.id for one in seen))
    since = round(now.timestamp() * 1000)
    return Outcome(
        posts=(say(heard.by, heard.cause, *told),), kept=kept,
        talk=replace(talk, findings=listed, findings_ms=since),
    )  # fmt: skip


def decide_findings(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """确认 1 2, 免除 3 理由: by their places in the list that was shown last. Each is decided once; nobody decides about
    themselves, and nothing is excused without a reason."""
    _check(heard, office)
    frame = office.world.frame_for(heard.by)
    assert heard.spoken is not None
    assert heard.spoken.several is not None
    excuse = heard.spoken.several.verb == "excuse"
    if excuse and not any(map(str.isalnum, heard.spoken.text)):
        return Outcome(posts=(say(heard.by, heard.cause, *words.reason_missing(frame)),))
    state: State = "excused" if excuse else "confirmed"
    lines: list[tuple[int, str]] = []
    kept: list[Finding] = []
    posts: list[Post] = []
    named = _named(heard.by, heard.spoken.several.places, office, now)
    alone = excuse and len(named) == 1  # what is said of several people is not for each of them
    for place, found in named:
        try:
            after = _decided(found, state, heard, now)
        except OfficeError as error:
            lines.append((place, sentence(error, frame, now)))
            kept += [found] if found is not None and found.state == "settled" else []
            continue
        kept.append(after)
        lines.append((place, words.result(after, heard.said_at.date(), frame)))
        if office.world.organization.find(after.person) is not None:
            theirs = words.told_person(after, heard.said_at.date(), office.world.frame_for(after.person), alone)
            posts.append(say(after.person, f"{heard.cause}:{after.id}", *theirs))
    told = say(heard.by, heard.cause, *words.results(lines, frame))
    return Outcome(posts=(told, *posts), kept=tuple(kept))


def _check(heard: Heard, office: Office) -> None:
    """Raises NotHr."""
    if not office.world.attendance_rules.may_decide(heard.by, office.world.organization):
        raise NotHr()


def _named(by: str, places: tuple[int, ...], office: Office, now: datetime) -> list[tuple[int, Finding | None]]:
    """The findings at these places, as they stand now; None where the list has no such place, or is a day old."""
    talk = office.talk(by)
    listed = talk.findings if fresh(talk.findings_ms, now) else ()
    wanted = {place: listed[place - 1] for place in places if 0 < place <= len(listed)}
    found = {one.id: one for one in look_again(office.findings.these(wanted.values()), office, now)}
    return [(place, found.get(wanted.get(place, ""))) for place in dict.fromkeys(places)]


def _decided(found: Finding | None, state: State, heard: Heard, now: datetime) -> Finding:
    """Raises NoSuchFinding, and what deciding raises."""
    if found is None:
        raise NoSuchFinding()
    if found.state == "settled":
        raise FindingDecided("", found.state)
    said = heard.spoken.text if heard.spoken else ""
    after = decided(found, state, heard.by, said, now)
    return replace(after, yuan=0) if _NO_FINE.search(said) else after
