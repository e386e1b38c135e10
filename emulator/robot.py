"""What a robot says of its own accord: to people, to groups, urgently (contract 3.2, 3.4)."""

import uuid
from dataclasses import dataclass
from typing import Any

import orjson
from aiohttp import web

from emulator.answers import No, new_no, ok
from emulator.fields import Body, Fields
from emulator.files import Files
from emulator.organization import Row
from emulator.platform import Call, Platform

_RECEIVERS, _PARAM_BYTES = 20, 15_000
_BUTTONS = {"sampleActionCard2": 2, "sampleActionCard3": 3, "sampleActionCard4": 4, "sampleActionCard5": 5}
_NEEDED: dict[str, tuple[str, ...]] = {
    "sampleText": ("content",),
    "sampleMarkdown": ("title", "text"),
    "sampleImageMsg": ("photoURL",),
    "sampleLink": ("title", "text", "messageUrl"),
    "sampleActionCard": ("title", "text", "singleTitle", "singleURL"),
    "sampleActionCard6": ("title", "text", "buttonTitle1", "buttonUrl1", "buttonTitle2", "buttonUrl2"),
    "sampleAudio": ("mediaId", "duration"),
    "sampleFile": ("mediaId", "fileName", "fileType"),
    "sampleVideo": ("videoMediaId", "videoType", "picMediaId", "duration"),
    **{
        key: ("title", "text", *(f"{word}{n}" for n in range(1, many + 1) for word in ("actionTitle", "actionURL")))
        for key, many in _BUTTONS.items()
    },
}
_KINDS = {
    "sampleText": "text",
    "sampleImageMsg": "image",
    "sampleFile": "file",
    "sampleVideo": "file",
    "sampleAudio": "file",
}
_FILE_TYPES = ("xlsx", "pdf", "zip", "rar", "doc", "docx")
_MEDIA = ("photoURL", "mediaId", "videoMediaId", "picMediaId")
_DING_MOST = {1: 200, 2: 20, 3: 20}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    kind: str
    title: str
    text: str
    content: Body


