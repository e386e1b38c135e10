"""A home with an emulator in it: starts it as a process, speaks to it as a bot and as the people."""

import asyncio
import contextlib
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).parents[2]
MESSAGES, CARDS = "/v1.0/im/bot/messages/get", "/v1.0/card/instances/callback"
BUTTONS = "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema"
MARKDOWN = "589420e2-c1e2-46ef-a5ed-b8728e654da9.schema"
RICH = "nod-test.schema"
GROUP, OTHER_GROUP, CLOSED_GROUP = "cidMarket==", "cidBoard==", "cidClosed=="
APP, SECRET = "dinghome", "home-secret"
OTHER_APP, OTHER_SECRET = "dingother", "other-secret"
PATIENCE = 3.0
QUICK = (
    "--redelivery-seconds", "0.3", "--event-seconds", "0.3", "--event-retry-seconds", "0.2,0.3",
    "--card-seconds", "0.4", "--linger-seconds", "0.3", "--timeout-seconds", "0.6", "--ping-seconds", "300",
)  # fmt: skip
ORGANIZATION: dict[str, Any] = {
    "corpId": "dinghomecorp",
    "departments": [
        {"dept_id": 1, "parent_id": None, "name": "家", "dept_manager_userid_list": ["boss"]},
        {"dept_id": 2, "parent_id": 1, "name": "市场部", "dept_manager_userid_list": ["lina"]},
        {"dept_id": 3, "parent_id": 2, "name": "品牌组", "dept_manager_userid_list": []},
    ],
    "users": [
        {"userid": "boss", "name": "陈国强", "title": "总经理", "dept_id_list": [1], "mobile": "13800000001", "admin": True},
        {"userid": "lina", "name": "李娜", "title": "部长", "dept_id_list": [2], "mobile": "13800000002",
         "manager_userid": "boss", "leader_in_dept": [{"dept_id": 2, "leader": True}],
         "role_list": [{"name": "人事经理", "group_name": "岗位"}]},
        {"userid": "wangfang", "name": "王芳", "title": "专员", "dept_id_list": [3, 2], "mobile": "13800000003",
         "manager_userid": "lina", "hired_date": 1583020800000,
         "role_list": [{"name": "会计", "group_name": "岗位"}, {"name": "出纳", "group_name": "岗位"}]},
        {"userid": "zhaolei", "name": "赵磊", "title": "专员", "dept_id_list": [2], "mobile": "13800000004",
         "role_list": [{"name": "会计", "group_name": "岗位"}]},
    ],
    "groups": [
        {"openConversationId": GROUP, "title": "市场部", "owner": "lina", "members": ["lina", "wangfang", "zhaolei"]},
        {"openConversationId": OTHER_GROUP, "title": "办公会", "owner": "boss", "members": ["boss", "lina"]},
        {"openConversationId": CLOSED_GROUP, "title": "无机器人", "owner": "boss", "members": ["boss"], "robots": []},
    ],
    "apps": [
        {"clientId": APP, "clientSecret": SECRET, "robotCode": APP, "name": "点头"},
        {"clientId": OTHER_APP, "clientSecret": OTHER_SECRET, "robotCode": OTHER_APP, "name": "别家"},
    ],
}  # fmt: skip
TEMPLATES = {
    RICH: {"title": "title", "markdown": "markdown", "buttons": "buttons", "form": "form", "form_status": "form_status"}
}


def files(folder: Path) -> list[str]:
    """The options that name an organisation and a company's template."""
    organization, templates = folder / "organization.json", folder / "templates.json"
    organization.write_text(json.dumps(ORGANIZATION, ensure_ascii=False), "utf-8")
    templates.write_text(json.dumps(TEMPLATES), "utf-8")
    return ["--organization", str(organization), "--templates", str(templates)]


