"""A person taps a button: the callback goes out, the ack comes back within two seconds, the card changes (4.5, 4.6)."""

import asyncio
import time
from typing import Any

import orjson

from emulator.answers import No
from emulator.card_calls import params
from emulator.cards import Card, Cards, oversized
from emulator.chat import BOT
from emulator.fields import Body, Fields
from emulator.organization import UNION, union_id
from emulator.platform import Platform
from emulator.spaces import invalid
from emulator.stream import CALLBACK, Push

TOPIC = "/v1.0/card/instances/callback"


class Taps:
    """Does what DingTalk's client and server do between a tap and the changed card."""

    def __init__(self, platform: Platform, cards: Cards) -> None:
        self._platform, self._cards = platform, cards

    async def tap(self, card: Card, by: str, button: str, form: Body | None, repeat: int) -> Body:
        """The answer of the (last) tap; with repeats, all of them in `answers`."""
        if repeat <= 1:
            return await self._tap(card, by, button, form)
        answers = await asyncio.gather(*(self._tap(card, by, button, form) for _ in range(repeat)))
        return {**answers[-1], "answers": answers}

    async def _tap(self, card: Card, by: str, button: str, form: Body | None) -> Body:
        if not card.calls_back:  # made without callbackType STREAM: nothing happens, and nobody is told
            return {"ok": True, "milliseconds": 0.0, "ack": None, "card": self._cards.shown(card, by)}
        push = Push(card.client, CALLBACK, TOPIC, self._data(card, by, button, form))
        self._platform.calls.counts["month_messages"] += 1
        began = time.monotonic()
        card.open_taps += 1
        try:
            ack = await self._platform.stream.ask(push, self._platform.options.card_seconds)
        except ConnectionError:
            return self._failed(card, by, "no connection")
        finally:
            card.open_taps -= 1
        if ack is None:
            return self._failed(card, by, "timeout")
        taken = round((time.monotonic() - began) * 1000, 2)
        if ack.get("code") != 200:
            return self._failed(card, by, f"code {ack.get('code')}")
        response = _response(ack)
        try:
            self._apply(card, by, response)
        except No:
            self._platform.calls.complain(f"{card.track}: the answer to a tap is not valid")
            return self._failed(card, by, "the answer is not valid")
        return {"ok": True, "milliseconds": taken, "ack": response, "card": self._cards.shown(card, by)}

    def _failed(self, card: Card, by: str, error: str) -> Body:
        return {"ok": False, "error": error, "card": self._cards.shown(card, by)}

    def _data(self, card: Card, by: str, button: str, form: Body | None) -> bytes:
        row = self._cards.button(card, by, button)
        configured = row.get("params")
        given = {**configured} if isinstance(configured, dict) else {}
        if form is not None:
            given["form"] = form
        content = orjson.dumps({"cardPrivateData": {"actionIds": [button], "params": given}}).decode()
        conversation = card.seen_by.get(by, BOT)
        return orjson.dumps(
            {
                "type": "actionCallback",
                "outTrackId": card.track,
                "corpId": self._platform.organization.corp,
                "userId": union_id(by) if card.user_id_type == UNION else by,
                "userIdType": card.user_id_type,
                "spaceType": "im",
                "spaceId": conversation if conversation in self._platform.organization.groups else f"cid{by}==",
                "extension": "{}",
                "content": content,
                "value": content,
            }
        )

    def _apply(self, card: Card, by: str, response: Body) -> None:
        fields = Fields(response, invalid)
        public, private = params(response.get("cardData")), params(response.get("userPrivateData"))
        if public is None and private is None:
            return
        for wrong in oversized(public or {}, private or {}):
            if wrong.refused:
                raise invalid(wrong.what)
            self._platform.calls.warn(f"{card.track}: {wrong.what}")
        options = fields.within("cardUpdateOptions")
        card.update(
            public, None if private is None else {by: private},
            public_by_key=options.flag("updateCardDataByKey"), private_by_key=options.flag("updatePrivateDataByKey"),
        )  # fmt: skip
        self._platform.chat.touch_card(card.track)


def _response(ack: dict[str, Any]) -> Body:
    try:
        response = orjson.loads(ack.get("data") or "{}").get("response")
    except (orjson.JSONDecodeError, AttributeError):
        return {}
    return response if isinstance(response, dict) else {}
