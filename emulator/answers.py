"""How the platform says no, in its two dialects (contract 5.2, 5.3)."""

import uuid
from typing import Any

import orjson
from aiohttp import web


class No(Exception):
    """A refusal, ready to be sent."""

    def __init__(self, response: web.Response) -> None:
        self.response = response
        super().__init__(response.status)


def request_id() -> str:
    """As the platform makes them."""
    return str(uuid.uuid4()).upper()


def ok(body: Any) -> web.Response:
    """A successful answer."""
    return web.Response(body=orjson.dumps(body), content_type="application/json")


def new_no(status: int, code: str, message: str) -> No:
    """A refusal of the new API."""
    number = request_id()
    body = orjson.dumps({"requestid": number, "code": code, "message": message})
    headers = {"x-acs-request-id": number}
    return No(web.Response(status=status, body=body, content_type="application/json", headers=headers))


def old_no(code: int, message: str, **more: Any) -> No:
    """A refusal of the legacy API: HTTP 200."""
    return No(ok({"errcode": code, "errmsg": message, "request_id": request_id(), **more}))


def old_sub_no(sub_code: str, message: str) -> No:
    """A refusal of the legacy API whose cause sits in sub_code."""
    text = f"ding talk error[subcode={sub_code},submsg={message}]"
    return old_no(88, text, sub_code=sub_code, sub_msg=message)


def old_missing(field: str) -> No:
    """A needed parameter of the legacy API is missing."""
    return old_no(40035, f"缺少参数 {field}")


def old_wrong(field: str) -> No:
    """A parameter of the legacy API has a wrong type or value."""
    return old_no(40035, f"不合法的参数 {field}")


def html(status: int, text: str) -> No:
    """Trouble in front of the platform: a page, not JSON."""
    return No(web.Response(status=status, text=f"<html><body>{status} {text}</body></html>", content_type="text/html"))
