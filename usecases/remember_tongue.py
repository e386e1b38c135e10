"""In which language somebody writes: what is said to them from now on is said in it. Pure."""

import re
from datetime import datetime
from typing import Final

from domain.approvals.flow import FieldType
from domain.people import Organization
from language.tongue import tongue_of
from usecases.heard import Heard, fresh
from usecases.ports import Office, Talk
from usecases.show import form_of

_FREE: Final[tuple[FieldType, ...]] = ("text", "textarea", "person", "people", "departments", "rows")


_LATIN: Final = re.compile(r"[A-Za-z]{2}")
_READ: Final = 600  # characters of a message that tell the language
_NAMES: Final = (4, 3, 2)  # characters of a name


def tongue(text: str, organization: Organization) -> str:
    """The language of the words, or ""; colleagues may be called by their names in either."""
    text = text[:_READ]
    told = tongue_of(text)
    return (tongue_of(_without_names(text, organization)) if told == "zh" and _LATIN.search(text) else told) or ""


def _without_names(text: str, organization: Organization) -> str:
    kept, at = [], 0
    while at < len(text):
        name = next((size for size in _NAMES if organization.named(text[at : at + size])), 0)
        kept.append(" " if name else text[at])
        at += name or 1
    return "".join(kept)


def remember_tongue(heard: Heard, office: Office, now: datetime) -> None:
    """The words tell it, where they say enough; but not a reason, a name, an item that was asked for."""
    if heard.tongue and (heard.spoken is not None or heard.group or not _asked_for(office.talk(heard.by), office, now)):
        office.speaks(heard.by, heard.tongue)


def _asked_for(talk: Talk, office: Office, now: datetime) -> bool:
    """Whether the words may be anything that somebody calls so."""
    if not fresh(talk.since_ms, now) or not (talk.case or talk.writing):
        return False
    if talk.writing is not None:
        return True
    fields = form_of(office.case(talk.case), office.world).fields
    return bool(talk.verb) or any(field.id == talk.asked and field.type in _FREE for field in fields)
