"""Reads an organisation file (the platform's own field names, spec: emulator.md) into the domain's organisation."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from bot.wire.hired import hired_on
from domain.people import Department, Organization, Person


def load(path: Path) -> Organization:
    """The organisation in this JSON file. Raises ValueError with what is wrong with it."""
    try:
        data = orjson.loads(path.read_bytes())
        leading = _leading(data["users"])
        departments = [_department(row, leading) for row in data["departments"]]
        return Organization(people=[_person(row) for row in data["users"]], departments=departments)
    except OSError as error:
        raise ValueError(f"读不到组织文件 {path}：{error.strerror}") from None
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} 不是组织文件：{type(error).__name__} {error}") from None


def _person(row: Mapping[str, Any]) -> Person:
    return Person(
        userid=row["userid"],
        name=row["name"],
        title=row.get("title") or "",
        departments=tuple(row.get("dept_id_list") or ()),
        manager=row.get("manager_userid") or None,
        roles=tuple(role["name"] for role in row.get("role_list") or ()),
        mobile=row.get("mobile") or "",
        admin=bool(row.get("admin")),
        leads=tuple(lead["dept_id"] for lead in row.get("leader_in_dept") or () if lead.get("leader")),
        hired=hired_on(row.get("hired_date")),
    )


def _leading(users: list[Mapping[str, Any]]) -> Mapping[int, list[str]]:
    """Who says of themselves that they lead a department, by department."""
    found: dict[int, list[str]] = {}
    for user in users:
        for lead in user.get("leader_in_dept") or ():
            if lead.get("leader"):
                found.setdefault(lead["dept_id"], []).append(user["userid"])
    return found


def person(organization: Organization, name: str) -> Person:
    """The person of this userid, or of this name where only one has it. Raises ValueError."""
    several = organization.named(name)
    found = organization.find(name) or (several[0] if len(several) == 1 else None)
    if found is None:
        which = "、".join(one.userid for one in several)
        raise ValueError(f"组织里有几位{name}，请写 userid：{which}" if several else f"组织里没有 {name}")
    return found


def _department(row: Mapping[str, Any], leading: Mapping[int, list[str]]) -> Department:
    listed = list(row.get("dept_manager_userid_list") or ())
    return Department(
        id=row["dept_id"],
        name=row["name"],
        parent=row.get("parent_id"),
        leaders=tuple(dict.fromkeys(listed + leading.get(row["dept_id"], []))),
    )
