"""Check-ins (签到): people say where they are, the platform tells of it (contract 7.4)."""

from bisect import bisect_left, bisect_right, insort
from typing import Any

from aiohttp import web

from emulator import moments
from emulator.answers import old_no, old_wrong
from emulator.chat import now_ms
from emulator.events import tell
from emulator.fields import Fields
from emulator.legacy import answered, between, listed, present, served, span
from emulator.organization import Row
from emulator.plain import answer, asked, no, wrong
from emulator.platform import Call, Handler, Platform

_PEOPLE, _PAGE = 10, 100
_ONE_PERSON, _SEVERAL, _DEPARTMENT = 10 * moments.DAY_MS, moments.DAY_MS, 45 * moments.DAY_MS


class Checkins:
    """All check-ins, the oldest first."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self.reset()

    def reset(self) -> None:
        """None."""
        self._kept: list[Row] = []

    def routes(self) -> dict[tuple[str, str], Handler]:
        """Of the control interface."""
        return {("POST", "/emulator/checkins"): self._check_in}

    def add(self, app: web.Application) -> None:
        """The platform's calls."""
        legacy = self._platform.legacy
        app.router.add_post("/topapi/checkin/record/get", legacy(served(self._of_people)))
        app.router.add_get("/checkin/record", legacy(self._of_department))

    async def _check_in(self, request: web.Request) -> web.Response:
        body = await asked(request)
        userid, place = body.text("userid"), body.text("place")
        if userid not in self._platform.organization.users:
            raise no(404, f"unknown: {userid}")
        if not place:
            raise wrong("place")
        moment = body.whole("at") or now_ms()
        row = {
            "userid": userid,
            "checkin_time": moment,
            "place": place,
            "detail_place": body.text("detail_place") or place,
            "remark": body.text("remark"),
            "image_list": body.texts("images"),
            "latitude": _coordinate(body, "latitude"),
            "longitude": _coordinate(body, "longitude"),
        }
        insort(self._kept, row, key=_time)
        tell(self._platform, "check_in", {"staffId": userid, "timeStamp": moment})
        return answer({"ok": True})

    def _of_people(self, asked: Fields) -> Row:
        people = listed(asked, "userid_list", _PEOPLE)
        start, end = between(asked, "start_time", "end_time", _ONE_PERSON if len(people) == 1 else _SEVERAL)
        present(asked, "cursor", "size")
        first, last = span(asked, "cursor", _PAGE)
        rows = [one for one in self._between(start, end) if one["userid"] in people]
        return {"page_list": rows[first:last], **({"next_cursor": last} if last < len(rows) else {})}

    async def _of_department(self, call: Call) -> web.Response:
        fields = Fields(dict(call.query), old_wrong)
        present(fields, "department_id")
        department, organization = fields.whole("department_id"), self._platform.organization
        if department not in organization.departments:
            raise old_no(60003, "部门不存在")
        start, end = between(fields, "start_time", "end_time", _DEPARTMENT)
        first, last = span(fields, "offset", _PAGE)
        people = {
            userid: user
            for userid, user in organization.users.items()
            if any(department in organization.chain(number) for number in user.get("dept_id_list") or [])
        }
        rows = [one for one in self._between(start, end) if one["userid"] in people]
        rows = rows if fields.text("order") == "asc" else rows[::-1]
        return answered(data=[_shown(one, people[one["userid"]]["name"]) for one in rows[first:last]])

    def _between(self, start: int, end: int) -> list[Row]:
        return self._kept[bisect_left(self._kept, start, key=_time) : bisect_right(self._kept, end, key=_time)]


def _time(row: Row) -> int:
    return int(row["checkin_time"])


def _shown(row: Row, name: str) -> Row:
    """As the older call names the fields."""
    return {
        "userId": row["userid"],
        "name": name,
        "avatar": "",
        "timestamp": row["checkin_time"],
        "place": row["place"],
        "detailPlace": row["detail_place"],
        "remark": row["remark"],
        "imageList": row["image_list"],
        "latitude": row["latitude"],
        "longitude": row["longitude"],
    }


def _coordinate(body: Fields, name: str) -> Any:
    value = body.body.get(name)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 180):
        raise wrong(name)
    return value
