"""The webhook of a message: for ninety minutes the bot may answer there without a token (contract 3.1)."""

import secrets
import time
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from emulator.answers import No, ok, old_no
from emulator.fields import Body, Fields
from emulator.platform import Call, Platform

PATH = "/robot/sendBySession"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Session:
    client: str
    conversation: str
    person: str
    until: float


class Webhook:
    """The sessions that are open, and what is said through them."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self.reset()

    def reset(self) -> None:
        """No session."""
        self._sessions: dict[str, _Session] = {}

    def add(self, app: web.Application) -> None:
        """The route."""
        app.router.add_post(PATH, self._platform.legacy(self._answer, open_to_all=True))

    def open(self, client: str, conversation: str, person: str) -> str:
        """The address to answer a message at. Its life begins now: a message may say that it is of another day."""
        session = secrets.token_hex(16)
        until = time.monotonic() + self._platform.options.session_seconds
        self._sessions[session] = _Session(client=client, conversation=conversation, person=person, until=until)
        return f"{self._platform.address(client)}{PATH}?session={session}"

    async def _answer(self, call: Call) -> web.Response:
        session = self._sessions.get(call.query.get("session", ""))
        if session is None or session.until < time.monotonic():
            raise old_no(300001, "session 不存在")
        kind, title, text = _words(Fields(call.body, _lacking))
        if kind != "empty":
            self._platform.calls.counts["month_messages"] += 1
            self._show(session, kind, title, text, Fields(call.body, _lacking).within("at"))
        return ok({"errcode": 0, "errmsg": "ok"})

    def _show(self, session: _Session, kind: str, title: str, text: str, at: Fields) -> None:
        organization = self._platform.organization
        group = organization.groups.get(session.conversation)
        people = tuple(group["members"]) if group else (session.person,)
        named = {userid: userid for userid in at.texts("atUserIds")}
        mobiles = at.texts("atMobiles")
        named |= {u["mobile"]: userid for userid, u in organization.users.items() if u.get("mobile") in mobiles}
        marked = tuple(userid for word, userid in named.items() if f"@{word}" in text)
        if at.flag("isAtAll"):
            marked = people
        sender = self._platform.chat_of(session.client)
        self._platform.chat.add(
            session.conversation, sender, kind, people, title=title, text=text, at=marked, client=session.client
        )


def _words(fields: Fields) -> tuple[str, str, str]:
    """Kind, title and text to show; refuses what lacks a field that its msgtype needs."""
    kind = fields.text("msgtype")
    if kind == "empty":
        return kind, "", ""
    part = fields.within(kind) if kind in _NEEDED or kind == "feedCard" else None
    if part is None:
        raise _lacking("msgtype")
    if kind == "feedCard":
        links = [_needed(Fields(row, _lacking), ("title", "messageURL", "picURL")) for row in part.rows("links")]
        if not links:
            raise _lacking("links")
        return "markdown", "", "\n\n".join(f"[{link['title']}]({link['messageURL']})" for link in links)
    said = _needed(part, _NEEDED[kind])
    title, text = said.get("title", ""), said.get("content") or said.get("text", "")
    if kind == "actionCard":
        text += "".join(f"\n\n[{title}]({url})" for title, url in _actions(part))
    return "text" if kind == "text" else "markdown", title, text


_NEEDED = {
    "text": ("content",),
    "markdown": ("title", "text"),
    "actionCard": ("title", "text"),
    "link": ("title", "text", "messageUrl"),
}


def _actions(card: Fields) -> list[tuple[str, str]]:
    """The buttons of an action card, one or many; they only open addresses."""
    if card.body.get("btns") is None:
        single = _needed(card, ("singleTitle", "singleURL"))
        return [(single["singleTitle"], single["singleURL"])]
    rows = [_needed(Fields(row, _lacking), ("title", "actionURL")) for row in card.rows("btns")]
    if not rows:
        raise _lacking("btns")
    return [(row["title"], row["actionURL"]) for row in rows]


def _needed(fields: Fields, names: tuple[str, ...]) -> dict[str, Any]:
    """The texts of these fields, none of them empty."""
    found: Body = {name: fields.text(name) for name in names}
    for name, text in found.items():
        if not text:
            raise _lacking(name)
    return found


def _lacking(name: str) -> No:
    return old_no(400402, f"缺少必要的字段 {name}")
