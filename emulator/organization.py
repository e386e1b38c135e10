"""The organisation as the platform keeps it: departments, people, roles, groups, apps; read from a file, changeable."""

import base64
import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

Row = dict[str, Any]
ROOT = 1
UNION = 2  # userIdType of unionIds (contract 4.2)
_FIRST_ROLE = 1001
_NEEDED: dict[str, dict[str, type]] = {
    "departments": {"dept_id": int, "name": str},
    "users": {"userid": str, "name": str},
    "outsiders": {"userid": str, "name": str},
    "groups": {"openConversationId": str, "title": str, "members": list},
    "apps": {"clientId": str, "clientSecret": str},
}


class WrongFile(Exception):
    """A file that the emulator was started with cannot be used; says where it is wrong."""


def read_file(file: Path) -> Row:
    """The JSON object in a file. Raises WrongFile."""
    try:
        row = orjson.loads(file.read_bytes())
    except OSError as error:
        raise WrongFile(f"{file}: {error.strerror}") from None
    except ValueError as error:
        raise WrongFile(f"{file}: {error}") from None
    if not isinstance(row, dict):
        raise WrongFile(f"{file}: not a JSON object")
    return row


class Organization:
    """Rows in the platform's own field names. `outsiders`: people of groups who do not belong to the company."""

    def __init__(self, file: Path) -> None:
        self._start = read_file(file)
        wrong = next(_mistakes(self._start), None)
        if wrong:
            raise WrongFile(f"{file}: {wrong}")
        self.reset()

    def reset(self) -> None:
        """As the file says."""
        data = copy.deepcopy(self._start)
        self.corp: str = data.get("corpId", "dingcorp")
        self.departments: dict[int, Row] = {row["dept_id"]: row for row in data.get("departments", [])}
        self.users: dict[str, Row] = {row["userid"]: row for row in data.get("users", [])}
        self.outsiders: dict[str, Row] = {row["userid"]: row for row in data.get("outsiders", [])}
        self.groups: dict[str, Row] = {row["openConversationId"]: row for row in data.get("groups", [])}
        self.apps: dict[str, Row] = {row["clientId"]: row for row in data.get("apps", [])}
        self.attendance: Row = data.get("attendance") or {}
        self._roles: dict[tuple[str, str], int] = {}
        for row in self.users.values():
            self.role_ids(row)

    # ── people ──────────────────────────────────────────────────────────────────────────────

    def person(self, number: str, id_type: int = 1) -> str | None:
        """The userid of somebody who belongs to the company, found by userid or unionId."""
        if id_type == UNION:
            return next((userid for userid in self.users if union_id(userid) == number), None)
        return number if number in self.users else None

    def role_ids(self, user: Row) -> list[int]:
        """The ids of a person's roles; an id is given to each role when it is first seen."""
        ids = []
        for role in user.get("role_list") or []:
            key = (role.get("group_name") or "默认", role["name"])
            ids.append(self._roles.setdefault(key, _FIRST_ROLE + len(self._roles)))
        return ids

    def roles(self) -> dict[int, tuple[str, str]]:
        """Role id to (group, name)."""
        return {number: key for key, number in self._roles.items()}

    def members(self, department: int) -> list[Row]:
        """Who belongs to the department itself."""
        return [row for row in self.users.values() if department in (row.get("dept_id_list") or [])]

    def children(self, department: int) -> list[Row]:
        """The departments right below."""
        return [row for row in self.departments.values() if row.get("parent_id") == department]

    def chain(self, department: int) -> list[int]:
        """The department and those above it, the root last."""
        chain: list[int] = []
        here: int | None = department
        while here is not None and here in self.departments and here not in chain:
            chain.append(here)
            here = self.departments[here].get("parent_id")
        return chain

    def leads(self, user: Row, department: int) -> bool:
        """Whether the person leads the department, by either of the platform's two ways."""
        if user["userid"] in (self.departments.get(department, {}).get("dept_manager_userid_list") or []):
            return True
        led = user.get("leader_in_dept") or []
        return any(row.get("dept_id") == department and row.get("leader") for row in led)

    # ── robots ──────────────────────────────────────────────────────────────────────────────

    def robot(self, client: str) -> str:
        """The robot code of an app."""
        return str(self.apps[client].get("robotCode") or client)

    def app_of(self, robot: str) -> str | None:
        """The clientId of the app that the robot belongs to."""
        return next((client for client in self.apps if robot in (client, self.robot(client))), None)

    def robots_in(self, group: Row) -> list[str]:
        """The clientIds of the apps whose robots are in the group: those it names, else all."""
        named = group.get("robots")
        return [client for client in self.apps if named is None or self.robot(client) in named]

    def shown(self) -> Row:
        """Everything but secrets, for the page and the tests."""
        apps = [{key: value for key, value in app.items() if key != "clientSecret"} for app in self.apps.values()]
        return {
            "corpId": self.corp,
            "departments": list(self.departments.values()),
            "users": list(self.users.values()),
            "outsiders": list(self.outsiders.values()),
            "groups": list(self.groups.values()),
            "apps": apps,
        }


def _mistakes(file: Row) -> Iterator[str]:
    """What an organisation file lacks."""
    if not file.get("apps"):
        yield "no app"
    if not isinstance(file.get("attendance") or {}, dict):
        yield "attendance is not an object"
    for kind, needed in _NEEDED.items():
        rows = file.get(kind) or []
        if not isinstance(rows, list):
            yield f"{kind} is not a list"
            return
        for place, row in enumerate(rows):
            for name, wanted in needed.items():
                if not isinstance(row, dict) or not isinstance(row.get(name), wanted):
                    yield f"{kind}[{place}]: {name} is missing or wrong"


def union_id(userid: str) -> str:
    """The id of a person per developer account: opaque, stable."""
    return base64.b64encode(f"union-{userid}".encode()).decode()