class Robot:
    """The handlers."""

    def __init__(self, platform: Platform, files: Files) -> None:
        self._platform, self._files = platform, files

    def add(self, app: web.Application) -> None:
        """The routes."""
        new = self._platform.new
        app.router.add_post("/v1.0/robot/oToMessages/batchSend", new(self._batch_send))
        app.router.add_post("/v1.0/robot/groupMessages/send", new(self._group_send))
        app.router.add_post("/v1.0/robot/ding/send", new(self._ding))

    async def _batch_send(self, call: Call) -> web.Response:
        fields = Fields(call.body, wrong)
        check_robot(self._platform, call.client, fields)
        users = list(dict.fromkeys(fields.texts("userIds")))
        if not users:
            raise new_no(400, "invalidParameter.userIds.empty", "userIds is empty")
        if len(users) > _RECEIVERS:
            raise new_no(400, "invalidParameter.userIds.overMax", "userIds over max")
        words = self._words(fields)
        key = uuid.uuid4().hex
        known = [user for user in users if user in self._platform.organization.users]
        faults, path = self._platform.faults, call.request.path
        slowed = [user for user in known if faults.take("flow_control", path, person=user)]
        for user in known:
            if user not in slowed:
                self._show(call.client, self._platform.chat_of(call.client), (user,), words, key)
        invalid = [user for user in users if user not in known]
        lists = {"invalidStaffIdList": invalid, "flowControlledStaffIdList": slowed, "filteredStaffIdList": []}
        return ok({"processQueryKey": key, **lists})

    async def _group_send(self, call: Call) -> web.Response:
        fields = Fields(call.body, wrong)
        check_robot(self._platform, call.client, fields)
        group = find_group(self._platform, call.client, fields)
        words = self._words(fields)
        key = uuid.uuid4().hex
        self._show(call.client, group["openConversationId"], tuple(group["members"]), words, key)
        return ok({"processQueryKey": key})

    async def _ding(self, call: Call) -> web.Response:
        fields = Fields(call.body, wrong)
        check_robot(self._platform, call.client, fields)
        kind, users, content = fields.whole("remindType"), fields.texts("receiverUserIdList"), fields.text("content")
        if kind not in _DING_MOST:
            raise wrong("remindType")
        if not users or not content:
            raise wrong("content" if users else "receiverUserIdList")
        if len(users) > _DING_MOST[kind]:
            raise new_no(400, "ding.receivercount.limit", "too many receivers")
        if self._platform.options.no_ding:
            raise new_no(400, "ding.serverquota.insufficient", "DING quota is insufficient")
        words = _Words(kind="ding", title="DING", text=content, content={})
        known = [user for user in users if user in self._platform.organization.users]
        for user in known:
            self._show(call.client, self._platform.chat_of(call.client), (user,), words, "")
        failed = {user: "staffId.notExisted" for user in users if user not in known}
        return ok({"openDingId": uuid.uuid4().hex, "failedList": failed})

    def _show(self, client: str, conversation: str, people: tuple[str, ...], words: _Words, key: str) -> None:
        self._platform.chat.add(
            conversation, self._platform.chat_of(client), words.kind, people, title=words.title, text=words.text,
            content=words.content, key=key, client=client,
        )  # fmt: skip

    def _words(self, fields: Fields) -> _Words:
        """A robot message; refuses what the platform refuses (contract 3.2)."""
        key, raw = fields.text("msgKey"), fields.text("msgParam")
        if not key:
            raise new_no(400, "invalidParameter.msgKey.empty", "msgKey is empty")
        if key not in _NEEDED:
            raise wrong("msgKey.invalid")
        if len(raw.encode()) > _PARAM_BYTES:
            raise wrong("msgParam.tooLong")
        param = _param(raw)
        if any(not isinstance(param.get(name), str | int) or param[name] == "" for name in _NEEDED[key]):
            raise wrong("msgParam.invalid")
        if key == "sampleFile" and param["fileType"] not in _FILE_TYPES:
            raise wrong("msgParam.invalid")
        media = [str(param[name]) for name in _MEDIA if name in param]
        for one in media:
            if not self._files.has_media(one) and not (
                key == "sampleImageMsg" and one.startswith(("http://", "https://"))
            ):
                raise wrong("msgParam.invalid")
        texts = [str(param[name]) for name in _NEEDED[key]]
        if media:
            content = {"mediaId": media[0]} if media[0].startswith("@") else {}
            content |= {name: param[name] for name in ("fileName", "fileType") if name in param}
            text = "" if content else texts[0]  # the address of a picture that is elsewhere
            return _Words(kind=_KINDS[key], title=str(param.get("fileName", "")), text=text, content=content)
        if key == "sampleText":
            return _Words(kind="text", title="", text=texts[0], content={})
        links = "".join(f"\n\n[{text}]({url})" for text, url in zip(texts[2::2], texts[3::2], strict=False))
        return _Words(kind="markdown", title=texts[0], text=texts[1] + links, content={})


def check_robot(platform: Platform, client: str, fields: Fields) -> None:
    """The robotCode must be there, and must be the calling app's."""
    robot = fields.text("robotCode")
    if not robot:
        raise new_no(400, "invalidParameter.robotCode.empty", "robotCode is empty")
    if platform.organization.app_of(robot) != client:
        raise new_no(400, "robotCode.notExsit", "robotCode does not exist")


def find_group(platform: Platform, client: str, fields: Fields) -> Row:
    """The group, with the robot in it."""
    number = fields.text("openConversationId")
    if not number:
        raise new_no(400, "miss.openConversationId", "openConversationId is empty")
    group = platform.organization.groups.get(number)
    if group is None:
        raise new_no(400, "invalid.openConversationId", "openConversationId is invalid")
    if client not in platform.organization.robots_in(group):
        raise new_no(400, "resource.not.found", "the robot is not in the group")
    return group


def wrong(name: str) -> No:
    """A field of a robot call is wrong."""
    code = name if name.startswith("msg") and "." in name else f"{name}.invalid"
    return new_no(400, f"invalidParameter.{code}", f"{name} is invalid")


def _param(raw: str) -> dict[str, Any]:
    try:
        param = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise wrong("msgParam.invalid") from None
    if not isinstance(param, dict):
        raise wrong("msgParam.invalid")
    return param