@contextlib.contextmanager
def emulator(folder: Path, *options: str) -> Iterator[str]:
    """A running emulator; its address. It must say what it is, and go when it is asked to."""
    command = [sys.executable, "-m", "emulator", *files(folder), "--port", "0", *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None
    try:
        warning, address = process.stdout.readline(), process.stdout.readline()
        assert "never for the open network" in warning
        assert address.startswith("http://127.0.0.1:")
        yield address.strip()
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


class Line:
    """One stream connection of a bot that does nothing by itself."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def frame(self, within: float = PATIENCE) -> dict[str, Any]:
        """The next frame. Raises TimeoutError, or ConnectionError when the other side closed."""
        async with asyncio.timeout(within):
            message = await self.socket.receive()
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise ConnectionResetError(f"closed with {self.socket.close_code}")
        frame: dict[str, Any] = json.loads(message.data)
        return frame

    async def silent(self, seconds: float) -> None:
        """Fails when a frame comes within this time."""
        try:
            frame = await self.frame(seconds)
        except TimeoutError:
            return
        raise AssertionError(f"heard {frame}")

    async def ack(self, frame: dict[str, Any], response: Any = None, *, code: int = 200, data: Any = None) -> None:
        """Answer a frame; `data` replaces the usual `{"response": …}`."""
        body = {"response": response} if data is None else data
        headers = {"messageId": frame["headers"]["messageId"], "contentType": "application/json"}
        await self.socket.send_json({"code": code, "headers": headers, "message": "OK", "data": json.dumps(body)})

    async def answer(self, response: Any = None, within: float = PATIENCE) -> dict[str, Any]:
        """Take the next frame and acknowledge it; what was in it."""
        frame = await self.frame(within)
        await self.ack(frame, response)
        return data_of(frame)


class Home:
    """The bot's end and the people's end of one emulator."""

    def __init__(self, address: str, session: aiohttp.ClientSession) -> None:
        self.address, self.session = address, session
        self.client, self.secret = APP, SECRET
        self._token = ""

    # ── the people ──────────────────────────────────────────────────────────────────────────

    async def control(self, method: str, where: str, body: Any = None, *, status: int = 200, **query: Any) -> Any:
        """A call of the control interface; its answer, which must have this status."""
        words = {name: str(value) for name, value in query.items()}
        async with self.session.request(method, f"{self.address}/emulator{where}", json=body, params=words) as answer:
            text = await answer.text()
            assert answer.status == status, text
            return json.loads(text)

    async def say(self, person: str, text: str, conversation: str = "bot", **more: Any) -> str:
        """A person says something; the msgId."""
        body = {"from": person, "conversation": conversation, "text": text, "mention_bot": True, **more}
        return str((await self.control("POST", "/messages", body))["msgId"])

    async def sees(self, person: str | None, conversation: str = "*") -> list[dict[str, Any]]:
        """What stands in a person's window, or everything."""
        query: dict[str, Any] = {"conversation": conversation} | ({} if person is None else {"viewer": person})
        items: list[dict[str, Any]] = (await self.control("GET", "/messages", **query))["items"]
        return items

    async def tap(self, person: str, track: str, button: str, **more: Any) -> Any:
        """A person taps."""
        return await self.control("POST", f"/cards/{track}/tap", {"by": person, "button": button, **more})

    async def card(self, person: str, track: str) -> Any:
        """A card as the person sees it."""
        return await self.control("GET", f"/cards/{track}", viewer=person)

    async def trouble(self, kind: str, **more: Any) -> None:
        """Make trouble."""
        await self.control("POST", "/faults", {"kind": kind, **more})

    async def stats(self) -> Any:
        """The counters."""
        return await self.control("GET", "/stats")

    async def until(self, counter: str, ready: Callable[[int], bool], within: float = PATIENCE) -> None:
        """Wait until a counter is as it shall be."""
        async with asyncio.timeout(within):
            while True:
                if ready((await self.stats())[counter]):
                    return
                await asyncio.sleep(0.02)

    # ── the bot ─────────────────────────────────────────────────────────────────────────────

    async def raw(self, method: str, path: str, body: Any = None, **more: Any) -> tuple[int, Any]:
        """Any call as it stands: status and answer (text where it is no JSON)."""
        async with self.session.request(method, self.address + path, json=body, **more) as answer:
            text = await answer.text()
            try:
                return answer.status, json.loads(text)
            except json.JSONDecodeError:
                return answer.status, text

    async def token(self) -> str:
        """A token of the app, asked for once."""
        if not self._token:
            status, body = await self.raw(
                "POST", "/v1.0/oauth2/accessToken", {"appKey": self.client, "appSecret": self.secret}
            )
            assert status == 200, body
            self._token = str(body["accessToken"])
        return self._token

    async def new(self, method: str, path: str, body: Any = None, **more: Any) -> tuple[int, Any]:
        """A call of the new API with a good token."""
        headers = {"x-acs-dingtalk-access-token": await self.token()}
        return await self.raw(method, path, body, headers=headers, **more)

    async def legacy(self, path: str, body: Any = None, *, method: str = "POST") -> Any:
        """A call of the legacy API with a good token; HTTP 200 always."""
        status, answer = await self.raw(method, path, body, params={"access_token": await self.token()})
        assert status == 200, answer
        return answer

    async def ticket(self, topics: tuple[str, ...] = (MESSAGES, CARDS, "*")) -> tuple[str, str]:
        """Endpoint and ticket for a connection."""
        rows = [{"type": "EVENT" if topic == "*" else "CALLBACK", "topic": topic} for topic in topics]
        body = {"clientId": self.client, "clientSecret": self.secret, "subscriptions": rows, "ua": "t", "localIp": ""}
        status, answer = await self.raw("POST", "/v1.0/gateway/connections/open", body)
        assert status == 200, answer
        return answer["endpoint"], answer["ticket"]

    @contextlib.asynccontextmanager
    async def line(self, topics: tuple[str, ...] = (MESSAGES, CARDS, "*")) -> AsyncIterator[Line]:
        """A stream connection."""
        endpoint, ticket = await self.ticket(topics)
        async with self.session.ws_connect(endpoint, params={"ticket": ticket}) as socket:
            yield Line(socket)

    async def show(self, track: str, *people: str, **more: Any) -> None:
        """A card with two buttons for these people."""
        status, answer = await self.new("POST", "/v1.0/card/instances/createAndDeliver", card(track, *people, **more))
        assert status == 200, answer
        assert all(row["success"] for row in answer["result"]["deliverResults"]), answer


def card(track: str, *people: str, **more: Any) -> dict[str, Any]:
    """The body of a createAndDeliver."""
    buttons = [
        {"id": word, "text": text, "color": "blue", "request": True, "params": {"id": word}}
        for word, text in (("approve", "同意"), ("reject", "驳回"))
    ]
    params = {"title": "请假", "markdown": "一天", "sys_full_json_obj": json.dumps({"msgButtons": buttons})}
    return {
        "cardTemplateId": BUTTONS,
        "outTrackId": track,
        "callbackType": "STREAM",
        "userIdType": 1,
        "cardData": {"cardParamMap": params},
        "openSpaceId": "dtv1.card//" + ";".join(f"IM_ROBOT.{person}" for person in people),
        "imRobotOpenSpaceModel": {"supportForward": True, "lastMessageI18n": {"ZH_CN": "[审批] 请假"}},
        "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": APP},
        **more,
    }


def data_of(frame: dict[str, Any]) -> dict[str, Any]:
    """What a frame carries."""
    data: dict[str, Any] = json.loads(frame["data"])
    return data
