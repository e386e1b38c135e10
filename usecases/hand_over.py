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
from usecases.notices import say
from usecases.ports import Office, Outcome, Talk

MOST: Final = 50  # cases at a time
_GONE: Final = re.compile(r"\s*([\w.$:-]+)\s*(?:给|to)\s*", re.ASCII)  # who has left is known by the userid alone


def relieved(text: str, organization: Organization) -> tuple[str, str]:
    """Whose tasks are handed over, and the rest of the words. Raises NameUnknown, NameAmbiguous."""
    if gone := _GONE.match(text):
        return gone[1], text[gone.end() :]
    people, rest = people_in(text.replace("给", " 给 ", 1), organization)
    return people[0], " ".join((*people[1:], rest))


def whose(text: str, organization: Organization) -> str:
    """Whose tasks the words mean, or ""."""
    try:
        return relieved(text, organization)[0]
    except OfficeError:
        return ""


def hand_over(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """Up to fifty cases, the oldest first, each carried out or refused by itself; deputies of and for that person end.

    Raises NotAllowed, NameUnknown."""
    assert heard.spoken is not None
    organization = office.world.organization
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
            refused.append((number, sentence(error, office.world.frame, now)))
    rows = (*office.standins((person,)), *office.standins_to(person))
    said = several.handed_over(
        person, to[0], did, refused, office.world.frame, more=len(numbers) >= MOST, deputies=len(rows)
    )
    told = Outcome(
        posts=(say(heard.by, heard.cause, *said),), standins=tuple(row.ended(now) for row in rows)
    )  # fmt: skip
    return together(*done, told)
