"""How long the bot is deaf when its connection is renewed, cut, refused or silent, beside the SDK's own client.

`python -m bench.reconnect [--json] [--rounds N]`: a gateway in this process has a message due every 10 ms, pushes it on
any living connection or, when there is none, on the next that opens; each client runs in a process of its own. Late is
a message by the time from when it was due to when its ack came back.
"""

import argparse
import asyncio
import json
import os
import signal
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import dingtalk_stream
from aiohttp import ClientSession

from bench.gateway import EVERY, NEVER, TOPIC, Gateway, Push
from bot.wire.frame import DONE, Ack, Frame
from bot.wire.gateway import Credentials
from bot.wire.stream import Stream

HOLD = 0.5
REFUSED_FOR = 5.0
PATIENCE = 90.0


async def late(gateway: Gateway, fault: Callable[[], Awaitable[None]]) -> tuple[float, list[Push]]:
    """Makes the fault and waits until messages flow again: the latest of them, in seconds, and all that were due."""
    first = len(gateway.pushes)
    await fault()
    began = time.perf_counter()
    while time.perf_counter() - began < PATIENCE:
        await asyncio.sleep(0.25)
        due = gateway.pushes[first:]
        if any(push.acked < NEVER for push in due[-20:]) and time.perf_counter() - began > 1.5 * HOLD:
            break
    await asyncio.sleep(2 * HOLD)
    settled = [push for push in gateway.pushes[first:] if push.due < time.perf_counter() - 1.5 * HOLD]
    return max((push.acked - push.due - push.hold for push in settled if push.acked < NEVER), default=NEVER), settled


async def measure(gateway: Gateway, rounds: int) -> dict[str, float]:
    """All the troubles, one after the other; seconds and counts."""
    result: dict[str, float] = {}
    politely, cuts = [], []
    unacked = elsewhere = 0
    for _ in range(rounds):
        await asyncio.sleep(1.5)
        gateway.hold = HOLD
        await asyncio.sleep(0.2)
        held = gateway.pushes[-15:]
        gateway.hold = 0.0
        worst, pushes = await late(gateway, gateway.ask_to_leave)
        politely.append(worst)
        unacked += sum(push.acked == NEVER for push in [*held, *pushes])
        elsewhere += sum(push.acked < NEVER and push.by is not push.line for push in [*held, *pushes])
    result |= {"polite": statistics.median(politely), "unacked": unacked, "elsewhere": elsewhere}
    for _ in range(rounds):
        await asyncio.sleep(1.5)
        cuts.append((await late(gateway, gateway.cut))[0])
    result["cut"] = statistics.median(cuts)

    async def refuse() -> None:
        gateway.refusing = True
        await gateway.cut()
        await asyncio.sleep(REFUSED_FOR)
        gateway.refusing = False

    await asyncio.sleep(1.5)
    result["refused"] = (await late(gateway, refuse))[0] - REFUSED_FOR
    await asyncio.sleep(1.5)
    result["silent"] = (await late(gateway, gateway.freeze))[0]
    return result


async def run(client: str, rounds: int) -> dict[str, float]:
    """Measures one client in a process of its own."""
    gateway = Gateway()
    await gateway.start()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bench.reconnect", "--client", client, "--gateway", gateway.url),
        env={**os.environ, "DINGTALK_OPENAPI_ENDPOINT": gateway.url},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(30):
            while not any(push.acked < NEVER for push in gateway.pushes):  # noqa: ASYNC110 - an ack has no event
                await asyncio.sleep(0.1)
        result = await measure(gateway, rounds)
        process.send_signal(signal.SIGTERM)
        said, _ = await process.communicate()
        told: dict[str, float] = json.loads(said.splitlines()[-1])
        return result | told
    finally:
        if process.returncode is None:
            process.kill()
        await gateway.stop()


class Toll:
    """What the client's process says of itself at its end: the longest stall of its loop, and handlers cancelled."""

    def __init__(self) -> None:
        self.stall = 0.0
        self.cancelled = 0
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.tell)

    async def handle(self, data: dict[str, Any]) -> None:
        try:
            await asyncio.sleep(data.get("hold", 0))
        except asyncio.CancelledError:
            self.cancelled += 1
            raise

    async def watch(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(EVERY)
            self.stall = max(self.stall, time.perf_counter() - before - EVERY)

    def tell(self) -> None:
        print(json.dumps({"stall": self.stall, "cancelled": self.cancelled}), flush=True)
        os._exit(0)


async def ours(url: str) -> None:
    """The product's stream client."""
    toll = Toll()

    async def handle(frame: Frame) -> Ack:
        await toll.handle(json.loads(frame.data))
        return DONE

    async with ClientSession() as session:
        stream = Stream(session, Credentials(client_id="a", client_secret="b", api=url), handle)
        await asyncio.gather(stream.run(), toll.watch())


async def sdk(_: str) -> None:
    """The SDK's own client, as it comes."""
    toll = Toll()

    class Handler(dingtalk_stream.CallbackHandler):
        async def process(self, message: Any) -> tuple[int, str]:
            await toll.handle(message.data)
            return dingtalk_stream.AckMessage.STATUS_OK, "OK"

    client = dingtalk_stream.DingTalkStreamClient(dingtalk_stream.Credential("a", "b"))
    client.register_callback_handler(TOPIC, Handler())
    await asyncio.gather(client.start(), toll.watch())


ROWS = (
    ("polite", "asked to leave, latest message", 0.1),
    ("cut", "socket cut, latest message", 0.1),
    ("refused", "refused 5 s, back after its end", 0.5),
    ("silent", "silent socket, latest message", 8.0),
    ("stall", "longest stall of the loop", 0.1),
    ("cancelled", "handlers cancelled", 0),
    ("unacked", "asked to leave, acks missing", 0),
    ("elsewhere", "asked to leave, acks on another socket", 0),
)


def table(ours: dict[str, float], sdk: dict[str, float]) -> str:
    """The result as people read it; times in milliseconds."""
    lines = [f"{'':42}{'ours':>10}{'SDK':>10}{'ratio':>9}{'goal':>9}"]
    for key, label, goal in ROWS:
        scale, unit = (1000, " ms") if isinstance(goal, float) else (1, "")
        ratio = f"{ours[key] / sdk[key]:.4f}" if sdk[key] and scale > 1 else ""
        met = "met" if ours[key] <= goal else "MISSED"
        numbers = f"{ours[key] * scale:>10.0f}{sdk[key] * scale:>10.0f}{ratio:>9}{goal * scale:>9.0f}"
        lines.append(f"{label + unit:42}{numbers}  {met}")
    return "\n".join(lines)


def main() -> None:
    """Both clients at the same time, each with a gateway of its own."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true", help="numbers for machines")
    options.add_argument("--rounds", type=int, default=3, help="how often the short troubles are repeated")
    options.add_argument("--client", choices=("ours", "sdk"), help=argparse.SUPPRESS)
    options.add_argument("--gateway", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.client:
        asyncio.run((ours if chosen.client == "ours" else sdk)(chosen.gateway))
        return

    async def both() -> tuple[dict[str, float], dict[str, float]]:
        return await asyncio.gather(run("ours", chosen.rounds), run("sdk", chosen.rounds))

    mine, theirs = asyncio.run(both())
    print(json.dumps({"ours": mine, "sdk": theirs}) if chosen.json else table(mine, theirs))


if __name__ == "__main__":
    main()
