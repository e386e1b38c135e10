"""The windows of people, the records, and that no stranger drives them (spec: control interface)."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import aiohttp
import pytest

from emulator.options import read_options
from tests.emulator.home import APP, GROUP, OTHER_GROUP, ROOT, Home, files


async def test_everybody_sees_his_own_and_without_a_viewer_all_is_seen(home: Home) -> None:
    await home.say("wangfang", "一")
    await home.say("lina", "二")
    await home.say("lina", "三", GROUP, mention_bot=False)
    assert [item["text"] for item in await home.sees("wangfang")] == ["一", "三"]
    assert [item["text"] for item in await home.sees("lina", "bot")] == ["二"]
    assert [item["text"] for item in await home.sees("lina", GROUP)] == ["三"]
    everything = await home.sees(None)
    assert [item["text"] for item in everything] == ["一", "二", "三"]
    assert everything[0]["seenBy"] == ["wangfang"]
    assert set(everything[2]["seenBy"]) == {"lina", "wangfang", "zhaolei"}
    assert set(everything[0]) >= {
        "seq", "conversation", "from", "kind", "title", "text", "at", "createdAt", "readBy",
    }  # fmt: skip


async def test_one_reads_on_from_where_one_was(home: Home) -> None:
    await home.say("lina", "一")
    first = await home.control("GET", "/messages", viewer="lina")
    await home.say("lina", "二")
    rest = await home.control("GET", "/messages", viewer="lina", after=first["last"])
    assert [item["text"] for item in rest["items"]] == ["二"]
    nothing = await home.control("GET", "/messages", viewer="lina", after=rest["last"])
    assert nothing == {"items": [], "last": rest["last"]}


async def test_one_may_wait_for_news(home: Home) -> None:
    began = time.monotonic()
    assert (await home.control("GET", "/messages", viewer="lina", wait=0.3))["items"] == []
    assert 0.25 < time.monotonic() - began < 1
    waiting = asyncio.ensure_future(home.control("GET", "/messages", viewer="lina", wait=5))
    await asyncio.sleep(0.1)
    await home.say("boss", "与她无关")
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await home.say("lina", "一")
    async with asyncio.timeout(1):
        assert [item["text"] for item in (await waiting)["items"]] == ["一"]


async def test_a_card_that_changes_is_news_for_those_who_see_it(home: Home) -> None:
    await home.show("c1", "lina")
    seen = await home.control("GET", "/changes", viewer="lina")
    assert [item["outTrackId"] for item in seen["items"]] == ["c1"]
    waiting = asyncio.ensure_future(home.control("GET", "/changes", viewer="lina", after=seen["last"], wait=5))
    await asyncio.sleep(0.05)
    await home.new("PUT", "/v1.0/card/instances", {"outTrackId": "c1", "cardData": {"cardParamMap": {"title": "新"}}})
    async with asyncio.timeout(1):
        changed = await waiting
    assert [(item["seq"], item["title"]) for item in changed["items"]] == [(seen["items"][0]["seq"], "新")]
    assert (await home.control("GET", "/changes", viewer="boss"))["items"] == []


async def test_conversations_with_what_is_unread(home: Home) -> None:
    sent = {"robotCode": APP, "userIds": ["lina"], "msgKey": "sampleText", "msgParam": '{"content":"早"}'}
    for _ in range(3):
        await home.new("POST", "/v1.0/robot/oToMessages/batchSend", sent)
    await home.say("wangfang", "大家好", GROUP, mention_bot=False)

    async def unread() -> dict[str, int]:
        rows = (await home.control("GET", "/conversations", viewer="lina"))["conversations"]
        return {row["conversation"]: row["unread"] for row in rows}

    rows = (await home.control("GET", "/conversations", viewer="lina"))["conversations"]
    assert [(row["title"], row["last"] and row["last"]["text"]) for row in rows] == [
        ("点头", "早"), ("市场部", "大家好"), ("办公会", None),
    ]  # fmt: skip
    assert await unread() == {"bot": 3, GROUP: 1, OTHER_GROUP: 0}
    await home.control("POST", "/read", {"viewer": "lina", "conversation": "bot"})
    assert await unread() == {"bot": 0, GROUP: 1, OTHER_GROUP: 0}
    assert [item["readBy"] for item in await home.sees("wangfang", GROUP)] == [[]]
    await home.control("POST", "/read", {"viewer": "lina", "conversation": GROUP})
    await home.control("POST", "/read", {"viewer": "nobody"}, status=404)
    assert [item["readBy"] for item in await home.sees("wangfang", GROUP)] == [["lina"]]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/messages?after=x", 400),
        ("GET", "/messages?wait=nan", 400),
        ("GET", "/changes", 400),
        ("GET", "/conversations", 400),
        ("GET", "/cards/nothing", 404),
        ("GET", "/calls?after=x", 400),
        ("GET", "/nothing", 404),
        ("POST", "/messages", 404),
        ("POST", "/read", 400),
        ("POST", "/files", 400),
        ("POST", "/faults", 400),
    ],
)
async def test_a_call_that_makes_no_sense_is_told_so(home: Home, method: str, path: str, status: int) -> None:
    found, body = await home.raw(method, f"/emulator{path}", None if method == "GET" else {})
    assert (found, bool(body["error"])) == (status, True)


async def test_junk_instead_of_json_is_told_so(home: Home) -> None:
    for data in (b"no json", b"[]", b"\xff"):
        async with home.session.post(f"{home.address}/emulator/messages", data=data) as answer:
            assert answer.status == 400


async def test_the_counters(home: Home) -> None:
    await home.show("c1", "lina")
    async with home.line() as line:
        await home.say("lina", "在吗")
        await line.answer()
        tapping = asyncio.ensure_future(home.tap("lina", "c1", "approve"))
        await line.answer({})
        await tapping
        stats = await home.stats()
    assert (stats["pushed"], stats["acked"], stats["redelivered"]) == (2, 2, 0)
    assert (stats["cards"], stats["messages"], stats["connections"]) == (1, 1, 1)
    assert 0 < stats["ack_milliseconds"]["p50"] <= stats["ack_milliseconds"]["p99"]


async def test_a_reset_empties_everything(home: Home) -> None:
    await home.say("lina", "在吗")
    await home.show("c1", "lina")
    await home.trouble("http_500")
    await home.control("POST", "/reset", {})
    assert await home.sees(None) == []
    await home.control("GET", "/cards/c1", status=404)
    assert (await home.control("GET", "/calls"))["items"] == []
    assert (await home.stats())["messages"] == 0
    await home.show("c1", "lina")


async def test_any_frame_can_be_pushed_to_try_what_the_bot_does_with_it(home: Home) -> None:
    async with home.line() as line:
        await home.control("POST", "/frames", {"type": "CALLBACK", "topic": "/v9/unknown", "data": {"a": 1}})
        frame = await line.frame()
        assert (frame["type"], frame["headers"]["topic"], json.loads(frame["data"])) == (
            "CALLBACK",
            "/v9/unknown",
            {"a": 1},
        )


# ── strangers ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Host": "elsewhere.example"},
        {"Host": "127.0.0.1.elsewhere.example"},
    ],
)
async def test_pages_of_other_places_cannot_drive_it(home: Home, headers: dict[str, str]) -> None:
    for method, path in (("POST", "/emulator/reset"), ("GET", "/emulator/people"), ("GET", "/"), ("GET", "/connect")):
        async with home.session.request(method, home.address + path, headers=headers) as answer:
            assert answer.status == 403


async def test_its_own_page_can(home: Home) -> None:
    async with home.session.get(home.address + "/") as answer:
        assert answer.status == 200
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "script" in await answer.text()
    async with home.session.get(home.address + "/page/main.js") as answer:
        assert answer.status == 200
    for path in ("/page/../__main__.py", "/page/%2e%2e/__main__.py", "/page/nothing.js"):
        async with home.session.get(home.address + path) as answer:
            assert "argparse" not in await answer.text()
    async with home.session.get(home.address + "/emulator/people", headers={"Origin": home.address}) as answer:
        assert answer.status == 200


# ── the process ──────────────────────────────────────────────────────────────────────────────


def start(folder: Path, *more: str) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-m", "emulator", *files(folder), "--port", "0", *more]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None
    process.stdout.readline()
    return process, process.stdout.readline().strip()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_goes_within_a_second_whatever_hangs_on_it(tmp_path: Path, number: signal.Signals) -> None:
    process, address = start(tmp_path)
    async with aiohttp.ClientSession() as session:
        home = Home(address, session)
        async with home.line() as line, home.line() as frozen:
            await home.trouble("http_timeout", count=1, path="/media")
            await home.trouble("freeze", count=1)
            hanging = [
                asyncio.ensure_future(home.control("GET", "/messages", viewer="lina", wait=50)),
                asyncio.ensure_future(home.raw("POST", "/media/upload", {})),
            ]
            await asyncio.sleep(0.2)
            began = time.monotonic()
            process.send_signal(number)
            code = await asyncio.to_thread(process.wait, 10)
            assert time.monotonic() - began < 1
            assert code == 0
            for task in hanging:
                task.cancel()
            await asyncio.gather(*hanging, return_exceptions=True)
            assert line is not frozen
    assert process.stdout is not None
    process.stdout.close()


def complaint(folder: Path, *words: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "emulator", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=10, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stderr


def test_what_is_wrong_at_the_start_is_said_in_a_line(tmp_path: Path) -> None:
    code, said = complaint(tmp_path, "--organization", str(tmp_path / "missing.json"))
    assert code != 0
    assert "missing.json" in said
    broken = tmp_path / "broken.json"
    broken.write_text("{", "utf-8")
    code, said = complaint(tmp_path, "--organization", str(broken))
    assert code != 0
    assert "broken.json" in said
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        code, said = complaint(tmp_path, *files(tmp_path), "--port", port)
    assert code != 0
    assert port in said


def test_speed_shortens_the_platform_s_pauses_and_not_the_bot_s_deadlines() -> None:
    words = ["--organization", "x.json", "--speed", "10", "--linger-seconds", "3"]
    options = read_options(words)
    assert (options.redelivery_seconds, options.event_retry_seconds, options.linger_seconds) == (6, (1, 3), 3)
    assert (options.card_seconds, options.event_seconds, options.ping_answer_seconds) == (2, 3, 5)
