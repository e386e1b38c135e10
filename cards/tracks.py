"""Names of cards: an outTrackId made from the case, the role in which it is seen, and the person."""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2s
from typing import Final

_TRACK: Final = re.compile(r"([A-Z]{1,6}-\d{8}-\d{3,9})\.(a|c|s([0-9A-Za-z]{1,8}))\.([0-9a-f]{12})")

_MISSED: Final = re.compile(r"p\.(\d{4}-\d\d-\d\d)\.[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """What a track says: the case and the role (a: applicant, c: copy, s1: approver of step 1)."""

    case: str
    role: str
    step: str | None
    owner: str


@lru_cache(maxsize=4096)
def _digest(person: str) -> str:
    return blake2s(person.encode(), digest_size=6).hexdigest()


def track(case: str, role: str, person: str) -> str:
    """The card of this case for this person in this role: always the same, at most 50 characters (contract 4.2: 64)."""
    return f"{case}.{role}.{_digest(person)}"


@lru_cache(maxsize=4096)
def read(track: str) -> Tracked | None:
    """What a track says, or None for one that is no case's card."""
    found = _TRACK.fullmatch(track)
    return Tracked(case=found[1], role=found[2], step=found[3], owner=found[4]) if found else None


def owned_by(track: str, person: str) -> bool:
    """Whether the card was made for this person (a forwarded card was not)."""
    return track.endswith(f".{_digest(person)}")


def words_track(cause: str, person: str) -> str:
    """The name of plain words: what happened, and to whom."""
    return "w." + blake2s(f"{cause}\0{person}".encode(), digest_size=16).hexdigest()


def missed_track(day: str, person: str) -> str:
    """The card about the punches that this person missed on that day (YYYY-MM-DD)."""
    return f"p.{day}.{_digest(person)}"


def missed_day(track: str) -> str:
    """The day that such a card is about, or "" for every other card."""
    found = _MISSED.fullmatch(track)
    return found[1] if found else ""
