"""交接 王芳 给 李想: all that waits for somebody who leaves goes to a colleague, by an administrator."""

import re
from datetime import datetime
from typing import Final

from cards import several
from cards.refusals import sentence
from domain.approvals.commands import Replace
from domain.errors import NameUnknown, NotAllowed, OfficeError
from domain.people import Organization
from usecases.change_case import change_case
from usecases.decide_several import together
from usecases.heard import Heard
from usecases.naming import named_first, people_in
from usecases.nicknames import called
from usecases.notices import say
from usecases.ports import Office, Outcome, Talk
from usecases.sitting import ended

MOST: Final = 50  # cases at a time
_WORD: Final = re.compile(r"\s*([\w.$:-]+)\s*(?:给|to)\s*", re.ASCII)


def relieved(text: str, organization: Organization) -> tuple[str, str]:
    """Whose tasks are handed over, and the rest of the words. Who has left is known by the userid alone: a word in
    Latin letters that is no name. Raises NameUnknown, NameAmbiguous."""
    if (word := _WORD.match(text)) and not _is_name(word[1], organization):
        return word[1], text[word.end() :]
    people, rest = people_in(text.replace("给", " 给 ", 1), organization)
    return people[0], " ".join((*people[1:], rest))


def _is_name(word: str, organization: Organization) -> bool:
    nick = called(word, organization)
    return nick is not None and nick.sure and nick.length == len(word)


def whose(text: str, by: str, organization: Organization) -> str:
    """Whose tasks the words mean, or "": nothing is looked up for who may not hand them over."""
    who = organization.find(by)
    try:
        return relieved(text, organization)[0] if who is not None and who.admin else ""
    except OfficeError:
        return ""


def hand_over(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """Up to fifty cases, the oldest first, each carried out or refused by itself; deputies of and for that person end.

    Raises NotAllowed, NameUnknown."""
    assert heard.spoken is not None
    organization, frame = office.world.organization, office.world.frame_for(heard.by)
    if not organization.person(heard.by).admin:
        raise NotAllowed()
    person, rest = relieved(heard.spoken.text, organization)
    to = named_first(rest, organization)[0]
    if not to or person in to:
        raise NameUnknown(rest)
    done: list[Outcome] = []
    did: list[str] = []
    refused: list[tuple[str, str]] = []
    numbers = office.tasks_of(person)
    for number in numbers:
        wish = Replace(by=heard.by, person=person, to=to)
        try:
            done.append(change_case(office.case(number), wish, office=office, now=now))
            did.append(number)
        except OfficeError as error:
            refused.append((number, sentence(error, frame, now)))
    rows = (*office.standins((person,)), *office.standins_to(person))
    if not numbers and not rows and organization.find(person) is None:
        raise NameUnknown(person)
    said = several.handed_over(person, to[0], did, refused, frame, more=len(numbers) >= MOST, deputies=len(rows))
    told = Outcome(posts=(say(heard.by, heard.cause, *said),))
    return together(*done, ended(rows, office, now, gone=person), told)
