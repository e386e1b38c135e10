"""Colleagues as people name them in a message: 王芳, @王芳, a userid; several with 、 or blanks between. Pure."""

import re
from typing import Final

from domain.errors import NameAmbiguous, NameUnknown
from domain.people import Organization
from usecases.nicknames import called

_LONGEST: Final = 12  # characters of a name
_BETWEEN: Final = re.compile(r"[\s@＠、,，和与及给]+")
_LIST: Final = re.compile("[@＠、和与及]")  # what stands between two names, not between a name and other words
_AFTER: Final = re.compile(r"[\s、,，。:：;；]+")


def named_first(text: str, organization: Organization) -> tuple[tuple[str, ...], str]:
    """The people with whom the text begins, and the rest of it.

    Raises NameAmbiguous where several are called so (a department in brackets tells them apart: 王芳（销售部）), or
    where it can only be guessed who is meant."""
    found: dict[str, None] = {}
    rest = text
    while True:
        start = _BETWEEN.match(rest)
        here = rest[start.end() :] if start else rest
        listed = not found or (start is not None and bool(_LIST.search(start[0])))
        one = _one(here, organization, nicknames=listed)
        if one is None:
            return tuple(found), _AFTER.sub("", rest, count=1) if _AFTER.match(rest) else rest.strip()
        person, length = one
        found[person] = None
        rest = here[length:]


def people_in(text: str, organization: Organization) -> tuple[tuple[str, ...], str]:
    """The same; raises NameUnknown where the text begins with nobody."""
    people, rest = named_first(text, organization)
    if not people:
        raise NameUnknown(re.split(r"[\s，,。]", text.strip())[0][:_LONGEST])
    return people, rest


def names_somebody(text: str, organization: Organization) -> bool:
    """Whether the text begins with a colleague's name, also one that several have."""
    try:
        return bool(named_first(text, organization)[0])
    except NameAmbiguous:
        return True


def mentioned(text: str, organization: Organization) -> tuple[str, ...]:
    """Everybody who is addressed with @ somewhere in the text."""
    found: dict[str, None] = {}
    for at in re.finditer("[@＠]", text):
        one = _one(text[at.end() :], organization)
        if one is not None:
            found[one[0]] = None
    return tuple(found)


def _one(text: str, organization: Organization, *, nicknames: bool = True) -> tuple[str, int] | None:
    """Whoever is named where the text begins, by the longest name that fits, and how many characters that takes."""
    for length in range(min(_LONGEST, len(text)), 1, -1):
        people = organization.named(text[:length])
        if people:
            return _which(text, length, [one.userid for one in people], organization)
    word = re.match(r"[\w.$:-]+", text, re.ASCII)
    if word and organization.find(word[0]):
        return word[0], word.end()
    nick = called(text, organization) if nicknames else None
    if nick is None:
        return None
    if not nick.sure:
        raise NameAmbiguous(text[: nick.length], nick.people)
    return _which(text, nick.length, list(nick.people), organization)


def _which(text: str, length: int, people: list[str], organization: Organization) -> tuple[str, int]:
    place = re.match(r"[（(]\s*([^（）()]{1,20})\s*[）)]", text[length:])
    if place:
        people = [who for who in people if _is_in(who, place[1], organization)] or people
        length += place.end()
    if len(people) > 1:
        raise NameAmbiguous(text[:length], tuple(people))
    return people[0], length


def _is_in(person: str, department: str, organization: Organization) -> bool:
    own = organization.person(person).departments
    return any(above.name == department for number in own for above in organization.chain(number))


def anybody(text: str, organization: Organization) -> tuple[str, ...]:
    """Everybody who is named somewhere in the text by a name that only one of them has."""
    found: dict[str, None] = {}
    for start in range(len(text) - 1):
        for length in (4, 3, 2):
            people = organization.named(text[start : start + length])
            if len(people) == 1:
                found[people[0].userid] = None
                break
    return tuple(found)
