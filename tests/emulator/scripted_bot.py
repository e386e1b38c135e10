"""A bot of a few lines on the platform's own wire, so that the page can be tried without the product."""

import asyncio
import contextlib
import json
import sys
from typing import Any

import aiohttp

BUTTONS_TEMPLATE = "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema"
FORM_TEMPLATE = "280f6d7a-63bc-4905-bf3f-4c6d95e5166b.schema"
MESSAGES, CARDS = "/v1.0/im/bot/messages/get", "/v1.0/card/instances/callback"
APPROVER = "lina"
PEOPLE = [{"value": f"p{number}", "text": f"同事{number}"} for number in range(1, 12)] + [
    {"value": "tom", "text": "Tom Lee"}
]
HALVES = [{"value": "am", "text": "上午"}, {"value": "pm", "text": "下午"}]
FIELDS = [
    {"name": "leave_type", "label": "假种", "type": "SELECT", "required": True, "requiredMsg": "请选择假种",
     "options": [{"value": "annual", "text": "年假"}, {"value": "sick", "text": "病假"}]},
    {"name": "start", "label": "开始日期", "type": "DATE", "required": True, "defaultValue": "2026-11-24"},
    {"name": "leave_at", "label": "离开时间", "type": "DATETIME"},
    {"name": "clock", "label": "钟点", "type": "TIME"},
    {"name": "days", "label": "天数", "type": "NUMBER"},
    {"name": "reason", "label": "事由", "type": "TEXT_AREA", "required": True, "requiredMsg": "请写明事由"},
    {"name": "contact", "label": "联系方式", "type": "TEXT"},
    {"name": "deputy", "label": "替班人", "type": "SELECT", "options": PEOPLE},
    {"name": "cc", "label": "抄送", "type": "MULTI_SELECT", "options": PEOPLE, "defaultValue": ["p1"]},
    {"name": "half", "label": "时段", "type": "CHECKBOX_GROUP", "options": HALVES},
    {"name": "urgent", "label": "紧急", "type": "SWITCH"},
    {"name": "handed", "label": "已交接", "type": "CHECKBOX"},
    {"name": "stops", "label": "行程", "type": "TEXT_ARRAY", "addText": "加一站"},
]  # fmt: skip


