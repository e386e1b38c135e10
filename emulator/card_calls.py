"""The calls about cards: create, deliver, both at once, update; the platform's checks in its order (contract 4)."""

import uuid
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from emulator.answers import new_no, ok
from emulator.cards import MARKDOWN, Card, Cards, Params, oversized
from emulator.chat import now_ms
from emulator.fields import Body, Fields
from emulator.organization import UNION
from emulator.platform import Call, Platform
from emulator.spaces import Space, check, in_group, invalid, models, spaces

_TRACK = 100  # characters


class CardCalls:
    """The handlers; `Platform` lets the calls in."""

    def __init__(self, platform: Platform, cards: Cards) -> None:
        self._platform, self._cards = platform, cards

    def add(self, app: web.Application) -> None:
        """The routes."""
        new = self._platform.new
        app.router.add_post("/v1.0/card/instances", new(self._create))
        app.router.add_post("/v1.0/card/instances/deliver", new(self._deliver))
        app.router.add_post("/v1.0/card/instances/createAndDeliver", new(self._create_and_deliver))
        app.router.add_put("/v1.0/card/instances", new(self._update))
        app.router.add_put("/v1.0/card/instances/spaces", new(self._add_spaces))

    async def _create(self, call: Call) -> web.Response:
        """Make an instance; nobody sees it yet."""
        card = self._made(call)
        self._keep(card)
        return ok({"success": True, "result": card.track})

    async def _deliver(self, call: Call) -> web.Response:
        """Show an instance in spaces."""
        card = self._found(call)
        places = spaces(call.body)
        check(places, card.models, self._robots(call.client))
        return ok({"success": True, "result": self._shown(call, card, places)})

    async def _create_and_deliver(self, call: Call) -> web.Response:
        """Both at once; a space that fails does not undo the card."""
        card = self._made(call)
        places = spaces(call.body)
        check(places, card.models, self._robots(call.client))
        self._keep(card)
        results = self._shown(call, card, places)
        return ok({"success": True, "result": {"outTrackId": card.track, "deliverResults": results}})

    async def _update(self, call: Call) -> web.Response:
        """Change values, merged by key or replaced."""
        card, fields = self._found(call), Fields(call.body, invalid)
        id_type = _id_type(fields)
        options = fields.within("cardUpdateOptions")
        public, private = self._data(fields, id_type, card.track)
        if public is None and private is None:
            raise new_no(400, "param.cardDataAndPrivateDataBothEmpty", "cardData and privateData are both empty")
        if card.open_taps:
            self._platform.calls.complain(f"{card.track}: PUT while its callback is open")  # contract 4.6
        by_key = options.flag("updateCardDataByKey"), options.flag("updatePrivateDataByKey")
        card.update(public, private, public_by_key=by_key[0], private_by_key=by_key[1])
        self._platform.chat.touch_card(card.track)
        return ok({"success": True, "result": True})

    async def _add_spaces(self, call: Call) -> web.Response:
        """Let an instance be delivered to further kinds of spaces."""
        card = self._found(call)
        card.models |= set(models(call.body))
        return ok({"success": True, "result": True})

    # ── making ──────────────────────────────────────────────────────────────────────────────

    def _found(self, call: Call) -> Card:
        track = Fields(call.body, invalid).text("outTrackId")
        if not track:
            raise new_no(400, "param.outTrackIdEmpty", "outTrackId is empty")
        card = self._cards.by_track.get(track)
        if card is None or card.client != call.client:
            raise new_no(400, "param.cardNotExist", "card does not exist")
        return card

    def _made(self, call: Call) -> Card:
        """An instance out of the body, not kept yet."""
        fields = Fields(call.body, invalid)
        template, track = fields.text("cardTemplateId"), fields.text("outTrackId")
        if not template:
            raise new_no(400, "param.cardTemplateIdEmpty", "cardTemplateId is empty")
        if not track:
            raise new_no(400, "param.outTrackIdEmpty", "outTrackId is empty")
        if call.body.get("cardData") is None:
            raise new_no(400, "param.empty", "param cardData is empty")
        if template not in self._cards.templates:
            raise new_no(400, "param.templateNotExist", "template does not exist")
        if len(track) > _TRACK:
            raise invalid("outTrackId")
        if track in self._cards.by_track:
            raise new_no(400, "param.cardAlreadyExist", "card already exists")
        id_type = _id_type(fields)
        public, private = self._data(fields, id_type, track)
        callback = fields.text("callbackType")
        if callback not in ("", "STREAM", "HTTP") or (callback == "HTTP" and not fields.text("callbackRouteKey")):
            raise invalid("callbackType")
        creator = fields.text("userId")
        if creator and self._platform.organization.person(creator, id_type) is None:
            raise new_no(400, "param.userIdNotExist", "userId does not exist")
        kinds = models(call.body)
        summary = next(
            (text for model in kinds.values() if (text := model.within("lastMessageI18n").text("ZH_CN"))), ""
        )
        return Card(
            track=track, client=call.client, template=template, public=public or {}, private=private or {},
            calls_back=callback == "STREAM", user_id_type=id_type, models=set(kinds), last_message=summary,
        )  # fmt: skip

    def _keep(self, card: Card) -> None:
        self._cards.by_track[card.track] = card
        self._platform.calls.counts["cards"] += 1

    def _data(self, fields: Fields, id_type: int, track: str) -> tuple[Params | None, dict[str, Params] | None]:
        """The public values and those of each person (by userid), checked."""
        public = params(fields.body.get("cardData"))
        given = fields.table("privateData")
        private = {}
        for person, data in given.items():
            userid = self._platform.organization.person(person, id_type) if id_type == UNION else person
            if userid is None:
                raise new_no(400, "param.userIdNotExist", f"{person} does not exist")
            private[userid] = params(data) or {}
        for wrong in oversized(public or {}, *private.values()):
            if wrong.refused:
                raise invalid(wrong.what)
            self._platform.calls.warn(f"{track}: {wrong.what}")
        return public, private if fields.body.get("privateData") is not None else None

    # ── delivering ──────────────────────────────────────────────────────────────────────────

    def _robots(self, client: str) -> set[str]:
        return {client, self._platform.organization.robot(client)}

    def _shown(self, call: Call, card: Card, places: list[Space]) -> list[Body]:
        """What became of each place."""
        id_type = _id_type(Fields(call.body, invalid)) if "userIdType" in call.body else card.user_id_type
        results = []
        for place in places:
            carrier = uuid.uuid4().hex
            error = self._show(card, place, id_type, carrier)
            row = {"spaceType": place.kind, "spaceId": place.target, "success": not error}
            results.append({**row, "carrierId": "" if error else carrier, "errorMsg": error})
        return results

    def _show(self, card: Card, place: Space, id_type: int, carrier: str) -> str:
        """Put the card into a conversation; the reason why not, or nothing."""
        organization, chat = self._platform.organization, self._platform.chat
        at: tuple[str, ...] = ()
        if in_group(place.kind):
            group = organization.groups.get(place.target)
            if group is None:
                return "openConversationId is not exist"
            if card.client not in organization.robots_in(group):
                return "robot is not in the group"
            only = [organization.person(person, id_type) for person in place.model.texts("recipients")]
            conversation = place.target
            people = tuple(person for person in group["members"] if not only or person in only)
            marked = place.model.table("atUserIds")
            at = tuple(person for person in people if person in marked or "@ALL" in marked)
        else:
            userid = organization.person(place.target, id_type) if place.kind == "IM_ROBOT" else None
            if userid is None:
                return "userId is not exist"
            conversation, people = self._platform.chat_of(card.client), (userid,)
        card.seen_by |= dict.fromkeys(people, conversation)
        kind = "markdown" if card.template == MARKDOWN and not card.calls_back else "card"
        title = self._cards.shown(card, None)["title"]
        sender = self._platform.chat_of(card.client)
        chat.add(
            conversation, sender, kind, people, title=title, track=card.track, at=at, key=carrier, client=card.client,
            created_at=now_ms(),
        )  # fmt: skip
        return ""


def params(data: Any) -> Params | None:
    """cardParamMap: strings only. None when there is none."""
    if data is None:
        return None
    values = data.get("cardParamMap") if isinstance(data, Mapping) else None
    if not isinstance(values, dict):
        raise invalid("cardParamMap")
    for key, value in values.items():
        if not isinstance(value, str):
            raise invalid(f"cardParamMap.{key} must be a string")
    return dict(values)


def _id_type(fields: Fields) -> int:
    id_type = fields.whole("userIdType", 1)
    if id_type not in (1, UNION):
        raise invalid("userIdType")
    return id_type
