"""Pictures and files: what people send and bots fetch, what bots upload and people see (contract 2.3, 3.5)."""

import secrets
import time
from dataclasses import dataclass
from urllib.parse import quote

from aiohttp import web

from emulator.answers import No, new_no, ok, old_missing, old_no
from emulator.chat import now_ms
from emulator.fields import Fields
from emulator.platform import Call, Platform

MOST_BYTES = 20 * 2**20
_PICTURES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "png": "image/png", "bmp": "image/bmp"}
_SHOWN = frozenset(_PICTURES.values())  # others are saved, not shown
_TYPES = {
    "image": (MOST_BYTES, tuple(_PICTURES)),
    "voice": (2 * 2**20, ("amr", "mp3", "wav")),
    "video": (MOST_BYTES, ("mp4",)),
    "file": (MOST_BYTES, ()),
}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    name: str
    content: bytes
    until: float  # when its downloadCode ends


class Files:
    """All that were sent. A media_id is `@` and the code of its file."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self.reset()

    def reset(self) -> None:
        """None."""
        self._files: dict[str, _File] = {}
        self._links: dict[str, tuple[str, float]] = {}

    def add(self, app: web.Application) -> None:
        """The routes."""
        app.router.add_post("/v1.0/robot/messageFiles/download", self._platform.new(self._download))
        app.router.add_post("/media/upload", self._platform.legacy(self._upload))
        app.router.add_get("/emulator/files/{code}", self._show)
        app.router.add_get("/emulator/downloads/{link}", self._fetch)

    def keep(self, name: str, content: bytes) -> str:
        """Keep a file that somebody sends; its downloadCode."""
        code = secrets.token_urlsafe(16)
        until = time.monotonic() + self._platform.options.code_seconds
        self._files[code] = _File(name=name, content=content, until=until)
        return code

    def has_media(self, media: str) -> bool:
        """Whether a bot uploaded this."""
        return media.startswith("@") and media[1:] in self._files

    async def _download(self, call: Call) -> web.Response:
        """A link for a downloadCode: it works for minutes, and without the token."""
        fields = Fields(call.body, _wrong)
        if fields.text("robotCode") not in (call.client, self._platform.organization.robot(call.client)):
            raise _wrong("robotCode")
        code = fields.text("downloadCode")
        file = self._files.get(code)
        if file is None or file.until < time.monotonic():
            raise _wrong("downloadCode")
        link = secrets.token_urlsafe(24)
        self._links[link] = (code, time.monotonic() + self._platform.options.download_seconds)
        address = self._platform.reached(call.client, call.request)
        return ok({"downloadUrl": f"{address}/emulator/downloads/{link}"})

    async def _upload(self, call: Call) -> web.Response:
        form = await read_form(call.request)
        part, kind = form.get("media"), form.get("type") or call.query.get("type")
        if not kind:
            raise old_missing("type")
        if not isinstance(part, web.FileField):
            raise old_missing("media")
        if not isinstance(kind, str) or kind not in _TYPES:
            raise old_no(40004, "不合法的媒体文件类型")
        most, endings = _TYPES[kind]
        content = part.file.read(most + 1)
        if len(content) > most or not content:
            raise old_no(40006, "不合法的文件大小")
        if endings and _ending(part.filename) not in endings:
            raise old_no(40005, "不合法的文件类型")
        media = f"@{self.keep(part.filename, content)}"
        return ok({"errcode": 0, "errmsg": "ok", "media_id": media, "type": kind, "created_at": now_ms()})

    async def _show(self, request: web.Request) -> web.Response:
        """For the windows of people, as long as its message stands; it is saved under the name that this gives it."""
        return self._sent(request.match_info["code"], request.query.get("name", ""))

    async def _fetch(self, request: web.Request) -> web.Response:
        code, until = self._links.get(request.match_info["link"], ("", 0.0))
        if until < time.monotonic():
            return web.Response(status=403, text="the link is too old")
        return self._sent(code)

    def _sent(self, code: str, name: str = "") -> web.Response:
        file = self._files.get(code)
        if file is None:
            return web.Response(status=404, text="no such file")
        kind = _PICTURES.get(_ending(file.name), "application/octet-stream")
        saved_as = quote(name or file.name, safe="", errors="replace")
        where = f"{'inline' if kind in _SHOWN else 'attachment'}; filename*=UTF-8''{saved_as}"
        return web.Response(body=file.content, content_type=kind, headers={**_HEADERS, "Content-Disposition": where})


async def read_form(request: web.Request) -> dict[str, str | web.FileField]:
    """The parts of a form; none of one that cannot be read."""
    try:
        form = await request.post()
    except (ValueError, LookupError, AssertionError):
        return {}
    return {name: part for name, part in form.items() if isinstance(part, str | web.FileField)}


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _wrong(name: str) -> No:
    code = "invalidParameter.robotCode.downloadCode" if name == "downloadCode" else f"invalidParameter.{name}"
    return new_no(400, code, f"{name} is invalid")
