"""What the legacy API's calls have in common: the answer's frame, needed fields, pages, spans of time."""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from emulator.answers import ok, old_missing, old_wrong, request_id
from emulator.fields import Fields
from emulator.organization import Row
from emulator.platform import Api, Call

_USUAL = 20


def answered(**more: Any) -> web.Response:
    """A success with these fields."""
    return ok({"errcode": 0, "errmsg": "ok", **more, "request_id": request_id()})


def served(find: Callable[[Fields], Any]) -> Api:
    """A call whose answer is `result`."""

    async def serve(call: Call) -> web.Response:
        return answered(result=find(Fields(call.body, old_wrong)))

    return serve


def needed(asked: Fields, name: str) -> str:
    """A text that must be there."""
    text = asked.text(name)
    if not text:
        raise old_missing(name)
    return text


def present(asked: Fields, *names: str) -> None:
    """Refuse when one of the fields is not there."""
    for name in names:
        if asked.body.get(name) in (None, ""):
            raise old_missing(name)


def span(asked: Fields, name: str, most: int, size: str = "size") -> tuple[int, int]:
    """First and last row of a page, from an offset or a cursor and a size."""
    start, many = asked.whole(name), asked.whole(size, min(_USUAL, most))
    if start < 0:
        raise old_wrong(name)
    if not 0 < many <= most:
        raise old_wrong(size)
    return start, start + many


def cursored(asked: Fields, rows: list[Row], most: int, name: str = "list") -> Row:
    """The page that the cursor asks for."""
    present(asked, "cursor", "size")
    start, end = span(asked, "cursor", most)
    more = {"next_cursor": end} if end < len(rows) else {}
    return {"has_more": bool(more), name: rows[start:end], **more}


def between(asked: Fields, first: str, last: str, most: int) -> tuple[int, int]:
    """Two moments in milliseconds, not further apart than allowed."""
    present(asked, first, last)
    start, end = asked.whole(first), asked.whole(last)
    if not 0 <= start <= end or end - start > most:
        raise old_wrong(last)
    return start, end


def listed(asked: Fields, name: str, most: int) -> list[str]:
    """Userids written as `a,b`."""
    people = [one.strip() for one in needed(asked, name).split(",") if one.strip()]
    if not 0 < len(people) <= most:
        raise old_wrong(name)
    return people
