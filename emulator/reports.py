"""Logs (日志) on the platform's own form: people file and change them, bots file and read them (contract 8)."""

import uuid
from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
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


@dataclass(slots=True, kw_only=True, eq=False)
class Report:
    """A log: as the platform shows it, who it was sent to, who has read and liked it, what was said of it."""

    row: Row
    to: tuple[str, ...]
    read: dict[str, int] = field(default_factory=dict)
    liked: dict[str, int] = field(default_factory=dict)
    comments: list[Row] = field(default_factory=list)

    @property
    def moment(self) -> int:
        """When it was filed."""
        return int(self.row["create_time"])


class Reports:
    """The logs that were filed, and the templates: the platform's usual ones, and those that people file on."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self.reset()

    def reset(self) -> None:
        """None filed."""
        self._kept: list[Report] = []
        self._by_number: dict[str, Report] = {}
        self._received: dict[str, list[Report]] = {}
        self._templates: dict[str, tuple[str, ...]] = dict(_USUAL)

    def routes(self) -> dict[tuple[str, str], Handler]:
        """Of the control interface."""
        return {("POST", "/emulator/reports"): self._file, ("PUT", "/emulator/reports/{number}"): self._change}

    def find(self, number: str) -> Report | None:
        """The log of this id."""
        return self._by_number.get(number)

    def newest(self, most: int, viewer: str | None) -> list[Report]:
        """The newest logs first: those that the person filed or was sent, or all."""
        seen = (one for one in reversed(self._kept) if viewer in (None, one.row["creator_id"], *one.to))
        return list(islice(seen, most))

    def forms(self) -> list[Row]:
        """The templates and the fields of each."""
        return [{"name": name, "fields": fields} for name, fields in self._templates.items()]

    def received(self, userid: str) -> list[Report]:
        """The logs that were sent to the person."""
        return self._received.get(userid, [])

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
        """A person files a log. `several`: many at once."""
        body = await asked(request)
        several = [self._filed(Fields(row, wrong)) for row in body.rows("several")]
        if several:
            return answer({"ok": True, "report_ids": several})
        return answer({"ok": True, "report_id": self._filed(body)})

    def _filed(self, body: Fields) -> str:
        userid, template, to = body.text("userid"), body.text("template_name"), body.texts("to")
        for person in (userid, *to):
            if person not in self._platform.organization.users:
                raise no(404, f"unknown: {person}")
        contents = _contents(body)
        if not template:
            raise wrong("template_name")
        self._templates.setdefault(template, tuple(key for key, _ in contents))
        return self._keep(userid, template, contents, body.whole("at") or now_ms(), to)

    async def _change(self, request: web.Request) -> web.Response:
        """Its author writes it anew."""
        body, report = await asked(request), self.find(request.match_info["number"])
        if report is None:
            raise no(404, "no such log")
        report.row |= {"contents": _shown(_contents(body)), "modified_time": body.whole("at") or now_ms()}
        return answer({"ok": True})

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
        if any(row.whole("type", 1) != 1 for row in rows):
            raise old_wrong("type")
        to = said.texts("to_userids")
        if not set(to) <= set(self._platform.organization.users):
            raise old_wrong("to_userids")
        contents = [(needed(row, "key"), needed(row, "content")[:_LONGEST]) for row in rows]
        return self._keep(userid, template, contents, now_ms(), to)

    def _keep(self, userid: str, template: str, contents: list[tuple[str, str]], moment: int, to: Sequence[str]) -> str:
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
            "contents": _shown(contents),
        }
        report = Report(row=row, to=tuple(dict.fromkeys(to)))
        insort(self._kept, report, key=_moment)
        self._by_number[number] = report
        for person in report.to:
            self._received.setdefault(person, []).append(report)
        return number

    def _listed(self, asked: Fields, *, whole: bool) -> Row:
        start, end = between(asked, "start_time", "end_time", _SPAN)
        changed = asked.whole("modified_start_time"), asked.whole("modified_end_time", 2**53)
        template, creator = asked.text("template_name"), asked.text("userid")
        kept = self._kept[bisect_left(self._kept, start, key=_moment) : bisect_right(self._kept, end, key=_moment)]
        rows = [
            {key: value for key, value in one.items() if whole or key != "contents"}
            for one in (report.row for report in kept)
            if changed[0] <= one["modified_time"] <= changed[1]
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


def _moment(report: Report) -> int:
    return report.moment


def _contents(body: Fields) -> list[tuple[str, str]]:
    """What a person wrote: key and value of each field, at least one."""
    contents = [(Fields(row, wrong).text("key"), Fields(row, wrong).text("value")) for row in body.rows("contents")]
    if not contents or not all(key for key, _ in contents):
        raise wrong("contents")
    return contents


def _shown(contents: list[tuple[str, str]]) -> list[Row]:
    return [
        {"key": key, "sort": str(place), "type": "1", "value": value} for place, (key, value) in enumerate(contents)
    ]


def _number(template: str) -> str:
    """The id of a template: opaque, stable."""
    return uuid.uuid5(uuid.NAMESPACE_OID, template).hex
