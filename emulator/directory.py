"""The address book's calls: users, departments, roles, as the legacy API shows them (contract 6)."""

from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from emulator.answers import No, new_no, ok, old_missing, old_no, old_wrong
from emulator.fields import Fields
from emulator.legacy import answered, cursored, needed, served, span
from emulator.organization import ROOT, Row, union_id
from emulator.platform import Api, Call, Platform

_PAGE, _ROLES, _USUAL = 100, 200, 20
_MISSING_PERSON = (60121, "找不到该用户")
_MISSING_DEPARTMENT = (60003, "部门不存在")


class Directory:
    """The handlers."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._organization = platform.organization

    def add(self, app: web.Application) -> None:
        """The routes."""
        rows: dict[str, Callable[[Fields], Any]] = {
            "v2/user/get": self._user,
            "v2/user/list": self._users,
            "user/listsimple": self._simple,
            "user/listid": lambda asked: {"userid_list": [u["userid"] for u in self._members(asked)]},
            "v2/user/getbymobile": self._by_mobile,
            "user/getbyunionid": self._by_union,
            "user/count": self._count,
            "user/listadmin": self._admins,
            "v2/department/get": self._department,
            "v2/department/listsub": self._children,
            "v2/department/listsubid": lambda asked: {"dept_id_list": [d["dept_id"] for d in self._below(asked)]},
            "v2/department/listparentbydept": self._chain,
            "v2/department/listparentbyuser": self._chains,
            "role/list": self._roles,
            "role/simplelist": self._holders,
        }
        for path, find in rows.items():
            app.router.add_post(f"/topapi/{path}", self._platform.legacy(served(find)))
        app.router.add_post("/topapi/role/getrole", self._platform.legacy(self._role))
        app.router.add_get("/auth/scopes", self._platform.legacy(self._scopes))
        app.router.add_post("/v1.0/contact/users/search", self._platform.new(self._search("users")))
        app.router.add_post("/v1.0/contact/departments/search", self._platform.new(self._search("departments")))

    # ── users ───────────────────────────────────────────────────────────────────────────────

    def _user(self, asked: Fields) -> Row:
        row = self._person(asked)
        shown = {**self._brief(row), **{k: row[k] for k in ("hired_date", "extension") if row.get(k)}}
        if row.get("manager_userid") in self._organization.users:
            shown["manager_userid"] = row["manager_userid"]
        departments = row.get("dept_id_list") or []
        shown["leader_in_dept"] = [{"dept_id": d, "leader": self._organization.leads(row, d)} for d in departments]
        names = self._organization.roles()
        shown["role_list"] = [
            {"id": number, "name": names[number][1], "group_name": names[number][0]}
            for number in self._organization.role_ids(row)
        ]
        return shown

    def _users(self, asked: Fields) -> Row:
        number = self._known(asked)
        rows = [{**self._brief(u), "leader": self._organization.leads(u, number)} for u in self._members(asked)]
        return cursored(asked, rows, _PAGE)

    def _simple(self, asked: Fields) -> Row:
        rows = [{"userid": row["userid"], "name": row["name"]} for row in self._members(asked)]
        return cursored(asked, rows, _PAGE)

    def _by_mobile(self, asked: Fields) -> Row:
        mobile = needed(asked, "mobile")
        return {"userid": self._first(lambda user: user.get("mobile") == mobile)}

    def _by_union(self, asked: Fields) -> Row:
        number = needed(asked, "unionid")
        return {"contact_type": 0, "userid": self._first(lambda user: union_id(user["userid"]) == number)}

    def _first(self, fits: Callable[[Row], bool]) -> str:
        found = next((user["userid"] for user in self._organization.users.values() if fits(user)), None)
        if found is None:
            raise old_no(*_MISSING_PERSON)
        return str(found)

    def _count(self, asked: Fields) -> Row:
        if asked.body.get("only_active") is None:
            raise old_missing("only_active")
        asked.flag("only_active")
        return {"count": len(self._organization.users)}

    def _admins(self, asked: Fields) -> list[Row]:
        return [{"userid": u["userid"], "sys_level": 1} for u in self._organization.users.values() if u.get("admin")]

    def _brief(self, row: Row) -> Row:
        departments = row.get("dept_id_list") or []
        return {
            "userid": row["userid"],
            "unionid": union_id(row["userid"]),
            "name": row["name"],
            "avatar": "",
            "mobile": row.get("mobile", ""),
            "job_number": row.get("job_number", ""),
            "title": row.get("title", ""),
            "dept_id_list": departments,
            "dept_order_list": [{"dept_id": number, "order": place} for place, number in enumerate(departments)],
            "admin": bool(row.get("admin")),
            "boss": bool(row.get("boss")),
            "active": True,
        }

    def _person(self, asked: Fields) -> Row:
        row = self._organization.users.get(needed(asked, "userid"))
        if row is None:
            raise old_no(*_MISSING_PERSON)
        return row

    def _members(self, asked: Fields) -> list[Row]:
        return self._organization.members(self._known(asked))

    # ── departments ─────────────────────────────────────────────────────────────────────────

    def _known(self, asked: Fields, otherwise: int | None = None) -> int:
        if asked.body.get("dept_id") is None and otherwise is None:
            raise old_missing("dept_id")
        number = asked.whole("dept_id", otherwise or 0)
        if number not in self._organization.departments:
            raise old_no(*_MISSING_DEPARTMENT)
        return number

    def _department(self, asked: Fields) -> Row:
        number = self._known(asked)
        row = self._organization.departments[number]
        leaders = [u["userid"] for u in self._organization.users.values() if self._organization.leads(u, number)]
        listed = [u for u in row.get("dept_manager_userid_list") or [] if u in self._organization.users]
        return {
            "dept_id": number,
            "name": row["name"],
            **({} if row.get("parent_id") is None else {"parent_id": row["parent_id"]}),
            "dept_manager_userid_list": list(dict.fromkeys(listed + leaders)),
            "member_count": len(self._organization.members(number)),
            "order": number,
        }

    def _below(self, asked: Fields) -> list[Row]:
        return self._organization.children(self._known(asked, ROOT))

    def _children(self, asked: Fields) -> list[Row]:
        return [
            {
                "dept_id": row["dept_id"],
                "name": row["name"],
                "parent_id": row["parent_id"],
                "create_dept_group": False,
                "auto_add_user": False,
            }
            for row in self._below(asked)
        ]

    def _chain(self, asked: Fields) -> Row:
        return {"parent_id_list": self._organization.chain(self._known(asked))}

    def _chains(self, asked: Fields) -> Row:
        row = self._person(asked)
        chains = [self._organization.chain(number) for number in row.get("dept_id_list") or []]
        return {"parent_list": [{"parent_dept_id_list": chain} for chain in chains]}

    # ── roles ───────────────────────────────────────────────────────────────────────────────

    def _groups(self) -> dict[str, list[Row]]:
        """The roles of each group, in the order in which they were first seen."""
        groups: dict[str, list[Row]] = {}
        for number, (group, name) in self._organization.roles().items():
            groups.setdefault(group, []).append({"id": number, "name": name})
        return groups

    def _roles(self, asked: Fields) -> Row:
        groups = enumerate(self._groups().items(), start=1)
        rows = [{"groupId": place, "name": name, "roles": roles} for place, (name, roles) in groups]
        start, end = span(asked, "offset", _ROLES)
        return {"hasMore": end < len(rows), "list": rows[start:end]}

    def _holders(self, asked: Fields) -> Row:
        number = self._role_id(asked, "role_id")
        people = [u for u in self._organization.users.values() if number in self._organization.role_ids(u)]
        rows = [{"userid": u["userid"], "name": u["name"]} for u in people]
        start, end = span(asked, "offset", _PAGE)
        more = {"nextCursor": end} if end < len(rows) else {}
        return {"hasMore": bool(more), "list": rows[start:end], **more}

    def _role_id(self, asked: Fields, name: str) -> int:
        if asked.body.get(name) is None:
            raise old_missing(name)
        number = asked.whole(name)
        if number not in self._organization.roles():
            raise old_no(400002, "参数错误")
        return number

    async def _role(self, call: Call) -> web.Response:
        number = self._role_id(Fields(call.body, old_wrong), "roleId")
        group, name = self._organization.roles()[number]
        role = {"name": name, "groupId": list(self._groups()).index(group) + 1}
        return answered(role=role)

    # ── the new host ────────────────────────────────────────────────────────────────────────

    def _search(self, kind: str) -> Api:
        """People or departments by a part of their name, or by all of it; their ids."""

        async def search(call: Call) -> web.Response:
            asked = Fields(call.body, _wrong)
            word, whole = asked.text("queryWord"), asked.whole("fullMatchField") == 1
            start, size = asked.whole("offset"), asked.whole("size", _USUAL)
            if not word or start < 0 or not 0 < size <= _PAGE:
                raise _wrong("size" if word else "queryWord")
            rows: Mapping[Any, Row] = self._organization.users if kind == "users" else self._organization.departments
            found = [key for key, row in rows.items() if (row["name"] == word if whole else word in row["name"])]
            page = found[start : start + size]
            return ok({"hasMore": start + size < len(found), "totalCount": len(found), "list": page})

        return search

    async def _scopes(self, call: Call) -> web.Response:
        scopes = {"authed_dept": [ROOT], "authed_user": []}
        return answered(auth_org_scopes=scopes, auth_user_field=["name", "mobile"])


def _wrong(name: str) -> No:
    return new_no(400, f"invalidParameter.{name}", f"{name} is invalid")
