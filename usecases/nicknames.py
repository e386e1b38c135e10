"""Colleagues as people call them: 王总, 小李, 志强, wangfang; and who may be meant by a slip of the keyboard. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from domain.people import Organization, Person
from language.sounds import alike, initials, readings, spelled

_TITLES: Final = {  # what is said behind a surname, and what of it stands in a person's title or posts
    "总监": ("总监",), "总": ("总经理", "总裁", "总监", "董事长", "总"), "经理": ("经理",), "主管": ("主管",), "部长": ("部长", "经理"),
    "主任": ("主任",), "会计": ("会计",), "出纳": ("出纳",), "助理": ("助理",), "董": ("董事",), "工": ("工程师", "技术", "设计师"),
    "老师": (), "师傅": (), "姐": (), "哥": (),
}  # fmt: skip
_COMPOUND: Final = "欧阳|司马|上官|诸葛|慕容|皇甫|尉迟|令狐|夏侯|司徒|东方|南宫|端木"
_SURNAME: Final = rf"(?:{_COMPOUND}|[\u4e00-\u9fff])"
_TITLED: Final = re.compile(rf"({_SURNAME})({'|'.join(_TITLES)})(?!经理)")
_FRIENDLY: Final = re.compile(rf"[小老阿]({_SURNAME})")
_LATIN: Final = re.compile(r"[a-z]{2,24}(?:[ '’-][a-z]{2,12})?(?![a-z])", re.I)
_WORD: Final = re.compile(r"[\u3400-\u9fff]{2,4}")
_FULL: Final = 3  # characters of a name in which one may be wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Who may be meant by the first `length` characters. `sure`: people are called so; else it is a guess."""

    people: tuple[str, ...]
    length: int
    sure: bool


def called(text: str, organization: Organization) -> Called | None:
    """Whoever is named where the text begins by anything but the full name; None where it is nobody."""
    ways = (_titled, _friendly, _latin, _given, _misspelt)
    return next((found for way in ways if (found := way(text, organization)) is not None), None)


def _titled(text: str, organization: Organization) -> Called | None:
    """王总, 李经理: those of the surname who are that; where none is, whoever has the surname is only a guess."""
    said = _TITLED.match(text)
    if said is None:
        return None
    family = _family(said[1], organization)
    wanted = _TITLES[said[2]]
    fitting = [one for one in family if any(part in word for part in wanted for word in (one.title, *one.roles))]
    return _called(fitting or family, said.end(), sure=bool(fitting) or not wanted)


def _friendly(text: str, organization: Organization) -> Called | None:
    """小李, 老王."""
    said = _FRIENDLY.match(text)
    return _called(_family(said[1], organization), said.end(), sure=True) if said else None


def _latin(text: str, organization: Organization) -> Called | None:
    """wangfang, Wang Fang; two or three letters may be initials, which is a guess."""
    said = _LATIN.match(text)
    for word in dict.fromkeys((said[0], re.split("[ '’-]", said[0])[0])) if said else ():
        found = _people(spelled(word, iter(organization.names)), organization)
        if found:
            return _called(found, len(word), sure=True)
    if said is None or len(said[0]) > _FULL:
        return None
    letters = said[0].lower()
    return _called(
        _people((name for name in organization.names if letters in initials(name)), organization), len(letters),
        sure=False,
    )  # fmt: skip


def _given(text: str, organization: Organization) -> Called | None:
    """志强: the given name alone, of two characters."""
    return _called(
        _people((name for name in organization.names if len(name) > 2 and name[-2:] == text[:2]), organization), 2,
        sure=True,
    )  # fmt: skip


def _misspelt(text: str, organization: Organization) -> Called | None:
    """王方 for 王芳: the same sound, or one of three characters wrong. Always a guess."""
    word = _WORD.match(text)
    whole = word[0] if word else ""
    for length in range(len(whole), 1, -1):
        said = whole[:length]
        near = _people((name for name in organization.names if _near(said, name)), organization)
        if near:
            return _called(near, length, sure=False)
    return None


def _near(said: str, name: str) -> bool:
    if len(said) != len(name):
        return False
    if readings(said[0]) & readings(name[0]) and alike(said, name):
        return True
    return len(said) >= _FULL and sum(a != b for a, b in zip(said, name, strict=True)) == 1


def _family(surname: str, organization: Organization) -> list[Person]:
    return _people((name for name in organization.names if name.startswith(surname)), organization)


def _people(names: Iterable[str], organization: Organization) -> list[Person]:
    return [one for name in names for one in organization.named(name)]


def _called(people: list[Person], length: int, *, sure: bool) -> Called | None:
    return Called(people=tuple(one.userid for one in people), length=length, sure=sure) if people else None
