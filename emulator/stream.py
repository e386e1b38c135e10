"""The stream's side of the platform: connections, pushes, acks, redelivery (contract 1.2 to 1.6)."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import orjson

from emulator.calls import Calls
from emulator.faults import Faults
from emulator.line import Connection
from emulator.options import Options

Ack = dict[str, Any]
Settle = Callable[[Ack | None], None]  # the ack, or None when none came in time
CALLBACK, EVENT, SYSTEM = "CALLBACK", "EVENT", "SYSTEM"
_HOLD_SECONDS, _DOUBLE_SECONDS = 1.0, 0.05  # of the faults reorder and redeliver
_FAILED = 20_000  # events that are kept for the list of those not delivered


@dataclass(slots=True, eq=False)
class Push:
    """Something that the bot shall get."""

    client: str
    kind: str
    topic: str
    data: bytes
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class _Pending:
    client: str
    kind: str
    settle: Settle
    since: float
    timer: asyncio.TimerHandle | None = None


@dataclass(slots=True, eq=False)
class _Waiting:
    """A push that found no connection: it waits for one, until the time for its ack has passed."""

    push: Push
    settle: Settle
    seconds: float
    timer: asyncio.TimerHandle | None = None


class Stream:
    """All connections and what is under way on them."""

    def __init__(self, options: Options, faults: Faults, calls: Calls) -> None:
        self._options, self._faults, self._calls = options, faults, calls
        self.connections: list[Connection] = []
        self.failed_events: deque[Push] = deque(maxlen=_FAILED)
        self._pending: dict[str, _Pending] = {}
        self._waiting: list[_Waiting] = []
        self._held: Push | None = None
        self._numbers = count(1)
        self._start = f"{time.time_ns():x}"
        self._epoch = 0
        self._tasks: set[asyncio.Task[Any]] = set()

    def reset(self) -> None:
        """Forget what is under way; connections stay, and taps that wait end as failed."""
        self._epoch += 1
        self._held = None
        self.failed_events.clear()
        waiting, self._waiting = self._waiting, []
        gone = [number for number, one in self._pending.items() if one.kind != SYSTEM]
        ended: list[_Pending | _Waiting] = [*waiting, *(self._pending.pop(number) for number in gone)]
        for one in ended:
            if one.timer:
                one.timer.cancel()
            one.settle(None)

    # ── pushing ─────────────────────────────────────────────────────────────────────────────

    def deliver(self, push: Push) -> None:
        """A bot message or an event: until it is acked it comes again, as often as the platform repeats its kind."""
        if push.kind == CALLBACK and self._held is None and self._faults.take("reorder"):
            self._held = push
            self._later(_HOLD_SECONDS, lambda: self._release(push))
            return
        self._attempt(push, 0)
        if self._faults.take("redeliver"):
            self._later(_DOUBLE_SECONDS, lambda: self._attempt(push, 1, last=True))
        if push.kind == CALLBACK and self._held is not None:
            self._release(self._held)

    async def ask(self, push: Push, seconds: float) -> Ack | None:
        """A card callback: the ack, or None when the time has passed. ConnectionError when nobody listens."""
        connection = self._live(push.client, push.topic)
        if connection is None:
            raise ConnectionError
        answer: asyncio.Future[Ack | None] = asyncio.get_running_loop().create_future()

        def settle(ack: Ack | None) -> None:
            if not answer.done():
                answer.set_result(ack)

        self._frame(connection, push, settle, seconds)
        return await answer

    def push_once(self, push: Push) -> bool:
        """Any frame, to any connection of the app, whatever it subscribed to; no ack is awaited."""
        fit = [one for one in self.connections if one.client == push.client and not one.leaving]
        if fit:
            self._frame(random.choice(fit), push, lambda ack: None, self._options.redelivery_seconds)
        return bool(fit)

    def _attempt(self, push: Push, tries: int, *, last: bool = False) -> None:
        """Push it; `tries` repetitions have gone before."""
        epoch = self._epoch

        def settle(ack: Ack | None) -> None:
            if last or epoch != self._epoch or (ack is not None and _done(push.kind, ack)):
                return
            pause = self._pause(push, tries, ack)
            if pause is not None:
                self._later(pause, lambda: self._attempt(push, tries + 1))
                return
            self._calls.counts["given_up"] += 1
            if push.kind == EVENT:
                self.failed_events.append(push)

        if tries:
            self._calls.counts["redelivered"] += 1
        seconds = self._options.event_seconds if push.kind == EVENT else self._options.redelivery_seconds
        connection = self._live(push.client, push.topic)
        if connection is not None:
            self._frame(connection, push, settle, seconds)
            return
        waiting = _Waiting(push, settle, seconds)
        waiting.timer = asyncio.get_running_loop().call_later(seconds, self._waited, waiting)
        self._waiting.append(waiting)

    def _pause(self, push: Push, tries: int, ack: Ack | None) -> float | None:
        """Seconds until it comes again; None when it does not."""
        if push.kind == EVENT:
            pauses = self._options.event_retry_seconds
            return pauses[tries] if tries < len(pauses) else None
        if tries >= self._options.redeliveries:
            return None
        return 0.0 if ack is None else self._options.redelivery_seconds  # unanswered: that time has passed already

    def _waited(self, waiting: _Waiting) -> None:
        self._waiting.remove(waiting)
        waiting.settle(None)

    def _release(self, push: Push) -> None:
        if self._held is push:
            self._held = None
            self._attempt(push, 0)

    def _live(self, client: str, topic: str) -> Connection | None:
        """A connection for this topic, at random (contract 1.6)."""
        fit = [one for one in self.connections if one.client == client and not one.leaving and topic in one.topics]
        return random.choice(fit) if fit else None

    def _frame(self, connection: Connection, push: Push, settle: Settle, seconds: float) -> str:
        number = f"{self._start}_{next(self._numbers):x}"
        pending = _Pending(push.client, push.kind, settle, time.monotonic())
        self._pending[number] = pending
        pending.timer = asyncio.get_running_loop().call_later(seconds, self._late, number)
        self._calls.counts["pushed"] += 1
        connection.send(_frame(number, push, connection.number))
        return number

    # ── connections ─────────────────────────────────────────────────────────────────────────

    def opened(self, connection: Connection) -> None:
        """A new connection: what waited for one is pushed."""
        if self._options.displace:
            for older in [one for one in self.connections if one.client == connection.client]:
                older.leaving = True
                self.spawn(older.socket.close(code=1000))
        self.connections.append(connection)
        if self._options.greet:
            for topic in ("CONNECTED", "REGISTERED"):
                self._system(connection, topic, b"{}")
        for waiting in [
            w for w in self._waiting if w.push.client == connection.client and w.push.topic in connection.topics
        ]:
            self._waiting.remove(waiting)
            if waiting.timer:
                waiting.timer.cancel()
            self._frame(connection, waiting.push, waiting.settle, waiting.seconds)

    def closed(self, connection: Connection) -> None:
        """Nothing more is heard there; acks still owed may come on another."""
        if connection in self.connections:
            self.connections.remove(connection)

    def disconnect(self, connection: Connection) -> None:
        """Ask it politely to go: nothing more is pushed there, and it is closed a while later."""
        if connection.leaving:
            return
        self._system(connection, "disconnect", b'{"reason":"connection is expired"}')
        connection.leaving = True
        close = connection.socket.close
        asyncio.get_running_loop().call_later(self._options.linger_seconds, lambda: self.spawn(close(code=1000)))

    def drop(self, connection: Connection) -> None:
        """Cut the line without a word."""
        self.closed(connection)
        if connection.transport is not None:
            connection.transport.abort()

    def ping(self, connection: Connection) -> None:
        """A SYSTEM ping: who does not echo it in time is cut off."""
        opaque = f"{next(self._numbers):x}"

        def settle(ack: Ack | None) -> None:
            if connection in self.connections and (ack is None or opaque not in str(ack.get("data"))):
                self._calls.counts["ping_failures"] += 1
                self.drop(connection)

        push = Push(connection.client, SYSTEM, "ping", orjson.dumps({"opaque": opaque}))
        self._frame(connection, push, settle, self._options.ping_answer_seconds)

    def _system(self, connection: Connection, topic: str, data: bytes) -> None:
        """A frame that needs no answer."""
        push = Push(connection.client, SYSTEM, topic, data)
        self._frame(connection, push, lambda ack: None, self._options.linger_seconds)

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run something beside everything else."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # ── acks ────────────────────────────────────────────────────────────────────────────────

    def acked(self, client: str, raw: str) -> None:
        """An ack, looked up over all connections of the app (contract 1.7)."""
        try:
            ack = orjson.loads(raw)
            number = ack["headers"]["messageId"]
            pending = self._pending.get(number)
        except (orjson.JSONDecodeError, KeyError, TypeError):
            self._calls.counts["junk_acks"] += 1
            return
        if pending is None or pending.client != client:
            self._calls.counts["unknown_acks"] += 1
            return
        if pending.kind != SYSTEM and self._faults.take("ack_lost"):
            return
        del self._pending[number]
        if pending.timer:
            pending.timer.cancel()
        self._calls.counts["acked"] += 1
        if pending.kind != SYSTEM:
            self._calls.latencies.append((time.monotonic() - pending.since) * 1000)
        pending.settle(ack)

    def _late(self, number: str) -> None:
        pending = self._pending.pop(number, None)
        if pending is not None:
            if pending.kind != SYSTEM:
                self._calls.counts["late"] += 1
            pending.settle(None)

    def _later(self, seconds: float, work: Callable[[], None]) -> None:
        """Do it then, unless everything was reset meanwhile."""
        epoch = self._epoch
        asyncio.get_running_loop().call_later(seconds, lambda: work() if epoch == self._epoch else None)


def _frame(number: str, push: Push, connection: str) -> bytes:
    headers = {
        "appId": push.client, "connectionId": connection, "contentType": "application/json", "messageId": number,
        "time": str(time.time_ns() // 1_000_000), "topic": push.topic, **push.headers,
    }  # fmt: skip
    return orjson.dumps({"specVersion": "1.0", "type": push.kind, "headers": headers, "data": push.data.decode()})


def _done(kind: str, ack: Ack) -> bool:
    """Code 200 counts as done, whatever the data, except an event's LATER (contract 1.4)."""
    if ack.get("code") != 200:
        return False
    if kind != EVENT:
        return True
    try:
        return bool(orjson.loads(ack.get("data") or "{}").get("status") != "LATER")
    except (orjson.JSONDecodeError, AttributeError):
        return True
