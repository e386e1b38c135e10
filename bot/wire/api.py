"""The platform's calls that the product makes, by name (contract 3, 4, 6)."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
import orjson

from bot.wire.call import Caller
from bot.wire.errors import NotDelivered
from bot.wire.gateway import Credentials
from bot.wire.pace import Bucket, MemoryBucket, Rate
from bot.wire.telling import tell
from bot.wire.token import MemoryTokens, TokenCache

Texts = Mapping[str, str]
_NOTHING: Final[Mapping[str, Texts]] = {}
_PAGE: Final = 100
_ROLES: Final = 200
_REPORTS: Final = 20
RECEIVERS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of a message to several people. Those `slowed` were not reached: send to them again later."""

    query_key: str
    invalid: tuple[str, ...]
    slowed: tuple[str, ...]


class DingTalk:
    """The platform as one app sees it. Every method raises what `bot.wire.errors` names."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        credentials: Credentials,
        *,
        robot: str = "",
        tokens: TokenCache | None = None,
        bucket: Bucket | None = None,
        spent: Callable[[str], None] = lambda api: None,
    ) -> None:
        self._robot = robot or credentials.client_id
        self._call = Caller(session, credentials, tokens or MemoryTokens(), bucket or MemoryBucket(Rate()), spent)

    @property
    def caller(self) -> Caller:
        """For calls that have a module of their own: attendance."""
        return self._call

    async def create_and_deliver(
        self,
        *,
        track: str,
        template: str,
        card: Texts,
        private: Mapping[str, Texts] = _NOTHING,
        person: str = "",
        group: str = "",
        summary: str = "",
        taps: bool = True,
    ) -> None:
        """Shows a new card to one person, or in one group. `summary` stands in the list of chats.

        Without `taps` its buttons never call back.

        Raises AlreadyExists when the track is taken, NotDelivered when the card was made but not shown: then `deliver`.
        """
        model = f"im{'Group' if group else 'Robot'}OpenSpaceModel"
        body = {
            "cardTemplateId": template,
            "outTrackId": track,
            **({"callbackType": "STREAM"} if taps else {}),
            "userIdType": 1,
            **_card_data(card, private),
            **self._space(person, group),
            model: {"supportForward": False, "lastMessageI18n": {"ZH_CN": summary}},
        }
        answer = await self._call.new("POST", "/v1.0/card/instances/createAndDeliver", body)
        _check_delivered(_row(answer).get("deliverResults"))

    async def deliver(self, *, track: str, person: str = "", group: str = "") -> None:
        """Shows a card that was made. Raises NotDelivered as above."""
        body = {"outTrackId": track, "userIdType": 1, **self._space(person, group)}
        _check_delivered(_rows(await self._call.new("POST", "/v1.0/card/instances/deliver", body)))

    async def update_card(self, *, track: str, card: Texts, private: Mapping[str, Texts] = _NOTHING) -> None:
        """Changes the named values of a card wherever it is shown. One writer a card: the last one wins."""
        body = {
            "outTrackId": track,
            "userIdType": 1,
            **_card_data(card, private),
            "cardUpdateOptions": {"updateCardDataByKey": True, "updatePrivateDataByKey": True},
        }
        await self._call.new("PUT", "/v1.0/card/instances", body)

    def _space(self, person: str, group: str) -> dict[str, Any]:
        """Where a card is shown: one person's chat with the robot, or one group."""
        if group:
            return {
                "openSpaceId": f"dtv1.card//IM_GROUP.{group}",
                "imGroupOpenDeliverModel": {"robotCode": self._robot},
            }
        model = {"spaceType": "IM_ROBOT", "robotCode": self._robot}
        return {"openSpaceId": f"dtv1.card//IM_ROBOT.{person}", "imRobotOpenDeliverModel": model}

    async def attend(self, facts: Texts) -> None:
        """Tells attendance of an approved case, or that it is not approved any more; repeatable (contract 7.3)."""
        await tell(self._call, facts)

    async def batch_send(
        self, people: Sequence[str], *, text: str = "", title: str = "", media: str = "", name: str = ""
    ) -> Sent:
        """Says something to at most 20 people, each in their own chat; with a title the text is Markdown; with `media`
        it is that picture, or with a `name` that file.

        Cannot be repeated safely: the platform knows no key for it.
        """
        if len(people) > RECEIVERS:
            raise ValueError(f"{len(people)} receivers, the platform takes {RECEIVERS}")
        body = {"robotCode": self._robot, "userIds": list(people), **_words(title, text, media, name)}
        answer = await self._call.new("POST", "/v1.0/robot/oToMessages/batchSend", body)
        return Sent(
            query_key=str(answer.get("processQueryKey", "")),
            invalid=tuple(answer.get("invalidStaffIdList") or ()),
            slowed=tuple(answer.get("flowControlledStaffIdList") or ()),
        )

    async def group_send(self, group: str, *, text: str = "", title: str = "", media: str = "", name: str = "") -> str:
        """The same in a group that the robot is in; the key names the message afterwards. Not repeatable."""
        body = {"robotCode": self._robot, "openConversationId": group, **_words(title, text, media, name)}
        answer = await self._call.new("POST", "/v1.0/robot/groupMessages/send", body)
        return str(answer.get("processQueryKey", ""))

    async def upload(self, kind: str, name: str, content: bytes) -> str:
        """Takes an `image` or a `file` (at most 20 MB); answers the media id that messages show (contract 3.5)."""
        answer = await self._call.upload("/media/upload", kind, name, content)
        return str(answer.get("media_id", ""))

    async def reply(self, webhook: str, *, text: str, title: str = "", at: Sequence[str] = ()) -> None:
        """Answers where the message came from. Raises Refused 300001 when the session is over: use batch_send then."""
        if at:
            text = " ".join([*(f"@{person}" for person in at), text])
        body: dict[str, Any] = {"at": {"atUserIds": list(at)}} if at else {}
        if title:
            body |= {"msgtype": "markdown", "markdown": {"title": title, "text": text}}
        else:
            body |= {"msgtype": "text", "text": {"content": text}}
        await self._call.post(webhook, body)

    async def ding(self, people: Sequence[str], text: str) -> None:
        """An urgent note inside the app. Organisations on the free edition are Refused (contract 3.4)."""
        body = {"robotCode": self._robot, "remindType": 1, "receiverUserIdList": list(people), "content": text}
        await self._call.new("POST", "/v1.0/robot/ding/send", body)

    async def subdepartments(self, department: int) -> list[dict[str, Any]]:
        """The departments right below one, without their leaders."""
        return _rows(await self._call.legacy("/topapi/v2/department/listsub", {"dept_id": department}))

    async def department(self, department: int) -> dict[str, Any]:
        """One department, with its leaders."""
        return _row(await self._call.legacy("/topapi/v2/department/get", {"dept_id": department}))

    async def members(self, department: int) -> AsyncIterator[dict[str, Any]]:
        """Everybody who belongs to a department itself, without their managers and roles."""
        cursor: object = 0
        while cursor is not None:
            body = {"dept_id": department, "cursor": cursor, "size": _PAGE}
            page = _row(await self._call.legacy("/topapi/v2/user/list", body))
            for person in page.get("list") or ():
                yield person
            cursor = page.get("next_cursor") if page.get("has_more") in (True, "true") else None

    async def person(self, userid: str) -> dict[str, Any]:
        """One person, with manager and roles."""
        return _row(await self._call.legacy("/topapi/v2/user/get", {"userid": userid, "language": "zh_CN"}))

    async def roles(self) -> AsyncIterator[dict[str, Any]]:
        """Every role: `id` and `name`."""
        offset = 0
        while True:
            page = _row(await self._call.legacy("/topapi/role/list", {"size": _ROLES, "offset": offset}))
            for group in page.get("list") or ():
                for role in group.get("roles") or ():
                    yield role
            if page.get("hasMore") not in (True, "true"):
                return
            offset += _ROLES

    async def holders(self, role: int) -> AsyncIterator[str]:
        """The userids of everybody who has a role."""
        offset: object = 0
        while offset is not None:
            body = {"role_id": role, "size": _PAGE, "offset": offset}
            page = _row(await self._call.legacy("/topapi/role/simplelist", body))
            for person in page.get("list") or ():
                yield str(person["userid"])
            offset = page.get("nextCursor") if page.get("hasMore") in (True, "true") else None

    async def reports(
        self, *, start_ms: int, end_ms: int, changed_since_ms: int, changed_until_ms: int
    ) -> AsyncIterator[dict[str, Any]]:
        """The logs on the platform's form that were filed from start to end (at most 180 days) and changed in the time
        besides, with what they say."""
        cursor: object = 0
        while cursor is not None:
            body = {
                "start_time": start_ms, "end_time": end_ms, "modified_start_time": changed_since_ms,
                "modified_end_time": changed_until_ms, "cursor": cursor, "size": _REPORTS,
            }  # fmt: skip
            page = _row(await self._call.legacy("/topapi/report/list", body))
            for report in page.get("data_list") or ():
                yield report
            cursor = page.get("next_cursor") if page.get("has_more") in (True, "true") else None


def _check_delivered(results: object) -> None:
    for result in results if isinstance(results, list) else ():
        if result.get("success") is False:
            raise NotDelivered("deliver", str(result.get("errorMsg", "")))


def _card_data(card: Texts, private: Mapping[str, Texts]) -> dict[str, Any]:
    data: dict[str, Any] = {"cardData": {"cardParamMap": dict(card)}} if card else {}
    if private:
        data["privateData"] = {person: {"cardParamMap": dict(texts)} for person, texts in private.items()}
    return data


def _words(title: str, text: str, media: str = "", name: str = "") -> dict[str, str]:
    key, param = ("sampleMarkdown", {"title": title, "text": text}) if title else ("sampleText", {"content": text})
    if media and name:
        ending = name.rpartition(".")[2].lower()
        key, param = "sampleFile", {"mediaId": media, "fileName": name, "fileType": ending}
    elif media:
        key, param = "sampleImageMsg", {"photoURL": media}
    return {"msgKey": key, "msgParam": orjson.dumps(param).decode()}


def _row(answer: Mapping[str, Any]) -> dict[str, Any]:
    result = answer.get("result")
    return result if isinstance(result, dict) else {}


def _rows(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    result = answer.get("result")
    return result if isinstance(result, list) else []
