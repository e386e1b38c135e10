"""What people say: it stands in the conversation, and goes to the robots that hear it (contract 2)."""

import secrets
from typing import Any

import orjson

from emulator.chat import BOT, now_ms
from emulator.fields import Body, Fields
from emulator.organization import Row
from emulator.plain import no, wrong
from emulator.platform import Platform
from emulator.stream import CALLBACK, Push
from emulator.webhook import Webhook

TOPIC = "/v1.0/im/bot/messages/get"
_KINDS = {
    "text": "text", "richText": "text", "picture": "image", "audio": "text", "video": "file", "file": "file",
    "unknownMsgType": "text",
}  # fmt: skip
_IN_GROUPS = ("text", "richText", "picture")


class Speech:
    """People's messages."""

    def __init__(self, platform: Platform, webhook: Webhook) -> None:
        self._platform, self._webhook = platform, webhook

    def say(self, said: Fields) -> tuple[str, str]:
        """Put a person's words into a conversation and push them to the robots that hear it; (msgId, conversation)."""
        organization = self._platform.organization
        userid, conversation = said.text("from"), said.text("conversation") or BOT
        person = organization.users.get(userid) or organization.outsiders.get(userid)
        if person is None:
            raise no(404, f"unknown: {userid}")
        group = organization.groups.get(conversation)
        robots = self._hearers(said, group, conversation)
        if group is not None and userid not in group["members"]:
            raise no(404, f"{userid} is not in {conversation}")
        kind = said.text("msgtype") or "text"
        if kind not in _KINDS or (group is not None and kind not in _IN_GROUPS):
            raise wrong("msgtype")
        content = _content(kind, said.table("content"))
        moment = said.whole("createAt") or now_ms()
        self._platform.chat.add(
            conversation, userid, _KINDS[kind], tuple(group["members"]) if group else (userid,),
            title=str(content.get("fileName", "")), text=said.text("text") or _spoken(content),
            at=tuple(said.texts("at")), content=content, created_at=moment,
        )  # fmt: skip
        self._platform.calls.counts["messages"] += 1
        number = f"msg{secrets.token_urlsafe(18)}=="
        for client in robots:
            data = {
                **self._envelope(client, person, group, number, moment, conversation),
                **_mentions(client, said, group, robots),
                **self._words(client, said, group, kind, content),
            }
            self._platform.stream.deliver(Push(client, CALLBACK, TOPIC, orjson.dumps(data)))
        return number, conversation

    def _hearers(self, said: Fields, group: Row | None, conversation: str) -> list[str]:
        """The apps whose robots hear it: in a group those mentioned (`robot`: one code or several), in private one."""
        organization = self._platform.organization
        if group is None:
            client = next((one for one in organization.apps if self._platform.chat_of(one) == conversation), None)
            if client is None:
                raise no(404, f"unknown: {conversation}")
            return [client]
        here = organization.robots_in(group)
        named = said.body.get("robot")
        if not said.flag("mention_bot") and named is None:
            return []
        if named is None:
            return here[:1]
        codes = [named] if isinstance(named, str) else said.texts("robot")
        return [client for client in here if organization.robot(client) in codes]

    def _envelope(
        self, client: str, person: Row, group: Row | None, number: str, moment: int, conversation: str
    ) -> Body:
        """What every message carries (contract 2.1)."""
        userid, corp = person["userid"], self._platform.organization.corp
        inside = userid in self._platform.organization.users
        return {
            "conversationId": conversation if group else f"cid{userid}==",
            "conversationType": "2" if group else "1",
            **({"conversationTitle": group["title"]} if group else {}),
            "chatbotCorpId": corp,
            "chatbotUserId": _encrypted(client),
            "robotCode": self._platform.organization.robot(client),
            "msgId": number,
            "senderNick": person["name"],
            "senderId": _encrypted(userid),
            **({"senderStaffId": userid, "senderCorpId": corp} if inside else {}),
            "isAdmin": bool(person.get("admin")),
            "createAt": moment,
            "sessionWebhook": self._webhook.open(client, conversation, userid),
            "sessionWebhookExpiredTime": moment + int(self._platform.options.session_seconds * 1000),
        }

    def _words(self, client: str, said: Fields, group: Row | None, kind: str, content: Body) -> Body:
        """What was said; nothing of it when the month's quota is used up (contract 2.2)."""
        calls, most = self._platform.calls, self._platform.options.month_messages
        calls.counts["month_messages"] += 1
        if self._platform.faults.take("quota", TOPIC) or (most and calls.counts["month_messages"] > most):
            return {"msgtype": kind, "errorCode": "20001", "errorMessage": "本月消息额度已用完"}
        if kind != "text":
            return {"msgtype": kind, "content": content}
        text = said.text("text")
        if group is not None:
            name = str(self._platform.organization.apps[client].get("name", ""))
            text = " " + (text.replace(f"@{name}", "") if name else text).lstrip()
        return {"msgtype": kind, "text": {"content": text}}


def _mentions(client: str, said: Fields, group: Row | None, robots: list[str]) -> Body:
    if group is None:
        return {}
    mentioned = [*robots, *(userid for userid in said.texts("at") if userid in group["members"])]
    return {"isInAtList": True, "atUsers": [{"dingtalkId": _encrypted(one)} for one in mentioned]}


def _content(kind: str, given: Body) -> Body:
    """What the platform adds to the content of a file or picture that a person sends."""
    code = given.get("downloadCode", "")
    if kind == "picture":
        return {"pictureDownloadCode": code, **given}
    if kind == "file":
        return {"spaceId": "1", "fileId": code, **given}
    if kind == "unknownMsgType":
        return {"unknownMsgType": "unknown", **given}
    return given


def _spoken(content: Body) -> str:
    """The words in a content: the speech recognition's, or those between pictures."""
    parts: Any = content.get("richText")
    words = [part.get("text") for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    return "".join(word for word in [content.get("recognition"), *words] if isinstance(word, str))


def _encrypted(number: str) -> str:
    return f"$:LWCP_v1:${number}"