class Bot:
    def __init__(self, endpoint: str, client_id: str, secret: str, session: aiohttp.ClientSession) -> None:
        self.endpoint, self.client_id, self.secret, self.session = endpoint, client_id, secret, session
        self.count = 0

    async def live(self) -> None:
        while True:
            with contextlib.suppress(aiohttp.ClientError, OSError, KeyError):
                await self.connect()
            await asyncio.sleep(0.1)

    async def connect(self) -> None:
        topics = [{"type": "CALLBACK", "topic": topic} for topic in (MESSAGES, CARDS)]
        body = {
            "clientId": self.client_id,
            "clientSecret": self.secret,
            "subscriptions": topics,
            "ua": "scripted",
            "localIp": "127.0.0.1",
        }
        async with self.session.post(f"{self.endpoint}/v1.0/gateway/connections/open", json=body) as answer:
            opened = await answer.json()
        async with self.session.ws_connect(opened["endpoint"], params={"ticket": opened["ticket"]}) as socket:
            async for frame in socket:
                if frame.type is aiohttp.WSMsgType.TEXT:
                    await self.take(socket, json.loads(frame.data))

    async def take(self, socket: aiohttp.ClientWebSocketResponse, frame: dict[str, Any]) -> None:
        headers, data = frame["headers"], json.loads(frame["data"] or "{}")
        answer: object = data if frame["type"] == "SYSTEM" else {"response": {}}
        if headers["topic"] == CARDS:
            response = await self.tapped(data)
            if response is None:
                return  # the platform's two seconds pass
            answer = {"response": response}
        ack = {"code": 200, "message": "OK", "data": json.dumps(answer),
               "headers": {"messageId": headers["messageId"], "contentType": "application/json"}}  # fmt: skip
        await socket.send_json(ack)
        if headers["topic"] == MESSAGES:
            await self.said(data)

    async def said(self, message: dict[str, Any]) -> None:
        text, person = message.get("text", {}).get("content", "").strip(), message["senderStaffId"]
        self.count += 1
        if message["conversationType"] == "2":
            heard: dict[str, object] = {
                "msgtype": "text",
                "text": {"content": f"@{person} 收到：{text}"},
                "at": {"atUserIds": [person]},
            }
            await self.answer(message, heard)
        elif text == "表单":
            form = {
                "form": json.dumps({"fields": FIELDS}),
                "form_status": "normal",
                "form_btn_text": "提交",
                "title": "请假单",
            }
            await self.show(person, f"form-{self.count}", FORM_TEMPLATE, form)
        elif text.startswith("原样"):
            await self.answer(
                message, {"msgtype": "markdown", "markdown": {"title": "原样", "text": text[2:].lstrip()}}
            )
        elif text:
            await self.show(person, f"case-{self.count}-{person}", BUTTONS_TEMPLATE, draft(text))

    async def answer(self, message: dict[str, Any], body: dict[str, object]) -> None:
        await self.session.post(message["sessionWebhook"], json=body)

    async def tapped(self, data: dict[str, Any]) -> dict[str, object] | None:
        track, content = data["outTrackId"], json.loads(data["content"])["cardPrivateData"]
        button, params = content["actionIds"][0], content["params"]
        if track.startswith("form-"):
            shown = json.dumps(params["form"], ensure_ascii=False, sort_keys=True)
            return {"cardData": {"cardParamMap": {"form_status": "disabled", "title": f"已收到 {shown}"}}, **BY_KEY}
        if button == "slow":
            return None
        if button == "submit":
            await self.show(APPROVER, f"{track}-approver", BUTTONS_TEMPLATE, asked())
            return {"cardData": {"cardParamMap": plain("审批中", "⏳ 李娜（部门主管）审批中", "running")}}
        await self.update(track.removesuffix("-approver"), plain("已结束", f"✅ 李娜 {button}", "approved"))
        return {"cardData": {"cardParamMap": plain("已处理", f"你已处理：{button}", "approved")}}

    async def token(self) -> dict[str, str]:
        body = {"appKey": self.client_id, "appSecret": self.secret}
        async with self.session.post(f"{self.endpoint}/v1.0/oauth2/accessToken", json=body) as answer:
            return {"x-acs-dingtalk-access-token": (await answer.json())["accessToken"]}

    async def show(self, person: str, track: str, template: str, params: dict[str, str]) -> None:
        body = {
            "cardTemplateId": template, "outTrackId": track, "callbackType": "STREAM", "userIdType": 1,
            "cardData": {"cardParamMap": params},
            "openSpaceId": f"dtv1.card//IM_ROBOT.{person}", "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT"},
            "imRobotOpenSpaceModel": {"supportForward": False, "lastMessageI18n": {"ZH_CN": params["title"]}},
        }  # fmt: skip
        await self.session.post(
            f"{self.endpoint}/v1.0/card/instances/createAndDeliver", json=body, headers=await self.token()
        )

    async def update(self, track: str, params: dict[str, str]) -> None:
        body = {"outTrackId": track, "cardData": {"cardParamMap": params}}
        await self.session.put(f"{self.endpoint}/v1.0/card/instances", json=body, headers=await self.token())


BY_KEY = {"cardUpdateOptions": {"updateCardDataByKey": True, "updatePrivateDataByKey": True}}


def plain(title: str, markdown: str, status: str, *buttons: tuple[str, str, str]) -> dict[str, str]:
    shown = [
        {"id": key, "text": text, "color": color, "request": True, "params": {"id": key}}
        for key, text, color in buttons
    ]
    return {
        "title": title,
        "markdown": markdown,
        "status": status,
        "tips": "",
        "sys_full_json_obj": json.dumps({"msgButtons": shown}),
    }


def draft(text: str) -> dict[str, str]:
    buttons = [("submit", "提交", "blue"), ("slow", "慢", "gray"), ("cancel", "取消", "gray")]
    return plain(text, f"**事由**：{text}", "draft", *buttons)


def asked() -> dict[str, str]:
    return plain(
        "待你审批", "- 时长：0.5 天\n- 路线：李娜", "running", ("approve", "同意", "blue"), ("reject", "驳回", "red")
    )


async def main() -> None:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None, connect=5)) as session:
        endpoint, client_id, secret = sys.argv[1:]
        await Bot(endpoint, client_id, secret, session).live()


if __name__ == "__main__":
    asyncio.run(main())
