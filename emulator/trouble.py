"""Makes trouble on demand, and pushes frames that the platform itself would not (spec: control interface)."""

import time

import orjson
from aiohttp import web

from emulator.faults import KINDS, Fault
from emulator.gateway import freeze
from emulator.plain import answer, asked, no, wrong
from emulator.platform import Handler, Platform
from emulator.stream import CALLBACK, EVENT, SYSTEM, Push


class Trouble:
    """The handlers."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def routes(self) -> dict[tuple[str, str], Handler]:
        """Method and path of each."""
        return {
            ("POST", "/emulator/faults"): self._make,
            ("DELETE", "/emulator/faults"): self._end,
            ("POST", "/emulator/frames"): self._push,
        }

    async def _make(self, request: web.Request) -> web.Response:
        body = await asked(request)
        kind, seconds = body.text("kind"), body.number("seconds")
        if kind not in KINDS:
            raise no(400, f"unknown kind {kind!r}; there are {', '.join(KINDS)}")
        count = body.whole("count") if body.body.get("count") is not None else None
        if count is not None and count < 1:
            raise wrong("count")
        fault = Fault(
            kind=kind, count=count, until=None if seconds is None else time.monotonic() + seconds,
            path=body.text("path"), after=body.flag("after"), people=tuple(body.texts("people")),
        )  # fmt: skip
        if kind in ("disconnect", "drop", "freeze"):
            self._on_lines(fault, seconds)
        elif kind == "token_expired" and count is None and seconds is None and not fault.path:
            self._platform.expire_tokens()  # all of them, once
        else:
            self._platform.faults.add(fault)
        return answer({"ok": True})

    def _on_lines(self, fault: Fault, seconds: float | None) -> None:
        """Trouble of so many of the present connections; a freeze without a count also of those to come."""
        stream, faults = self._platform.stream, self._platform.faults
        if fault.kind == "freeze" and fault.count is None:
            faults.add(fault)
        for connection in stream.connections[: fault.count]:
            match fault.kind:
                case "disconnect":
                    stream.disconnect(connection)
                case "drop":
                    stream.drop(connection)
                case _:
                    freeze(self._platform, connection, seconds)

    async def _end(self, request: web.Request) -> web.Response:
        self._platform.faults.clear()
        return answer({"ok": True})

    async def _push(self, request: web.Request) -> web.Response:
        """Any frame, once: an unknown topic, an unknown event, data that nobody expects."""
        body = await asked(request)
        client = body.text("client") or next(iter(self._platform.organization.apps), "")
        kind, topic, data = body.text("type") or CALLBACK, body.text("topic"), body.body.get("data")
        if kind not in (CALLBACK, EVENT, SYSTEM) or not topic:
            raise wrong("type" if topic else "topic")
        raw = data.encode() if isinstance(data, str) else orjson.dumps(data)
        headers = {name: str(value) for name, value in body.table("headers").items()}
        if not self._platform.stream.push_once(Push(client, kind, topic, raw, headers)):
            raise no(409, "nobody is connected")
        return answer({"ok": True})
