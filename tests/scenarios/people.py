"""Who is who in the sample company, looked up in its file by plain reading: independent of the product's own rules."""

from typing import Any

import orjson

from tests.scenarios.office import SAMPLE

NEWCOMER = ("林小新", "newcomer")  # who may join
_COMPANY: dict[str, Any] = orjson.loads(SAMPLE.read_bytes())
_PEOPLE = {person["userid"]: person for person in _COMPANY["users"]}
_DEPARTMENTS = {department["dept_id"]: department for department in _COMPANY["departments"]}


def name(userid: str) -> str:
    """What people call them."""
    return str(_PEOPLE[userid]["name"])


def holders(post: str) -> list[str]:
    """Everybody with this post."""
    return [p["userid"] for p in _COMPANY["users"] if post in [role["name"] for role in p.get("role_list", [])]]


def the(post: str) -> str:
    """The only one with this post."""
    (only,) = holders(post)
    return only


def leaders(userid: str) -> list[str]:
    """The leaders of the person's own department."""
    return list(_DEPARTMENTS[_PEOPLE[userid]["dept_id_list"][0]].get("dept_manager_userid_list") or [])


def _posts(userid: str) -> list[str]:
    return [role["name"] for role in _PEOPLE[userid].get("role_list", [])]


def an_employee() -> str:
    """Somebody without a post who leads nothing, in one department with one leader who holds no post either."""
    leading = {leader for d in _DEPARTMENTS.values() for leader in d.get("dept_manager_userid_list") or []}
    for userid, person in _PEOPLE.items():
        if len(person["dept_id_list"]) == 1 and userid not in leading and not _posts(userid):
            bosses = leaders(userid)
            if len(bosses) == 1 and not _posts(bosses[0]):
                return str(userid)
    raise LookupError("the sample company has no ordinary employee")


def administrator() -> str:
    """The first administrator of the company."""
    return next(str(person["userid"]) for person in _COMPANY["users"] if person.get("admin"))


def bystanders(count: int, *, besides: tuple[str, ...]) -> list[str]:
    """So many people who have nothing to do with these."""
    names = [person["name"] for person in _COMPANY["users"]]
    free = [u for u in _PEOPLE if u not in besides and not _posts(u) and names.count(name(u)) == 1]
    return free[:count]


def above(userid: str) -> str:
    """The leader of the department above the person's own."""
    parent = _DEPARTMENTS[_DEPARTMENTS[_PEOPLE[userid]["dept_id_list"][0]]["parent_id"]]
    return str(parent["dept_manager_userid_list"][0])


def userid(called: str) -> str:
    """Who is called so."""
    named = {person["name"]: str(user) for user, person in _PEOPLE.items()} | dict([NEWCOMER])
    return named[called]


def department(called: str) -> int:
    """The number of the department of this name."""
    return next(int(one["dept_id"]) for one in _COMPANY["departments"] if one["name"] == called)


def group(title: str) -> str:
    """The openConversationId of the group with this title, or ""."""
    return next((one["openConversationId"] for one in _COMPANY["groups"] if one["title"] == title), "")


def members(title: str) -> list[str]:
    """The people in the group with this title."""
    return next(list(one["members"]) for one in _COMPANY["groups"] if one["title"] == title)
