"""An office on trial: emulator and bot as processes, people who type and tap through the control interface."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import orjson

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "sample" / "company.json"
PATIENCE = 20.0  # seconds: generous, the machine may be busy

_GROUPS = """
[[group]]
id = "cidMarket=="
department = "市场部"
summaries = ["morning", "evening", "week", "month"]
[[group]]
id = "cidResearch=="
department = "研发部"
summaries = ["morning", "evening", "week", "month"]
[[group]]
id = "cidManagers=="
managers = true
summaries = ["morning", "week", "month"]
"""


@dataclass(slots=True)
class Office:
    """The two processes, and what people do."""

    folder: Path
    database: str
    dialect: str = "plain"
    redis: str = ""
    options: tuple[str, ...] = ("--redelivery-seconds", "1.5", "--qps", "0")
    address: str = ""
    session: aiohttp.ClientSession | None = None
    emulator: "asyncio.subprocess.Process | None" = None
    bot: "asyncio.subprocess.Process | None" = None
    organization: Path = SAMPLE
    replica: str = "scenario"
    flows: str = "matrix"
    home: str = ""
    as_of: str = ""  # the bot's clock begins there
    logs: list[Any] = field(default_factory=list)

    async def open(self) -> None:
        """Start the emulator, then the bot."""
        self.session = aiohttp.ClientSession()
        words = ["--organization", str(self.organization), "--port", "0", *self.options]
        words += ["--templates", str(ROOT / "cards" / "rich_template.json")]
        self.emulator = await self._start("emulator", ["-m", "emulator", *words])
        self.address = await _line(self.emulator, "http://")
        await self.start_bot()

    async def start_bot(self) -> None:
        """Start (or restart) the bot and wait until it answers."""
        app = orjson.loads(self.organization.read_bytes())["apps"][0]
        settings = self.folder / "config.toml"
        settings.write_text(
            f'replica = "{self.replica}"\n'
            f'[dingtalk]\nclient_id = "{app["clientId"]}"\nclient_secret = "{app["clientSecret"]}"\n'
            f'robot_code = "{app.get("robotCode", "")}"\napi = "{self.address}"\noapi = "{self.address}"\n'
            f'calls_per_second = 1000\n[store]\ndatabase = "{self.database}"\nredis = "{self.redis}"\n'
            f'[office]\nflows = "{self.flows}"\nhome = {orjson.dumps([self.home] if self.home else []).decode()}\n'
            f'[cards]\ndialect = "{self.dialect}"\n{_GROUPS}',
            "utf-8",
        )
        then = ["--as-of", self.as_of] if self.as_of else []
        self.bot = await self._start("bot", ["-m", "bot", "run", "--config", str(settings), *then])
        await _line(self.bot, "ready")

    async def kill_bot(self) -> None:
        """SIGKILL, as a power cut would."""
        assert self.bot is not None
        with contextlib.suppress(ProcessLookupError):
            self.bot.kill()
        await self.bot.wait()

    async def stop_bot(self) -> int:
        """SIGTERM; answers the exit code."""
        assert self.bot is not None
        with contextlib.suppress(ProcessLookupError):
            self.bot.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.bot.wait(), PATIENCE)

    async def close(self) -> None:
        """End both."""
        for process in (self.bot, self.emulator):
            if process is not None and process.returncode is None:
                process.terminate()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(process.wait(), PATIENCE)
                if process.returncode is None:
                    process.kill()
        if self.session is not None:
            await self.session.close()
        for log in self.logs:
            log.close()

    async def _start(self, name: str, words: list[str]) -> "asyncio.subprocess.Process":
        log = (self.folder / f"{name}.log").open("ab")
        self.logs.append(log)
        return await asyncio.create_subprocess_exec(
            sys.executable, *words, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=log, env=environment()
        )

    # ── what people do ──────────────────────────────────────────────────────────────────────

    async def call(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """One call of the control interface; its JSON answer."""
        assert self.session is not None
        async with self.session.request(method, f"{self.address}{path}", json=body, params=query) as answer:
            return await answer.json(content_type=None)

    async def say(self, person: str, text: str, conversation: str = "bot", **more: Any) -> str:
        """The person types; answers the msgId."""
        body = {"from": person, "conversation": conversation, "text": text, "mention_bot": True, **more}
        return str((await self.call("POST", "/emulator/messages", body))["msgId"])

    async def tap(
        self, person: str, track: str, button: str, form: dict[str, Any] | None = None, repeat: int = 1
    ) -> Any:
        """The person taps; answers what the platform shows."""
        body: dict[str, Any] = {"by": person, "button": button, "repeat": repeat}
        if form is not None:
            body["form"] = form
        return await self.call("POST", f"/emulator/cards/{track}/tap", body)

    async def seen(self, person: str, conversation: str = "*") -> list[dict[str, Any]]:
        """Everything the person sees, in order."""
        answer = await self.call("GET", "/emulator/messages", viewer=person, conversation=conversation)
        items: list[dict[str, Any]] = answer["items"]
        return items

    async def card(self, person: str, track: str) -> Any:
        """A card as the person sees it now."""
        return await self.call("GET", f"/emulator/cards/{track}", viewer=person)

    async def cards(self, person: str) -> list[Any]:
        """The cases' cards that the person has, oldest first, as they look now."""
        tracks = [item["outTrackId"] for item in await self.seen(person) if item["kind"] == "card"]
        return [await self.card(person, track) for track in tracks]

    async def job(self, name: str, at: datetime) -> str:
        """`./nod job` beside the running bot; what went wrong, or nothing."""
        words = ["-m", "bot", "job", name, "--as-of", f"{at:%Y-%m-%d %H:%M}", "--config", f"{self.folder}/config.toml"]
        process = await asyncio.create_subprocess_exec(
            sys.executable, *words, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            env=environment(),
        )  # fmt: skip
        out, errors = await asyncio.wait_for(process.communicate(), PATIENCE * 2)
        return "" if process.returncode in (0, 1) and not errors else f"{(out + errors).decode()}"

    # ── what they wait for ──────────────────────────────────────────────────────────────────

    async def until(self, look: Callable[[], Any], what: str) -> Any:
        """Wait until `look` (a coroutine function) gives something true; fail with what was awaited."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while asyncio.get_running_loop().time() < deadline:
            found = await look()
            if found:
                return found
            await asyncio.sleep(0.03)
        tail = (self.folder / "bot.log").read_text("utf-8", "replace")[-3000:]
        raise AssertionError(f"waited in vain for {what}\n{tail}")

    async def card_with(self, person: str, *, number: str = "", **params: str) -> Any:
        """Wait for a card of the person with these params (status=…, kind=…), newest first."""

        async def look() -> Any:
            for card in reversed(await self.cards(person)):
                shown = card["cardParamMap"]
                if (not number or shown["case"] == number) and all(shown.get(k) == v for k, v in params.items()):
                    return card
            return None

        return await self.until(look, f"a card of {person} with {number} {params}")

    async def asked(self, person: str, number: str) -> Any:
        """Wait for the card that asks the person to decide this case."""

        async def look() -> Any:
            for card in await self.cards(person):
                buttons = [button["id"] for button in card["buttons"] if button["enabled"]]
                if card["cardParamMap"]["case"] == number and "approve" in buttons:
                    return card
            return None

        return await self.until(look, f"{person} being asked about {number}")

    async def words_with(self, person: str, *parts: str, conversation: str = "*") -> dict[str, Any]:
        """Wait for something said to the person that contains all these words."""

        async def look() -> Any:
            for item in reversed(await self.seen(person, conversation)):
                text = f"{item.get('title') or ''}\n{item.get('text') or ''}"
                if item["from"] != person and all(part in text for part in parts):
                    return item
            return None

        found: dict[str, Any] = await self.until(look, f"{person} hearing {parts}")
        return found


def environment() -> dict[str, str]:
    """Ours, and what was compiled is kept: hundreds of processes are started."""
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**ours, "PYTHONPYCACHEPREFIX": str(ROOT / ".nod" / "pycache")}


async def _line(process: "asyncio.subprocess.Process", start: str) -> str:
    assert process.stdout is not None
    while True:
        raw = await asyncio.wait_for(process.stdout.readline(), PATIENCE * 2)
        if not raw:
            raise AssertionError(f"the process ended with {await process.wait()} before it said {start}")
        for word in raw.decode().split():
            if word.startswith(start):
                return word


@contextlib.asynccontextmanager
async def an_office(folder: Path, database: str, **more: Any) -> AsyncIterator[Office]:
    """An office that is open for the length of the block."""
    office = Office(folder=folder, database=database, **more)
    try:
        await office.open()
        yield office
    finally:
        await office.close()
