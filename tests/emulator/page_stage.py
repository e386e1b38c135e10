"""The stage of the browser tests: the real emulator, the scripted bot, Chromium, and one window for each person."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE_MS = 10_000
START_SECONDS = 20
GROUP = "cidMarket=="
ROGUE = "<img src=x onerror=alert(1)>"


def person(userid: str, name: str, title: str, department: int, **more: object) -> dict[str, object]:
    return {
        "userid": userid,
        "name": name,
        "title": title,
        "dept_id_list": [department],
        "mobile": "13800000000",
        **more,
    }


ORGANIZATION = {
    "corpId": "dingcorp",
    "departments": [
        {"dept_id": 1, "parent_id": None, "name": "点头科技", "dept_manager_userid_list": ["boss"]},
        {"dept_id": 2, "parent_id": 1, "name": "市场部", "dept_manager_userid_list": ["lina"]},
    ],
    "users": [
        person("wangfang", "王芳", "市场专员", 2, manager_userid="lina"),
        person("lina", "李娜", "部门主管", 2, manager_userid="boss", leader_in_dept=[{"dept_id": 2, "leader": True}]),
        person("boss", "陈国强", "总经理", 1, admin=True),
        person("mallory", ROGUE, "<b>设计</b>", 2),
    ],
    "groups": [
        {"openConversationId": GROUP, "title": "市场部群", "owner": "lina", "members": ["wangfang", "lina", "mallory"]}
    ],
    "apps": [{"clientId": "dingnod", "clientSecret": "secret", "robotCode": "dingnod", "name": "点头"}],
}


def chromium() -> str:
    """Where the browser is; without one the tests skip, except where services are promised."""
    found = shutil.which("chromium")
    if found:
        return found
    reason = "chromium is not on this machine (apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji)"
    if os.environ.get("NOD_REQUIRE_SERVICES") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Stage:
    """A running emulator with its bot, and the windows of the people of one test."""

    def __init__(self, folder: Path, browser: Browser) -> None:
        self.port, self.browser = free_port(), browser
        self.url = f"http://127.0.0.1:{self.port}"
        self.file = folder / "organization.json"
        self.file.write_text(json.dumps(ORGANIZATION, ensure_ascii=False), encoding="utf-8")
        self.processes: list[subprocess.Popen[bytes]] = []
        self.errors: list[str] = []

    def start_emulator(self) -> None:
        command = [sys.executable, "-m", "emulator", "--organization", str(self.file), "--port", str(self.port)]
        emulator = self.start(command)
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and emulator.poll() is None:
            try:
                self.ask("/emulator/people")
                return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError(f"the emulator did not start (exit code {emulator.poll()})")

    def start_bot(self) -> None:
        self.start([sys.executable, str(Path(__file__).with_name("scripted_bot.py")), self.url, "dingnod", "secret"])

    def start(self, command: list[str]) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        self.processes.append(process)
        return process

    def stop_emulator(self) -> None:
        """It is gone from one moment to the next."""
        self.processes[0].kill()
        self.processes.pop(0).wait(START_SECONDS)

    def ask(self, path: str, body: object = None) -> Any:
        """One call of the control interface."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def platform(self, path: str, data: bytes, kind: str = "application/json") -> Any:
        """One call of the platform, as the bot."""
        token = self.ask("/v1.0/oauth2/accessToken", {"appKey": "dingnod", "appSecret": "secret"})["accessToken"]
        headers = {"Content-Type": kind, "x-acs-dingtalk-access-token": token}
        request = urllib.request.Request(f"{self.url}{path}?access_token={token}", data=data, headers=headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())

    def upload(self, kind: str, name: str, content: bytes) -> str:
        """The bot hands up a picture or a file; its media_id."""
        part = 'form-data; name="{}"'
        head = f"--x\r\nContent-Disposition: {part.format('type')}\r\n\r\n{kind}\r\n--x\r\n"
        head += f'Content-Disposition: {part.format("media")}; filename="{name}"\r\n\r\n'
        body = head.encode() + content + b"\r\n--x--\r\n"
        return str(self.platform("/media/upload", body, "multipart/form-data; boundary=x")["media_id"])

    def send(self, people: list[str], key: str, **param: str) -> None:
        """The bot says something of its own accord."""
        words = {"robotCode": "dingnod", "userIds": people, "msgKey": key, "msgParam": json.dumps(param)}
        self.platform("/v1.0/robot/oToMessages/batchSend", json.dumps(words).encode())

    def put(self, path: str, body: object) -> None:
        """A call that replaces something."""
        headers = {"Content-Type": "application/json"}
        data = json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, headers=headers, method="PUT")
        urllib.request.urlopen(request, timeout=10).close()

    def reset(self) -> None:
        """An empty office, with the bot connected, no window open and nothing gone wrong yet."""
        self.close_windows()
        self.ask("/emulator/reset", {})
        self.wait_for_bot()

    def wait_for_bot(self) -> None:
        """Returns when the bot answers a message of somebody who takes no part in the tests."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            self.ask("/emulator/messages", {"from": "boss", "conversation": "bot", "text": "原样 在吗"})
            if any(
                item["from"] != "boss"
                for item in self.ask("/emulator/messages?viewer=boss&conversation=bot&after=0&wait=1")["items"]
            ):
                return
            time.sleep(0.1)
        raise TimeoutError("the bot does not answer")

    def window(self, viewer: str, chat: str = "", width: int = 1180, height: int = 760) -> Page:
        """A window of its own in which this person sits; errors of its scripts are kept in `errors`."""
        context = self.browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: self.errors.append(f"a script ran: {dialog.message}"))
        page.goto(f"{self.url}/?as={quote(viewer)}" + (f"&chat={quote(chat)}" if chat else ""))
        return page

    def close_windows(self) -> None:
        for context in self.browser.contexts:
            context.close()
        self.errors.clear()

    def stop(self) -> None:
        self.close_windows()
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def open_stage(folder: Path) -> Iterator[Stage]:
    """Raises the curtain for one file of tests."""
    executable = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        stage = Stage(folder, browser)
        try:
            stage.start_emulator()
            stage.start_bot()
            yield stage
        finally:
            stage.stop()
            browser.close()


def say(page: Page, text: str) -> None:
    """Types into the box and presses Enter."""
    page.get_by_label("输入消息").fill(text)
    page.get_by_label("输入消息").press("Enter")
