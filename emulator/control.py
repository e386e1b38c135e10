"""The control interface: all that people can do on the page, for tests and for the page itself (spec: emulator.md)."""

from collections.abc import Sequence
from typing import Protocol

from aiohttp import web

from emulator.answers import No
from emulator.cards import Card, Cards
from emulator.chat import BOT
from emulator.files import MOST_BYTES, Files, read_form
from emulator.plain import answer, asked, fields, no, number, wrong
from emulator.platform import Handler, Platform
from emulator.speech import Speech
from emulator.staff import Staff
from emulator.taps import Taps
from emulator.trouble import Trouble
from emulator.webhook import Webhook
from emulator.windows import Windows

_MOST_TAPS = 1000


class Book(Protocol):
    """Records of one kind: how people make them, how to forget them."""

    def routes(self) -> dict[tuple[str, str], Handler]: ...

    def reset(self) -> None: ...


class Control:
    """The handlers. People are named by userid."""

    def __init__(
        self, platform: Platform, cards: Cards, files: Files, webhook: Webhook, staff: Staff, books: Sequence[Book]
    ) -> None:
        self._platform, self._cards, self._files, self._webhook, self._staff = platform, cards, files, webhook, staff
        self._books = books
        self._taps, self._speech = Taps(platform, cards), Speech(platform, webhook)

    def add(self, app: web.Application) -> None:
        """The routes."""
        own: dict[tuple[str, str], Handler] = {
            ("POST", "/emulator/messages"): self._say,
            ("POST", "/emulator/files"): self._upload,
            ("GET", "/emulator/cards/{track}"): self._card,
            ("POST", "/emulator/cards/{track}/tap"): self._tap,
            ("POST", "/emulator/cards/{track}/forward"): self._forward,
            ("GET", "/emulator/people"): self._people,
            ("PUT", "/emulator/people/{userid}"): self._put_person,
            ("DELETE", "/emulator/people/{userid}"): self._delete_person,
            ("GET", "/emulator/calls"): self._calls,
            ("GET", "/emulator/stats"): self._stats,
            ("POST", "/emulator/reset"): self._reset,
        }
        rows = own | Windows(self._platform, self._cards).routes() | Trouble(self._platform).routes()
        for book in self._books:
            rows |= book.routes()
        for (method, path), handler in rows.items():
            app.router.add_route(method, path, _refusing(handler))
        app.router.add_route("*", "/emulator/{path:.*}", _refusing(_unknown))

    # ── words ───────────────────────────────────────────────────────────────────────────────

    async def _say(self, request: web.Request) -> web.Response:
        message, conversation = self._speech.say(await asked(request))
        return answer({"msgId": message, "conversationId": conversation})

    async def _upload(self, request: web.Request) -> web.Response:
        """A picture or a file that a person sends: it is kept, and said as a message."""
        form = await read_form(request)
        part = form.get("file")
        if not isinstance(part, web.FileField):
            raise no(400, "the part `file` is missing")
        content = part.file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise no(413, "20 MB at most")
        code = self._files.keep(part.filename, content)
        said = {
            "from": form.get("from"),
            "conversation": form.get("conversation"),
            "mention_bot": True,
            "msgtype": "picture" if part.content_type.startswith("image/") else "file",
            "content": {"downloadCode": code, "fileName": part.filename},
        }
        message, conversation = self._speech.say(fields(said))
        return answer({"msgId": message, "conversationId": conversation, "downloadCode": code})

    # ── cards ───────────────────────────────────────────────────────────────────────────────

    async def _card(self, request: web.Request) -> web.Response:
        viewer = request.query.get("viewer") or None
        return answer(self._cards.shown(self._found(request, viewer, 404), viewer))

    async def _tap(self, request: web.Request) -> web.Response:
        body = await asked(request)
        by, button, repeat = body.text("by"), body.text("button"), body.whole("repeat", 1)
        form = body.table("form") if body.body.get("form") is not None else None
        card = self._found(request, by, 403)
        if not button or not 0 < repeat <= _MOST_TAPS:
            raise wrong("repeat" if button else "button")
        return answer(await self._taps.tap(card, by, button, form, repeat))

    async def _forward(self, request: web.Request) -> web.Response:
        """A person forwards a card: another one sees the same instance (contract 4.1)."""
        body = await asked(request)
        by, to = body.text("by"), body.text("to")
        card = self._found(request, by, 403)
        if to not in self._platform.organization.users:
            raise no(404, f"unknown: {to}")
        card.seen_by.setdefault(to, BOT)
        self._platform.chat.add(BOT, by, "card", (to,), title="转发", track=card.track)
        return answer({"ok": True})

    def _found(self, request: web.Request, viewer: str | None, refusal: int) -> Card:
        card = self._cards.by_track.get(request.match_info["track"])
        if card is None:
            raise no(404, "no such card")
        if viewer is not None and viewer not in card.seen_by:
            raise no(refusal, f"{viewer} was not sent this card")
        return card

    # ── people, records ─────────────────────────────────────────────────────────────────────

    async def _people(self, request: web.Request) -> web.Response:
        return answer(self._platform.organization.shown())

    async def _put_person(self, request: web.Request) -> web.Response:
        self._staff.put(request.match_info["userid"], await asked(request))
        return answer({"ok": True})

    async def _delete_person(self, request: web.Request) -> web.Response:
        self._staff.delete(request.match_info["userid"])
        return answer({"ok": True})

    async def _calls(self, request: web.Request) -> web.Response:
        rows = self._platform.calls.after(number(request, "after"), request.query.get("path", ""))
        return answer({"items": rows, "last": self._platform.calls.last})

    async def _stats(self, request: web.Request) -> web.Response:
        return answer({**self._platform.calls.stats(), "connections": len(self._platform.stream.connections)})

    async def _reset(self, request: web.Request) -> web.Response:
        for part in (self._platform, self._cards, self._files, self._webhook):
            part.reset()
        for book in self._books:
            book.reset()
        return answer({"ok": True})


def _refusing(handler: Handler) -> Handler:
    """The handler, with its refusals as answers."""

    async def serve(request: web.Request) -> web.Response:
        try:
            return await handler(request)
        except No as refusal:
            return refusal.response

    return serve


async def _unknown(request: web.Request) -> web.Response:
    raise no(404, f"there is no {request.method} {request.path}")
