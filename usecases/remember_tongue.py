"""In which language somebody writes: what is said to them from now on is said in it. Pure."""

from datetime import datetime
from typing import Final

from domain.approvals.flow import FieldType
from usecases.heard import Heard, fresh
from usecases.ports import Office, Talk
from usecases.show import form_of

_FREE: Final[tuple[FieldType, ...]] = ("text", "textarea", "person", "people", "departments", "rows")


def remember_tongue(heard: Heard, office: Office, now: datetime) -> None:
    """The words tell it, where they say enough; but not a reason, a name, an item that was asked for."""
    if heard.tongue and (heard.spoken is not None or heard.group or not _asked_for(office.talk(heard.by), office, now)):
        office.speaks(heard.by, heard.tongue)


def _asked_for(talk: Talk, office: Office, now: datetime) -> bool:
    """Whether the words may be anything that somebody calls so."""
    if not talk.case or not fresh(talk.since_ms, now):
        return False
    fields = form_of(office.case(talk.case), office.world).fields
    return bool(talk.verb) or any(field.id == talk.asked and field.type in _FREE for field in fields)
