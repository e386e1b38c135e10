"""What the bot really sent: the platform calls received, counters of everything, and what the bot did wrong."""

from collections import Counter, deque
from typing import Any, NamedTuple

import orjson

_KEPT, _KEPT_BYTES = 20_000, 64 * 2**20
_PATHS, _OTHERS = 500, "others"
_LATENCIES = 10_000
_COMPLAINTS = 200
_COUNTED = (
    "pushed", "acked", "redelivered", "late", "given_up", "unknown_acks", "cards", "messages", "calls", "bot_faults",
    "warnings", "month_calls", "month_messages",
)  # fmt: skip
_HIDDEN = ("clientSecret", "appSecret", "client_secret", "appsecret", "access_token")


class _Kept(NamedTuple):
    """`shown`: the call as JSON, which is not read again until somebody asks."""

    seq: int
    path: str
    shown: bytes


class Calls:
    """The newest calls with their bodies and answers (secrets left out), as many as have room; counters of all."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """None yet."""
        self._kept: deque[_Kept] = deque()
        self._bytes = 0
        self.last = 0
        self.counts: Counter[str] = Counter()
        self._by_path: Counter[str] = Counter()
        self.latencies: deque[float] = deque(maxlen=_LATENCIES)
        self.complaints: deque[str] = deque(maxlen=_COMPLAINTS)

    def add(self, method: str, path: str, body: Any, status: int, answer: bytes | None) -> None:
        """Note one call; the answer is JSON."""
        self.last += 1
        row = {"seq": self.last, "method": method, "path": path, "body": _clean(body), "status": status}
        shown = orjson.dumps({**row, "answer": None if answer is None else orjson.Fragment(answer)})
        self._kept.append(_Kept(self.last, path, shown))
        self._bytes += len(shown)
        while len(self._kept) > _KEPT or self._bytes > _KEPT_BYTES:
            self._bytes -= len(self._kept.popleft().shown)
        self.counts["calls"] += 1
        known = path in self._by_path or len(self._by_path) < _PATHS
        self._by_path[path if known else _OTHERS] += 1

    def after(self, seq: float, path: str) -> list[orjson.Fragment]:
        """The kept calls after that one whose path contains `path`."""
        return [orjson.Fragment(one.shown) for one in self._kept if one.seq > seq and path in one.path]

    def complain(self, what: str) -> None:
        """The bot did something that the platform forbids, and lets pass."""
        self.counts["bot_faults"] += 1
        self.complaints.append(what)

    def warn(self, what: str) -> None:
        """The bot did something that the documentation advises against."""
        self.counts["warnings"] += 1
        self.complaints.append(what)

    def stats(self) -> dict[str, Any]:
        """The counters, calls by path, how long acks took (milliseconds), and the newest complaints."""
        ordered = sorted(self.latencies)

        def percentile(share: float) -> float:
            return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 2) if ordered else 0.0

        counted = {**dict.fromkeys(_COUNTED, 0), **self.counts}
        times = {"p50": percentile(0.5), "p99": percentile(0.99)}
        paths = dict(self._by_path.most_common())
        return {**counted, "paths": paths, "ack_milliseconds": times, "complaints": list(self.complaints)}


def _clean(body: Any) -> Any:
    return {key: "…" if key in _HIDDEN else value for key, value in body.items()} if isinstance(body, dict) else body
