"""Who has read, liked and commented a log: people do it, bots ask for it (contract 8)."""

from aiohttp import web

from emulator import moments
from emulator.answers import old_no, old_wrong
from emulator.chat import now_ms
from emulator.fields import Fields
from emulator.legacy import answered, needed, present, served, span
from emulator.organization import Row
from emulator.plain import answer, asked, no, wrong
from emulator.platform import Call, Handler, Platform
from emulator.reports import Report, Reports

_PEOPLE, _COMMENTS, _SEEN = 100, 20, 100
_READ, _COMMENT, _LIKE = 0, 1, 2


class Readers:
    """The handlers; what they keep belongs to the logs."""

    def __init__(self, platform: Platform, reports: Reports) -> None:
        self._platform, self._reports = platform, reports

    def reset(self) -> None:
        """Nothing: it goes with the logs."""

    def routes(self) -> dict[tuple[str, str], Handler]:
        """Of the control interface."""
        return {("GET", "/emulator/reports"): self._seen, ("POST", "/emulator/reports/{number}"): self._read}

    def add(self, app: web.Application) -> None:
        """The platform's calls."""
        legacy = self._platform.legacy
        app.router.add_post("/topapi/report/statistics", legacy(served(self._counts)))
        app.router.add_post("/topapi/report/statistics/listbytype", legacy(served(self._people)))
        app.router.add_post("/topapi/report/comment/list", legacy(served(self._comments)))
        app.router.add_post("/topapi/report/getunreadcount", legacy(self._unread))

    async def _seen(self, request: web.Request) -> web.Response:
        """The templates, and the newest logs that the person filed or was sent; without a person all."""
        viewer = request.query.get("viewer")
        items = [_whole(one) for one in self._reports.newest(_SEEN, viewer)]
        return answer({"templates": self._reports.forms(), "items": items})

    async def _read(self, request: web.Request) -> web.Response:
        """A person opens a log; may like it, may say something of it."""
        body, report = await asked(request), self._reports.find(request.match_info["number"])
        by, words, moment = body.text("by"), body.text("comment"), body.whole("at") or now_ms()
        if report is None:
            raise no(404, "no such log")
        if by not in self._platform.organization.users:
            raise no(404, f"unknown: {by}")
        if not 0 < moment < moments.LAST:
            raise wrong("at")
        report.read.setdefault(by, moment)
        if body.flag("like"):
            report.liked.setdefault(by, moment)
        if words:
            report.comments.append({"userid": by, "content": words, "create_time": moments.written(moment)})
        return answer({"ok": True})

    def _counts(self, asked: Fields) -> Row:
        report = self._found(asked)
        return {
            "read_num": len(report.read),
            "comment_num": len(report.comments),
            "comment_user_num": len(_commenters(report)),
            "like_num": len(report.liked),
        }

    def _people(self, asked: Fields) -> Row:
        report = self._found(asked)
        present(asked, "type")
        lists = {_READ: list(report.read), _COMMENT: _commenters(report), _LIKE: list(report.liked)}
        if asked.whole("type") not in lists:
            raise old_wrong("type")
        first, last = span(asked, "offset", _PEOPLE)
        return _page(lists[asked.whole("type")], first, last, "userid_list")

    def _comments(self, asked: Fields) -> Row:
        report = self._found(asked)
        first, last = span(asked, "offset", _COMMENTS)
        return _page(report.comments, first, last, "comments")

    async def _unread(self, call: Call) -> web.Response:
        userid = needed(Fields(call.body, old_wrong), "userid")
        if userid not in self._platform.organization.users:
            raise old_no(60121, "找不到该用户")
        return answered(count=sum(userid not in report.read for report in self._reports.received(userid)))

    def _found(self, asked: Fields) -> Report:
        report = self._reports.find(needed(asked, "report_id"))
        if report is None:
            raise old_wrong("report_id")
        return report


def _whole(report: Report) -> Row:
    """A log with all that people did with it."""
    read, liked = list(report.read), list(report.liked)
    return {**report.row, "to": report.to, "readBy": read, "likedBy": liked, "comments": report.comments}


def _commenters(report: Report) -> list[str]:
    return list(dict.fromkeys(str(row["userid"]) for row in report.comments))


def _page(rows: list[Row] | list[str], first: int, last: int, name: str) -> Row:
    more = {"next_cursor": last} if last < len(rows) else {}
    return {name: rows[first:last], "has_more": bool(more), **more}
