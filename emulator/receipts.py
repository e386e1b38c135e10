"""What became of a robot's messages: who has read them, and taking them back (contract 3.3)."""

from aiohttp import web

from emulator.answers import new_no, ok
from emulator.chat import Item
from emulator.fields import Fields
from emulator.platform import Call, Platform
from emulator.robot import check_robot, find_group, wrong

_KEYS, _PAGE = 20, 200


class Receipts:
    """The handlers."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def add(self, app: web.Application) -> None:
        """The routes."""
        new = self._platform.new
        app.router.add_get("/v1.0/robot/oToMessages/readStatus", new(self._read_status))
        app.router.add_post("/v1.0/robot/groupMessages/query", new(self._group_read_status))
        app.router.add_post("/v1.0/robot/otoMessages/batchRecall", new(self._recall))
        app.router.add_post("/v1.0/robot/groupMessages/recall", new(self._group_recall))

    async def _read_status(self, call: Call) -> web.Response:
        fields = Fields(dict(call.query), wrong)
        items = self._found(call, fields)
        rows = [
            {
                "userId": person,
                "name": self._platform.organization.users.get(person, {}).get("name", ""),
                "readStatus": "READ" if person in item.read_by else "UNREAD",
                "readTimestamp": item.read_by.get(person, 0),
            }
            for item in items
            for person in item.seen_by
        ]
        return ok({"sendStatus": _status(items), "messageReadInfoList": rows})

    async def _group_read_status(self, call: Call) -> web.Response:
        fields = Fields(call.body, wrong)
        find_group(self._platform, call.client, fields)
        items = self._found(call, fields)
        start, most = fields.whole("nextToken"), fields.whole("maxResults", _PAGE)
        if not 0 < most <= _PAGE or start < 0:
            raise wrong("maxResults")
        readers = sorted({person for item in items for person in item.read_by})
        page, more = readers[start : start + most], start + most < len(readers)
        token = str(start + most) if more else ""
        return ok({"sendStatus": _status(items), "readUserIds": page, "nextToken": token, "hasMore": more})

    async def _recall(self, call: Call) -> web.Response:
        return self._recalled(call, Fields(call.body, wrong))

    async def _group_recall(self, call: Call) -> web.Response:
        fields = Fields(call.body, wrong)
        check_robot(self._platform, call.client, fields)
        find_group(self._platform, call.client, fields)
        return self._recalled(call, fields)

    def _recalled(self, call: Call, fields: Fields) -> web.Response:
        check_robot(self._platform, call.client, fields)
        keys = fields.texts("processQueryKeys")
        if not 0 < len(keys) <= _KEYS:
            raise wrong("processQueryKeys")
        done, failed = [], {}
        for key in keys:
            items = self._platform.chat.keyed(call.client, key)
            for item in items:
                item.recalled = True
                self._platform.chat.touch(item)
            if items:
                done.append(key)
            else:
                failed[key] = "processQueryKey does not exist"
        return ok({"successResult": done, "failedResult": failed})

    def _found(self, call: Call, fields: Fields) -> list[Item]:
        check_robot(self._platform, call.client, fields)
        items = self._platform.chat.keyed(call.client, fields.text("processQueryKey"))
        if not items:
            raise new_no(400, "resource.not.found", "processQueryKey does not exist")
        return items


def _status(items: list[Item]) -> str:
    return "RECALLED" if items[0].recalled else "SUCCESS"
