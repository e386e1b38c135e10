"""JSON in and out of the control interface, and how it says no: plain HTTP."""

import math
from typing import Any

import orjson
from aiohttp import web

from emulator.answers import No
from emulator.fields import Body, Fields


def answer(value: Any) -> web.Response:
    """What was asked for."""
    return web.Response(body=orjson.dumps(value), content_type="application/json")


def no(status: int, error: str) -> No:
    """A refusal with its reason."""
    return No(web.Response(status=status, body=orjson.dumps({"error": error}), content_type="application/json"))


def wrong(name: str) -> No:
    """A field has a wrong type or value."""
    return no(400, f"{name} is wrong")


async def asked(request: web.Request) -> Fields:
    """The fields of the body."""
    try:
        body = orjson.loads(await request.read() or b"{}")
    except orjson.JSONDecodeError:
        raise no(400, "the body is not JSON") from None
    if not isinstance(body, dict):
        raise no(400, "the body is not a JSON object")
    return fields(body)


def fields(body: Body) -> Fields:
    """A body of the control interface."""
    return Fields(body, wrong)


def number(request: web.Request, name: str) -> float:
    """A number of the address; 0 when absent."""
    try:
        value = float(request.query.get(name) or 0)
    except ValueError:
        raise wrong(name) from None
    if not math.isfinite(value):
        raise wrong(name)
    return value


def word(request: web.Request, name: str) -> str:
    """A word of the address that must be there."""
    value = request.query.get(name)
    if not value:
        raise wrong(name)
    return value
