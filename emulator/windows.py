"""What people see: the items of their conversations, what changed, what is unread (spec: control interface)."""

import time
from collections.abc import Callable
from urllib.parse import urlencode

from aiohttp import web

from emulator.cards import Cards
from emulator.chat import BOT, Item
from emulator.fields import Body
from emulator.plain import answer, asked, no, number, word, wrong
from emulator.platform import Handler, Platform

_LONGEST_WAIT = 60.0


class Windows:
    """The handlers."""

    def __init__(self, platform: Platform, cards: Cards) -> None:
        self._platform, self._cards = platform, cards

    def routes(self) -> dict[tuple[str, str], Handler]:
        """Method and path of each."""
        return {
            ("GET", "/emulator/messages"): self._messages,
            ("GET", "/emulator/changes"): self._changes,
            ("GET", "/emulator/conversations"): self._conversations,
            ("POST", "/emulator/read"): self._read,
        }

    async def _messages(self, request: web.Request) -> web.Response:
        viewer, conversation = request.query.get("viewer") or None, request.query.get("conversation") or "*"
        after = number(request, "after")

        def newer() -> list[Item]:
            return [item for item in self._platform.chat.seen(viewer, conversation) if item.seq > after]

        items, last = await self._wait(request, newer, after)
        return answer({"items": [self._item(item, viewer) for item in items], "last": last})

    async def _changes(self, request: web.Request) -> web.Response:
        """Items that are new or look different; from the start (`after` 0) without those taken back."""
        viewer, after = word(request, "viewer"), number(request, "after")

        def changed() -> list[Item]:
            return [item for item in self._platform.chat.changed(viewer, after) if after or not item.recalled]

        items, last = await self._wait(request, changed, after)
        return answer({"items": [self._item(item, viewer) for item in items], "last": last})

    async def _wait(self, request: web.Request, look: Callable[[], list[Item]], after: float) -> tuple[list[Item], int]:
        """What there is, as soon as there is something; a smaller `last` than `after` tells that all was reset."""
        chat = self._platform.chat
        end = time.monotonic() + min(number(request, "wait"), _LONGEST_WAIT)
        while True:
            last, items, left = chat.last, look(), end - time.monotonic()
            if items or last < after or left <= 0 or chat.closing:
                return items, last
            await chat.news(last, left)

    async def _conversations(self, request: web.Request) -> web.Response:
        viewer, chat, organization = word(request, "viewer"), self._platform.chat, self._platform.organization
        rows = []
        for client, app in organization.apps.items():
            name = self._platform.chat_of(client)
            if name == BOT or chat.seen(viewer, name):
                rows.append((name, str(app.get("name") or "机器人")))
        rows += [(cid, group["title"]) for cid, group in organization.groups.items() if viewer in group["members"]]
        shown = []
        for conversation, title in rows:
            items = chat.seen(viewer, conversation)
            last = self._item(items[-1], viewer) if items else None
            unread = chat.unread(viewer, conversation)
            shown.append({"conversation": conversation, "title": title, "last": last, "unread": unread})
        return answer({"conversations": shown})

    async def _read(self, request: web.Request) -> web.Response:
        body = await asked(request)
        viewer = body.text("viewer")
        if not viewer:
            raise wrong("viewer")
        if viewer not in self._platform.organization.users | self._platform.organization.outsiders:
            raise no(404, f"unknown: {viewer}")
        self._platform.chat.read(viewer, body.text("conversation") or BOT)
        return answer({"ok": True})

    def _item(self, item: Item, viewer: str | None) -> Body:
        if item.recalled:
            return {"seq": item.seq, "conversation": item.conversation, "recalled": True}
        title, text = item.title, item.text
        card = self._cards.by_track.get(item.track)
        if card is not None:
            shown = self._cards.shown(card, viewer)
            title, text = shown["title"], shown["markdown"]
        row: Body = {
            "seq": item.seq,
            "conversation": item.conversation,
            "from": item.sender,
            "kind": item.kind,
            "title": title,
            "text": text,
            "at": item.at,
            "createdAt": item.created_at,
            "readBy": sorted(item.read_by),
        }
        if item.track:
            row["outTrackId"] = item.track
        if item.content:
            row |= {"content": item.content, "url": _address(item)}
        if viewer is None:
            row["seenBy"] = item.seen_by
        return row


def _address(item: Item) -> str:
    """Where the picture or file of an item is: a person's by its downloadCode, a bot's by its media_id."""
    code = item.content.get("downloadCode") or item.content.get("mediaId")
    if not isinstance(code, str) or not code:
        return ""
    name = item.content.get("fileName")
    saved_as = f"?{urlencode({'name': name}, errors='replace')}" if isinstance(name, str) and name else ""
    return f"/emulator/files/{code.removeprefix('@')}{saved_as}"
