"""The directory becomes an Organization, and stays true when something changes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest

from bot.wire.directory import DirectoryReader
from bot.wire.errors import Refused
from domain.people import Department, Organization, Person
from handlers.inbound import ChangeKind, DirectoryChange
from tests.wire.platform import Platform, platform, reply

DEPARTMENTS: dict[int, dict[str, Any]] = {
    1: {"dept_id": 1, "name": "晨星科技", "dept_manager_userid_list": ["boss"]},
    2: {"dept_id": 2, "name": "研发部", "parent_id": 1, "dept_manager_userid_list": []},
    3: {"dept_id": "3", "name": "平台组", "parent_id": "2", "dept_manager_userid_list": ["u3"]},
}
USERS: dict[str, dict[str, Any]] = {
    "boss": {"userid": "boss", "name": "总", "title": "总经理", "dept_id_list": [1], "admin": "true"},
    "u2": {
        "userid": "u2",
        "name": "二",
        "dept_id_list": [2],
        "manager_userid": "boss",
        "leader_in_dept": [{"dept_id": 2, "leader": "true"}, {"dept_id": 1, "leader": False}],
        "mobile": "138",
        "hired_date": 1609430400000,  # midnight in China
    },
    "u3": {"userid": "u3", "name": "三", "dept_id_list": ["3", 2]},
}


class Company:
    """The directory side of a platform; change `departments`, `users` and `roles` and tell the client."""

    def __init__(self, it: Platform) -> None:
        self.it = it
        self.departments = {number: dict(row) for number, row in DEPARTMENTS.items()}
        self.users = {userid: dict(row) for userid, row in USERS.items()}
        self.roles = {7: ("会计", ["u3"]), 8: ("人事经理", ["u2"])}
        it.always |= {
            "/topapi/v2/department/listsub": lambda body: self._ok(
                [row for row in self.departments.values() if int(row.get("parent_id", 0)) == body["dept_id"]]
            ),
            "/topapi/v2/department/get": lambda body: self._found(self.departments, body["dept_id"], 60003),
            "/topapi/v2/user/get": self._person,
            "/topapi/v2/user/list": self._members,
            "/topapi/role/list": lambda _: self._ok(
                {"list": [{"roles": [{"id": number, "name": name} for number, (name, _) in self.roles.items()]}]}
            ),
            "/topapi/role/simplelist": lambda body: self._ok(
                {"list": [{"userid": userid} for userid in self.roles[body["role_id"]][1]]}
            ),
        }

    def _person(self, body: Any) -> Any:
        userid = body["userid"]
        roles = [{"id": number, "name": name} for number, (name, holders) in self.roles.items() if userid in holders]
        return self._found({key: {**row, "role_list": roles} for key, row in self.users.items()}, userid, 60121)

    def _members(self, body: Any) -> Any:
        inside = [row for row in self.users.values() if body["dept_id"] in map(int, row["dept_id_list"])]
        page = inside[body["cursor"] : body["cursor"] + 1]
        more = body["cursor"] + 1 < len(inside)
        rows = [{"userid": row["userid"], "name": row["name"]} for row in page]
        return self._ok({"list": rows, "has_more": more, "next_cursor": body["cursor"] + 1})

    def _found(self, rows: Any, key: Any, code: int) -> Any:
        return self._ok(rows[key]) if key in rows else reply({"errcode": code, "errmsg": "not there"})

    def _ok(self, result: Any) -> Any:
        return reply({"errcode": 0, "errmsg": "ok", "result": result})


@asynccontextmanager
async def company() -> AsyncIterator[tuple[Company, DirectoryReader]]:
    async with platform() as (it, client):
        yield Company(it), DirectoryReader(client)


def changed(kind: ChangeKind, *, users: tuple[str, ...] = (), departments: tuple[int, ...] = ()) -> DirectoryChange:
    return DirectoryChange(id="e1", kind=kind, users=users, departments=departments, push="p")


async def same_as_read_anew(directory: DirectoryReader, organization: Organization) -> bool:
    return (await directory.read()).version == organization.version


async def test_the_whole_directory_is_read() -> None:
    async with company() as (_, directory):
        organization = await directory.read()
        assert organization.person("u2") == Person(
            userid="u2",
            name="二",
            departments=(2,),
            manager="boss",
            roles=("人事经理",),
            mobile="138",
            leads=(2,),
            hired=date(2021, 1, 1),
        )
        assert organization.person("u3") == Person(
            userid="u3", name="三", departments=(3, 2), roles=("会计",), leads=(3,)
        )
        assert organization.person("boss").admin
        assert organization.person("boss").leads == (1,)
        assert organization.departments == {
            1: Department(id=1, name="晨星科技", parent=None, leaders=("boss",)),
            2: Department(id=2, name="研发部", parent=1, leaders=("u2",)),
            3: Department(id=3, name="平台组", parent=2, leaders=("u3",)),
        }


async def test_a_busy_platform_is_asked_again() -> None:
    async with company() as (it, directory):
        it.it.script["/topapi/v2/user/get"] = [reply({"errcode": -1, "errmsg": "busy"}), reply({}, 503)]
        assert len((await directory.read()).people) == 3


async def test_what_the_platform_refuses_is_told() -> None:
    async with company() as (it, directory):
        it.it.always["/topapi/role/list"] = reply({"errcode": 60011, "errmsg": "no permission"})
        with pytest.raises(Refused, match="60011"):
            await directory.read()


async def test_somebody_joins() -> None:
    async with company() as (it, directory):
        before = await directory.read()
        it.users["u4"] = {"userid": "u4", "name": "四", "dept_id_list": [3], "manager_userid": "u3"}
        after = await directory.refresh(before, changed("person_changed", users=("u4",)))
        assert after.person("u4").manager == "u3"
        assert before.find("u4") is None
        assert await same_as_read_anew(directory, after)


async def test_somebody_leaves_and_leads_no_more() -> None:
    async with company() as (it, directory):
        before = await directory.read()
        del it.users["u3"]
        it.departments[3]["dept_manager_userid_list"] = []
        it.roles[7] = ("会计", [])
        after = await directory.refresh(before, changed("person_left", users=("u3",)))
        assert after.find("u3") is None
        assert after.department(3) == Department(id=3, name="平台组", parent=2)
        assert await same_as_read_anew(directory, after)


async def test_somebody_gets_a_new_name_and_moves() -> None:
    async with company() as (it, directory):
        before = await directory.read()
        it.users["u2"] |= {"name": "贰", "dept_id_list": [3], "leader_in_dept": []}
        after = await directory.refresh(before, changed("person_changed", users=("u2",)))
        assert (after.person("u2").name, after.person("u2").leads) == ("贰", ())
        assert await same_as_read_anew(directory, after)


async def test_a_department_gets_another_leader() -> None:
    async with company() as (it, directory):
        before = await directory.read()
        it.departments[3]["dept_manager_userid_list"] = ["u2"]
        after = await directory.refresh(before, changed("departments_changed", departments=(3,)))
        assert (after.person("u2").leads, after.person("u3").leads) == ((2, 3), ())
        assert await same_as_read_anew(directory, after)


async def test_departments_come_and_go() -> None:
    async with company() as (it, directory):
        before = await directory.read()
        it.departments[4] = {"dept_id": 4, "name": "测试组", "parent_id": 2}
        del it.departments[3]
        it.users["u3"]["dept_id_list"] = [2]
        after = await directory.refresh(before, changed("departments_changed", departments=(3, 4)))
        assert after.department(3) is None
        assert after.department(4) == Department(id=4, name="测试组", parent=2)
        assert await same_as_read_anew(directory, after)


async def test_somebody_in_a_department_that_nobody_told_of() -> None:
    async with company() as (it, directory):
        before = await directory.read()
        it.departments[4] = {"dept_id": 4, "name": "测试组", "parent_id": 2}
        it.users["u4"] = {"userid": "u4", "name": "四", "dept_id_list": [4]}
        after = await directory.refresh(before, changed("person_changed", users=("u4",)))
        assert await same_as_read_anew(directory, after)


async def test_a_role_is_renamed() -> None:
    async with company() as (it, directory):
        before = await directory.read()
        it.roles[8] = ("人力资源经理", ["u2", "boss"])
        after = await directory.refresh(before, changed("roles_changed"))
        assert [person.userid for person in after.holders("人力资源经理")] == ["boss", "u2"]
        assert after.holders("人事经理") == ()


async def test_a_refresh_asks_only_for_what_changed() -> None:
    async with company() as (it, directory):
        before = await directory.read()
        it.it.calls.clear()
        await directory.refresh(before, changed("person_changed", users=("boss",)))
        assert {call.path for call in it.it.calls} == {"/topapi/v2/user/get", "/topapi/v2/department/get"}
        assert len(it.it.calls) == 2
