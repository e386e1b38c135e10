"""`./nod chat`: emulator and bot on this machine, each a process of its own, to try the office without an account."""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import orjson
import sqlalchemy as sa

_ROOT: Final = Path(__file__).parent.parent
SAMPLE: Final = _ROOT / "sample" / "company.json"
SAMPLE_HOME = ["深圳"]  # where the sample company sits
_RICH_TEMPLATES: Final = _ROOT / "cards" / "rich_template.json"
_FOLDER: Final = Path(".nod")
_SUMMARIES: Final = ["morning", "evening", "week", "month"]
_MANAGERS: Final = "管理"  # in a group's title: that of all managers
_PATIENCE: Final = 10.0  # seconds that a process may take to end


def main(args: argparse.Namespace) -> int:
    """Start both, say when they answer, end both together. 0 when asked to stop, 1 when one could not go on."""
    _FOLDER.mkdir(mode=0o700, exist_ok=True)
    organization = Path(args.organization or SAMPLE)
    database = args.database or f"sqlite:///{_FOLDER.absolute() / 'chat.db'}"
    if args.fresh:
        forget(database)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with contextlib.ExitStack() as running:
        emulator = running.enter_context(Child("emulator", _emulator(organization, args)))
        address = emulator.wait_for("http://", stop)
        if not address:
            return emulator.tell_why()
        settings = write_settings(organization, address, database, args)
        running.callback(settings.unlink, missing_ok=True)
        bot = running.enter_context(Child("bot", [sys.executable, "-m", "bot", "run", "--config", str(settings)]))
        if not bot.wait_for("ready", stop):
            return 0 if stop.is_set() else bot.tell_why()
        print(f"ready {address}", flush=True)
        if not args.no_browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        while not stop.wait(0.2):
            for child in (emulator, bot):
                if child.process.poll() is not None:
                    return child.tell_why()
    return 0


def forget(database: str) -> None:
    """Remove the SQLite database of earlier trials; another database is not ours to remove."""
    address = sa.make_url(database)
    if address.get_backend_name() == "sqlite" and address.database:
        for ending in ("", "-wal", "-shm"):
            Path(address.database + ending).unlink(missing_ok=True)


def write_settings(organization: Path, address: str, database: str, args: argparse.Namespace) -> Path:
    """A configuration for the bot, readable by its owner only: the first app of the organisation, the emulator."""
    company = orjson.loads(organization.read_bytes())
    app = company["apps"][0]
    sections: dict[str, dict[str, Any]] = {
        "dingtalk": {
            "client_id": app["clientId"],
            "client_secret": app["clientSecret"],
            "robot_code": app.get("robotCode", ""),
            "api": address,
            "oapi": address,
        },
        "store": {"database": database, "redis": args.redis or ""},
        "office": {"flows": args.flows, "home": SAMPLE_HOME if organization.samefile(SAMPLE) else []},
        "cards": {"dialect": args.cards},
        "jobs": {"on": ["all"]},
        "budget": {"calls": 0, "messages": 0},
    }
    lines = ['replica = "chat"']
    for section, values in sections.items():
        lines += ["", f"[{section}]", *(f"{key} = {orjson.dumps(value).decode()}" for key, value in values.items())]
    for group in _groups(company):
        lines += ["", "[[group]]", *(f"{key} = {orjson.dumps(value).decode()}" for key, value in group.items())]
    path = _FOLDER / f"chat-{os.getpid()}.toml"
    path.touch(mode=0o600)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _groups(company: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The groups that hear of the office: those that are named as a department is, and that of the managers."""
    departments = {department["name"] for department in company["departments"]}
    for group in company.get("groups") or ():
        if group["title"] in departments:
            yield {"id": group["openConversationId"], "department": group["title"], "summaries": _SUMMARIES}
        elif _MANAGERS in group["title"]:
            yield {"id": group["openConversationId"], "managers": True, "summaries": _SUMMARIES}


def _emulator(organization: Path, args: argparse.Namespace) -> list[str]:
    command = [sys.executable, "-m", "emulator", "--organization", str(organization), "--port", str(args.port)]
    return [*command, "--templates", str(_RICH_TEMPLATES)]


class Child(contextlib.AbstractContextManager["Child"]):
    """A process of ours: its standard output is read for one line, its errors go to `.nod/NAME.log`."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.log = _FOLDER / f"{name}.log"
        with self.log.open("wb") as errors:
            self.process = subprocess.Popen(
                command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=errors, text=True, env={**os.environ}
            )
        self._lines: list[str] = []
        self._news = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def wait_for(self, start: str, stop: threading.Event) -> str:
        """The first word of its output that begins so, or "" when the process ended or is not wanted any more."""
        while not stop.is_set():
            with self._news:
                words = [word for line in self._lines for word in line.split()]
                found = next((word for word in words if word.startswith(start)), "")
                if found or self.process.poll() is not None:
                    return found
                self._news.wait(0.1)
        return ""

    def tell_why(self) -> int:
        """Print the end of its log; the exit code for a failure."""
        print(f"{self.name} 停止了，日志在 {self.log}：", file=sys.stderr)
        print("\n".join(self.log.read_text("utf-8", "replace").splitlines()[-15:]), file=sys.stderr)
        return 1

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def _read(self) -> None:
        for line in _output(self.process):
            with self._news:
                self._lines.append(line)
                self._news.notify()


def _output(process: "subprocess.Popen[str]") -> Iterator[str]:
    assert process.stdout is not None
    yield from process.stdout
