"""What the bot really sent: the platform calls received, counters of everything, and what the bot did wrong."""

from collections import Counter, deque
from typing import Any

_KEPT = 20_000
_LATENCIES = 10_000
_COMPLAINTS = 200
_COUNTED = (
    "pushed", "acked", "redelivered", "late", "given_up", "unknown_acks", "cards", "messages", "calls", "bot_faults",
    "warnings", "month_calls", "month_messages",
)  # fmt: skip
_HIDDEN = ("clientSecret", "appSecret", "client_secret", "appsecret", "access_token")


class Calls:
    """The newest calls with their bodies and answers (secrets left out)."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """None yet."""
        self.kept: deque[dict[str, Any]] = deque(maxlen=_KEPT)
        self.last = 0
        self.counts: Counter[str] = Counter()
        self.latencies: deque[float] = deque(maxlen=_LATENCIES)
        self.complaints: deque[str] = deque(maxlen=_COMPLAINTS)

    def add(self, method: str, path: str, body: Any, status: int, answer: Any) -> None:
        """Note one call."""
        self.last += 1
        row = {"seq": self.last, "method": method, "path": path, "body": _clean(body), "status": status}
        self.kept.append({**row, "answer": answer})
        self.counts["calls"] += 1

    def complain(self, what: str) -> None:
        """The bot did something that the platform forbids, and lets pass."""
        self.counts["bot_faults"] += 1
        self.complaints.append(what)

    def warn(self, what: str) -> None:
        """The bot did something that the documentation advises against."""
        self.counts["warnings"] += 1
        self.complaints.append(what)

    def stats(self) -> dict[str, Any]:
        """The counters, how long acks took (milliseconds), and the newest complaints."""
        ordered = sorted(self.latencies)

        def percentile(share: float) -> float:
            return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 2) if ordered else 0.0

        counted = {**dict.fromkeys(_COUNTED, 0), **self.counts}
        times = {"p50": percentile(0.5), "p99": percentile(0.99)}
        return {**counted, "ack_milliseconds": times, "complaints": list(self.complaints)}


def _clean(body: Any) -> Any:
    return {key: "…" if key in _HIDDEN else value for key, value in body.items()} if isinstance(body, dict) else body
