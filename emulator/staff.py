"""People come, change and go: the events that the platform sends of it, and the list of those it could not deliver."""

from typing import Any

import orjson
from aiohttp import web

from emulator.answers import ok
from emulator.chat import now_ms
from emulator.events import tell
from emulator.fields import Body, Fields
from emulator.organization import Row
from emulator.plain import no, wrong
from emulator.platform import Call, Platform
from emulator.stream import Push

_DIFFERENCES = {"name": "name", "managerUserid": "manager_userid", "jobNumber": "job_number", "title": "title"}
_FAILED = 200  # events a call


class Staff:
    """Changes of people, by the control interface."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._organization = platform.organization

    def add(self, app: web.Application) -> None:
        """The route of the list of failed events (contract 1.5)."""
        path = "/call_back/get_call_back_failed_result"
        app.router.add_get(path, self._platform.legacy(self._failed))

    def put(self, userid: str, row: Fields) -> None:
        """Change or add a person, and send the events that the platform sends."""
        self._check(userid, row)
        before = self._organization.users.get(userid)
        after = {**(before or {}), **row.body, "userid": userid}
        roles_before = set(self._organization.role_ids(before)) if before else set()
        self._organization.users[userid] = after
        roles = set(self._organization.role_ids(after))
        if before is None:
            self._people("user_add_org", userid)
        else:
            self._event("user_modify_org", {"userId": [userid], "diffInfo": [_difference(userid, before, after)]})
        for action, labels in (("add", roles - roles_before), ("remove", roles_before - roles)):
            if labels:
                data = {"userIdList": [userid], "labelIdList": sorted(labels), "action": action}
                self._event("label_user_change", data)
        if bool(after.get("admin")) != bool((before or {}).get("admin")):
            self._people("org_admin_add" if after.get("admin") else "org_admin_remove", userid)

    def delete(self, userid: str) -> None:
        """The person has left: nobody finds them any more, and they are in no group."""
        if userid not in self._organization.users:
            raise no(404, f"unknown: {userid}")
        del self._organization.users[userid]
        for group in self._organization.groups.values():
            group["members"] = [member for member in group["members"] if member != userid]
            if group.get("owner") == userid:
                group["owner"] = next(iter(group["members"]), "")
        self._people("user_leave_org", userid)

    def _check(self, userid: str, row: Fields) -> None:
        if not row.text("name") and userid not in self._organization.users:
            raise wrong("name")
        if "name" in row.body and not row.text("name"):
            raise wrong("name")
        for name in ("title", "mobile", "manager_userid", "job_number", "extension"):
            row.text(name)
        row.flag("admin")
        row.whole("hired_date")
        departments = row.body.get("dept_id_list") or []
        if not isinstance(departments, list) or any(
            type(number) is not int or number not in self._organization.departments for number in departments
        ):
            raise wrong("dept_id_list")
        for role in row.rows("role_list"):
            role_fields = Fields(role, wrong)
            if not role_fields.text("name"):
                raise wrong("role_list")
            role_fields.text("group_name")
        row.rows("leader_in_dept")

    def _people(self, kind: str, userid: str) -> None:
        self._event(kind, {"userId": [userid]})

    def _event(self, kind: str, data: Body) -> None:
        tell(self._platform, kind, {"timeStamp": str(now_ms()), **data})

    async def _failed(self, call: Call) -> web.Response:
        """The app's oldest failed events; each is told once."""
        failed = self._platform.stream.failed_events
        told = [push for push in failed if push.client == call.client][:_FAILED]
        for push in told:
            failed.remove(push)
        more = any(push.client == call.client for push in failed)
        return ok({"errcode": 0, "errmsg": "ok", "has_more": more, "failed_list": [_shown(push) for push in told]})


def _difference(userid: str, before: Row, after: Row) -> Body:
    changed = [(key, name) for key, name in _DIFFERENCES.items() if before.get(name) != after.get(name)]

    def values(row: Row) -> dict[str, Any]:
        return {key: row.get(name, "") for key, name in changed}

    return {"userid": userid, "prev": values(before), "curr": values(after)}


def _shown(push: Push) -> Body:
    kind = push.headers["eventType"]
    return {
        "call_back_tag": kind,
        "event_time": int(push.headers["eventBornTime"]),
        "event_id": push.headers["eventId"],
        kind: {"corpid": push.headers["eventCorpId"], **orjson.loads(push.data)},
    }
