"""What can go wrong with a call, in three kinds: try again, give up, already done (contract 5.2, 5.3)."""

import re
from collections.abc import Mapping
from typing import Any, Final

import orjson


class Trouble(Exception):
    """A call to the platform did not do what it should."""


class Transient(Trouble):
    """Trying again may help, not before `retry_after` seconds. `maybe_done`: it may have taken effect all the same."""

    def __init__(self, reason: str, *, retry_after: float = 1.0, maybe_done: bool = True) -> None:
        self.retry_after = retry_after
        self.maybe_done = maybe_done
        super().__init__(reason)


class RateLimited(Transient):
    """Refused at the gate for being too fast: nothing was done, and the refusal does not count against the quota."""

    def __init__(self, reason: str, *, retry_after: float = 1.0) -> None:
        super().__init__(reason, retry_after=retry_after, maybe_done=False)


class Unreachable(Transient):
    """No answer came: refused, cut, or timed out."""


class Refused(Trouble):
    """The platform will not do this, however often it is asked. `code` and `message` are its own."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(f"{code}: {message}")


class AlreadyExists(Refused):
    """A card with this outTrackId is there: an earlier try did it."""


class NotDelivered(Refused):
    """The card is there, but was not shown: the platform's words for this receiver (contract 4.3)."""


class Denied(Refused):
    """The app may not call now: permission, secret, address, quota. What was asked may be right; somebody must act."""


class StaleToken(Denied):
    """The access token is not accepted (any more)."""


_PAUSE: Final = 1.0
_MINUTE: Final = 30.0
_TOO_FAST: Final = {
    "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi": _PAUSE,
    "Forbidden.AccessDenied.QpsLimitForApi": _PAUSE,
    "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi": _MINUTE,
    "send.too.fast": _MINUTE,
    "send.byToken.tooFast": _MINUTE,
    "toomuch.msg": _MINUTE,
    "90018": _PAUSE,
    "90002": _PAUSE,
    "410100": _MINUTE,
    "660026": _MINUTE,
}
_BUSY: Final = frozenset({"system.busy", "systemBusy", "system.error", "ServiceUnavailable", "-1"})
_STALE: Final = frozenset({"InvalidAuthentication", "40014", "42001"})
_EXISTS: Final = frozenset({"param.cardAlreadyExist"})
_DENIED: Final = ("Forbidden.AccessDenied.", "AuthenticationFailed.", "invalidClientIdOrSecret")
_DENIED_LEGACY: Final = frozenset({"40000", "40096", "60011", "60020", "90020"})
_OVERLOADED: Final = 429
_BROKEN: Final = 500


def read_answer(status: int, body: bytes, *, retry_after: str | None = None) -> dict[str, Any]:
    """The JSON object of a successful answer; raises what the others mean. Knows both dialects."""
    answer = _decoded(body)
    if answer is None:
        if 200 <= status < 300:
            raise Transient(f"status {status} with an unreadable body")
        answer = {}
    if answer.get("punish"):  # the address is banned for `wait` minutes (contract 5.4)
        raise RateLimited("address banned", retry_after=60 * _seconds(answer.get("wait"), 5))
    code, message = _fault(status, answer)
    if not code:
        return answer
    if code in _STALE:
        raise StaleToken(code, message)
    if code in _TOO_FAST or status == _OVERLOADED:
        raise RateLimited(code, retry_after=_seconds(retry_after, _TOO_FAST.get(code, _PAUSE)))
    if code in _BUSY or status >= _BROKEN:
        raise Transient(f"status {status}, {code}", retry_after=_seconds(retry_after, _PAUSE))
    if code.startswith(_DENIED) or code in _DENIED_LEGACY:
        raise Denied(code, message)
    raise (AlreadyExists if code in _EXISTS else Refused)(code, message)


def _fault(status: int, answer: Mapping[str, Any]) -> tuple[str, str]:
    """Code and message of a failure in either dialect; an empty code means success.

    In the legacy dialect the cause sits in `sub_code` when `errcode` is 88 (contract 5.3).
    """
    if (errcode := answer.get("errcode", 0)) not in (0, "0"):
        if str(errcode) == "88" and answer.get("sub_code"):
            return str(answer["sub_code"]), str(answer.get("sub_msg", ""))
        return str(errcode), str(answer.get("errmsg", ""))
    if 200 <= status < 300:
        return "", ""
    return str(answer.get("code") or status), str(answer.get("message", ""))


def _decoded(body: bytes) -> dict[str, Any] | None:
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    if b"\\u0000" in body:  # PostgreSQL keeps no NUL
        answer = _without_nul(answer)
    return answer if type(answer) is dict else None


def _without_nul(said: Any) -> Any:
    match said:
        case str():
            return said.replace("\0", "")
        case list():
            return [_without_nul(one) for one in said]
        case dict():
            return {_without_nul(key): _without_nul(value) for key, value in said.items()}
    return said


def _seconds(value: object, otherwise: float) -> float:
    return float(str(value)) if re.fullmatch(r"\d{1,5}(\.\d+)?", str(value)) else otherwise
