"""Reads the platform's directory into an Organization: all of it at the start, who changed at an event (contract 6)."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.wire.api import DingTalk
from bot.wire.errors import Refused
from bot.wire.hired import hired_on
from bot.wire.patience import each, patiently
from domain.people import ROOT, Department, Organization, Person
from handlers.inbound import DirectoryChange

_GONE: Final = frozenset({"60121", "60003", "33012", "50002", "50004"})
"""Codes for a person or department that is not there any more, or not for us to see."""


class DirectoryReader:
    """Repeats a read when the platform is busy; what it refuses for good is raised as `bot.wire.errors` names it."""

    def __init__(self, api: DingTalk) -> None:
        self._api = api

    async def read(self) -> Organization:
        """Everything below the root. Takes two calls a department and one a person, at the pace that is allowed."""
        numbers = await self._tree()
        departments = await self._departments(numbers)
        members = await each(departments, self._members)
        people = await self._people({userid for userids in members for userid in userids})
        roles = await self._roles()
        people = {one.userid: replace(one, roles=roles[one.userid]) for one in people.values()}
        return _organization(people, departments)

    async def refresh(self, organization: Organization, change: DirectoryChange) -> Organization:
        """The organisation after a change: who and what it touches is read again."""
        if change.kind == "organization_changed":
            return await self.read()
        if change.kind == "roles_changed":
            roles = await self._roles()
            people = {one.userid: replace(one, roles=roles[one.userid]) for one in organization.people.values()}
            return _organization(people, dict(organization.departments))
        return await self._reread(organization, set(change.users), set(change.departments))

    async def _reread(self, old: Organization, users: set[str], numbers: set[int]) -> Organization:
        """Reads these again, and whoever can tell who leads what: their departments, and the leaders of those."""
        for person in filter(None, map(old.find, users)):
            numbers |= {*person.departments, *person.leads}
        for department in filter(None, map(old.department, numbers)):
            users |= set(department.leaders)
        fresh = await self._people(users)
        numbers |= {number for one in fresh.values() for number in one.departments if number not in old.departments}
        people = {userid: one for userid, one in old.people.items() if userid not in users} | fresh
        kept = {number: one for number, one in old.departments.items() if number not in numbers}
        return _organization(people, kept | await self._departments(numbers))

    async def _tree(self) -> list[int]:
        """The ids of all departments, from the root down."""
        numbers = level = [ROOT]
        while level:
            found = await each(level, lambda number: patiently(lambda: self._api.subdepartments(number)))
            level = sorted({_number(row.get("dept_id")) for rows in found for row in rows}.difference(numbers))
            numbers = numbers + level
        return numbers

    async def _departments(self, numbers: Iterable[int]) -> dict[int, Department]:
        rows = await each(numbers, lambda number: _unless_gone(lambda: self._api.department(number)))
        return {one.id: one for one in map(_department, filter(None, rows))}

    async def _people(self, users: Iterable[str]) -> dict[str, Person]:
        rows = await each(users, lambda userid: _unless_gone(lambda: self._api.person(userid)))
        return {one.userid: one for one in map(_person, filter(None, rows))}

    async def _members(self, number: int) -> list[str]:
        async def all_pages() -> list[str]:
            return [str(row["userid"]) async for row in self._api.members(number)]

        return await patiently(all_pages)

    async def _roles(self) -> Mapping[str, tuple[str, ...]]:
        """The names of everybody's roles, by userid."""

        async def all_roles() -> list[dict[str, Any]]:
            return [role async for role in self._api.roles()]

        async def holders(role: Mapping[str, Any]) -> tuple[str, list[str]]:
            async def all_pages() -> list[str]:
                return [userid async for userid in self._api.holders(_number(role.get("id")))]

            return str(role.get("name", "")), await patiently(all_pages)

        found: dict[str, set[str]] = defaultdict(set)
        for name, userids in await each(await patiently(all_roles), holders):
            for userid in userids:
                found[userid].add(name)
        return defaultdict(tuple, {userid: tuple(sorted(names)) for userid, names in found.items()})


def _organization(people: dict[str, Person], departments: dict[int, Department]) -> Organization:
    """Puts both together. Who leads what is told by departments and by people: either counts, and both then agree."""
    leaders = {number: dict.fromkeys(one.leaders) for number, one in departments.items()}
    for person in people.values():
        for number in person.leads:
            leaders.get(number, {})[person.userid] = None
    leads: dict[str, list[int]] = defaultdict(list)
    for number in sorted(leaders):
        for userid in leaders[number]:
            leads[userid].append(number)
    return Organization(
        people=[
            one if one.leads == (led := tuple(leads.get(one.userid, ()))) else replace(one, leads=led)
            for one in people.values()
        ],
        departments=[
            replace(one, leaders=tuple(userid for userid in leaders[one.id] if userid in people))
            for one in departments.values()
        ],
    )


def _department(row: Mapping[str, Any]) -> Department:
    number = _number(row.get("dept_id"))
    return Department(
        id=number,
        name=str(row.get("name", "")),
        parent=None if number == ROOT else _number(row.get("parent_id")),
        leaders=tuple(map(str, row.get("dept_manager_userid_list") or ())),
    )


def _person(row: Mapping[str, Any]) -> Person:
    led = (one.get("dept_id") for one in row.get("leader_in_dept") or () if _truth(one.get("leader")))
    return Person(
        userid=str(row["userid"]),
        name=str(row.get("name", "")),
        title=str(row.get("title") or ""),
        departments=tuple(map(_number, row.get("dept_id_list") or ())),
        manager=str(row["manager_userid"]) if row.get("manager_userid") else None,
        roles=tuple(sorted({str(role.get("name", "")) for role in row.get("role_list") or ()})),
        mobile=str(row.get("mobile") or ""),
        admin=_truth(row.get("admin")),
        leads=tuple(map(_number, led)),
        hired=hired_on(row.get("hired_date")),
    )


def _number(value: object) -> int:
    return int(str(value))


def _truth(value: object) -> bool:
    return value is True or value == "true"


async def _unless_gone(call: Callable[[], Awaitable[dict[str, Any]]]) -> dict[str, Any] | None:
    try:
        return await patiently(call)
    except Refused as refusal:
        if refusal.code in _GONE:
            return None
        raise
