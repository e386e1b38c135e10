"""A bot on the unchanged `dingtalk-stream` client: tells on its output, one JSON object a line, what it heard."""

import asyncio
import json
import sys

import dingtalk_stream
from dingtalk_stream import AckMessage

SLOW_SECONDS = 0.8


def tell(what: str, **more: object) -> None:
    print(json.dumps({"what": what, **more}, ensure_ascii=False), flush=True)


class Chat(dingtalk_stream.ChatbotHandler):
    async def process(self, callback: dingtalk_stream.CallbackMessage) -> tuple[int, str]:
        message = dingtalk_stream.ChatbotMessage.from_dict(callback.data)
        text = "".join(message.get_text_list() or [])
        tell("message", text=text, sender=message.sender_staff_id, type=message.message_type, id=message.message_id)
        if text == "慢":
            await asyncio.sleep(SLOW_SECONDS)
            tell("slow is done")
        elif text == "卡片":
            card = dingtalk_stream.MarkdownButtonCardInstance(self.dingtalk_client, message)
            card.set_title_and_logo("请假", "")
            buttons = [{"text": "同意", "color": "blue", "id": "agree", "request": True}]
            await asyncio.to_thread(card.reply, "**一天**", buttons, "")
        elif text:
            await asyncio.to_thread(self.reply_text, f"收到：{text}", message)
        return AckMessage.STATUS_OK, "OK"


class Card(dingtalk_stream.CallbackHandler):
    async def process(self, callback: dingtalk_stream.CallbackMessage) -> tuple[int, dict[str, object]]:
        card = dingtalk_stream.CardCallbackMessage.from_dict(callback.data)
        tell("tap", track=card.card_instance_id, by=card.user_id, content=card.content)
        shown = {"markdown": f"{card.user_id} 已同意", "sys_full_json_obj": '{"msgButtons":[]}'}
        return AckMessage.STATUS_OK, {
            "cardUpdateOptions": {"updateCardDataByKey": True, "updatePrivateDataByKey": True},
            "cardData": {"cardParamMap": shown},
            "userPrivateData": {"cardParamMap": {"tips": "你已同意"}},
        }


class Events(dingtalk_stream.EventHandler):
    async def process(self, event: dingtalk_stream.EventMessage) -> tuple[int, str]:
        tell("event", type=event.headers.event_type, corp=event.headers.event_corp_id, people=event.data.get("userId"))
        return AckMessage.STATUS_OK, "OK"


def main() -> None:
    client_id, secret = sys.argv[1:]
    client = dingtalk_stream.DingTalkStreamClient(dingtalk_stream.Credential(client_id, secret))
    client.register_callback_handler(dingtalk_stream.ChatbotMessage.TOPIC, Chat())
    client.register_callback_handler(dingtalk_stream.Card_Callback_Router_Topic, Card())
    client.register_all_event_handler(Events())
    asyncio.run(client.start())


if __name__ == "__main__":
    main()
