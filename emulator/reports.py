"""Logs (日志) on the platform's own form: people file them, bots file and read them (contract 8)."""

import uuid
from typing import Any

from aiohttp import web

from emulator import moments
from emulator.answers import old_missing, old_no, old_wrong
from emulator.chat import now_ms
from emulator.fields import Fields
from emulator.legacy import between, cursored, needed, served, span
from emulator.organization import Row
from emulator.plain import answer, asked, no, wrong
from emulator.platform import Handler, Platform

_PAGE, _TEMPLATES, _LONGEST, _SPAN = 20, 100, 1000, 180 * moments.DAY_MS
_USUAL = {
    "日报": ("今日完成工作", "未完成工作", "需协调工作"),
    "周报": ("本周完成工作", "本周工作总结", "下周工作计划"),
    "月报": ("本月工作内容", "本月工作总结", "下月工作计划"),
}


class Reports:
    """The logs that were filed, and the templates: the platform's usual ones, and those that people file on."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self.reset()

    def reset(self) -> None:
        """None filed."""
        self._kept: list[Row] = []
        self._templates: dict[str, tuple[str, ...]] = dict(_USUAL)

    def routes(self) -> dict[tuple[str, str], Handler]:
        """Of the control interface."""
        return {("POST", "/emulator/reports"): self._file}

    def add(self, app: web.Application) -> None:
        """The platform's calls."""
        rows = {
            "template/listbyuserid": self._all_templates,
            "template/getbyname": self._template,
            "create": self._create,
            "list": lambda asked: self._listed(asked, whole=True),
            "simplelist": lambda asked: self._listed(asked, whole=False),
        }
        for path, find in rows.items():
            app.router.add_post(f"/topapi/report/{path}", self._platform.legacy(served(find)))

    async def _file(self, request: web.Request) -> web.Response:
        body = await asked(request)
        userid, template, rows = body.text("userid"), body.text("template_name"), body.rows("contents")
        if userid not in self._platform.organization.users:
            raise no(404, f"unknown: {userid}")
        contents = [(Fields(row, wrong).text("key"), Fields(row, wrong).text("value")) for row in rows]
        if not template or not contents or not all(key for key, _ in contents):
            raise wrong("contents" if template else "template_name")
        self._templates.setdefault(template, tuple(key for key, _ in contents))
        return answer({"ok": True, "report_id": self._keep(userid, template, contents, body.whole("at") or now_ms())})

    def _create(self, asked: Fields) -> str:
        """A bot files a log for a person."""
        if not asked.table("create_report_param"):
            raise old_missing("create_report_param")
        said = asked.within("create_report_param")
        userid, number = needed(said, "userid"), needed(said, "template_id")
        if userid not in self._platform.organization.users:
            raise old_no(60121, "找不到该用户")
        template = next((name for name in self._templates if _number(name) == number), None)
        if template is None:
            raise old_wrong("template_id")
        rows = [Fields(row, old_wrong) for row in said.rows("contents")]
        if not rows:
            raise old_missing("contents")
        contents = [(needed(row, "key"), needed(row, "content")[:_LONGEST]) for row in rows]
        return self._keep(userid, template, contents, now_ms())

    def _keep(self, userid: str, template: str, contents: list[tuple[str, str]], moment: int) -> str:
        user, departments = self._platform.organization.users[userid], self._platform.organization.departments
        department = departments.get(next(iter(user.get("dept_id_list") or []), 0), {})
        number = uuid.uuid4().hex
        row = {
            "report_id": number,
            "template_name": template,
            "creator_id": userid,
            "creator_name": user["name"],
            "dept_name": department.get("name", ""),
            "create_time": moment,
            "modified_time": moment,
            "remark": "",
            "contents": [
                {"key": key, "sort": str(place), "type": "1", "value": value}
                for place, (key, value) in enumerate(contents)
            ],
        }
        self._kept = sorted([*self._kept, row], key=lambda one: one["create_time"])
        return number

    def _listed(self, asked: Fields, *, whole: bool) -> Row:
        start, end = between(asked, "start_time", "end_time", _SPAN)
        changed = asked.whole("modified_start_time"), asked.whole("modified_end_time", 2**53)
        template, creator = asked.text("template_name"), asked.text("userid")
        rows = [
            {key: value for key, value in one.items() if whole or key != "contents"}
            for one in self._kept
            if start <= one["create_time"] <= end and changed[0] <= one["modified_time"] <= changed[1]
            if template in ("", one["template_name"]) and creator in ("", one["creator_id"])
        ]
        return {"size": asked.whole("size"), **cursored(asked, rows, _PAGE, "data_list")}

    def _all_templates(self, asked: Fields) -> Row:
        first, last = span(asked, "offset", _TEMPLATES)
        rows = [{"name": name, "report_code": _number(name), "url": "", "icon_url": ""} for name in self._templates]
        return {"template_list": rows[first:last], **({"next_cursor": last} if last < len(rows) else {})}

    def _template(self, asked: Fields) -> Row:
        userid, name = needed(asked, "userid"), needed(asked, "template_name")
        if name not in self._templates:
            raise old_wrong("template_name")
        fields: list[dict[str, Any]] = [
            {"field_name": key, "sort": place, "type": 1} for place, key in enumerate(self._templates[name])
        ]
        user = self._platform.organization.users.get(userid)
        if user is None:
            raise old_no(60121, "找不到该用户")
        about = {"id": _number(name), "name": name, "user_id": userid, "user_name": user["name"]}
        return {**about, "fields": fields, "default_receivers": [], "default_received_convs": []}


def _number(template: str) -> str:
    """The id of a template: opaque, stable."""
    return uuid.uuid5(uuid.NAMESPACE_OID, template).hex
