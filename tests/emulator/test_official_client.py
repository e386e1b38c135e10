"""The platform's own REST client, unchanged, works with the emulator: tokens, robots, cards, people."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from alibabacloud_dingtalk.card_1_0 import models as card_models
from alibabacloud_dingtalk.card_1_0.client import Client as CardClient
from alibabacloud_dingtalk.contact_1_0 import models as contact_models
from alibabacloud_dingtalk.contact_1_0.client import Client as ContactClient
from alibabacloud_dingtalk.oauth2_1_0 import models as token_models
from alibabacloud_dingtalk.oauth2_1_0.client import Client as TokenClient
from alibabacloud_dingtalk.robot_1_0 import models as robot_models
from alibabacloud_dingtalk.robot_1_0.client import Client as RobotClient
from alibabacloud_tea_openapi.models import Config
from alibabacloud_tea_util.models import RuntimeOptions

from tests.emulator.home import APP, BUTTONS, GROUP, MARKDOWN, SECRET, Home

Ask = Callable[..., Awaitable[Any]]


class Refused(Exception):
    """What the client says of a refusal: the platform's code and status."""

    def __init__(self, error: Any) -> None:
        self.code, self.status = error.code, error.statusCode
        super().__init__(error.message)


def config(home: Home) -> Any:
    return Config(protocol="http", endpoint=urlsplit(home.address).netloc, region_id="central")


@pytest.fixture(autouse=True)
def directly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not through a proxy, whatever the environment says."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def ask(home: Home) -> Ask:
    """Call a method of a client; the answer's body."""

    async def call(client: Any, models: Any, method: str, request: Any, token: str = "") -> Any:
        headers = getattr(models, type(request).__name__.replace("Request", "Headers"))
        said = headers(x_acs_dingtalk_access_token=token or await home.token())
        bound = getattr(client(config(home)), f"{method}with_options")
        try:
            return (await asyncio.to_thread(bound, request, said, RuntimeOptions(autoretry=False))).body
        except Exception as error:
            if hasattr(error, "statusCode"):
                raise Refused(error) from None
            raise

    return call


async def token(home: Home, secret: str) -> Any:
    asked = token_models.GetAccessTokenRequest(app_key=APP, app_secret=secret)
    return (await asyncio.to_thread(TokenClient(config(home)).get_access_token, asked)).body


async def test_it_gets_a_token_and_is_told_of_a_wrong_secret(home: Home) -> None:
    given = await token(home, SECRET)
    assert (given.access_token, given.expire_in) == (await home.token(), 7200)
    with pytest.raises(Exception, match="clientSecret") as refusal:
        await token(home, "wrong")
    assert getattr(refusal.value, "code", None) == "invalidClientIdOrSecret"


async def test_a_token_that_ended_is_told_by_its_code(home: Home, ask: Ask) -> None:
    asked = contact_models.SearchUserRequest(query_word="李娜", offset=0, size=10)
    with pytest.raises(Refused) as refusal:
        await ask(ContactClient, contact_models, "search_user_", asked, "worn-out")
    assert (refusal.value.code, refusal.value.status) == ("InvalidAuthentication", 400)


async def test_it_sends_reads_who_has_read_and_takes_back(home: Home, ask: Ask) -> None:
    words = {"robot_code": APP, "msg_key": "sampleMarkdown", "msg_param": '{"title":"早","text":"**开会**"}'}
    to_people = robot_models.BatchSendOTORequest(user_ids=["lina", "nobody"], **words)
    sent = await ask(RobotClient, robot_models, "batch_send_oto", to_people)
    assert sent.invalid_staff_id_list == ["nobody"]
    assert [item["text"] for item in await home.sees("lina")] == ["**开会**"]
    await home.control("POST", "/read", {"viewer": "lina"})
    receipt = robot_models.BatchOTOQueryRequest(robot_code=APP, process_query_key=sent.process_query_key)
    read = await ask(RobotClient, robot_models, "batch_otoquery_", receipt)
    assert [(one.user_id, one.read_status) for one in read.message_read_info_list] == [("lina", "READ")]
    recall = robot_models.BatchRecallOTORequest(robot_code=APP, process_query_keys=[sent.process_query_key])
    gone = await ask(RobotClient, robot_models, "batch_recall_oto", recall)
    assert (gone.success_result, await home.sees("lina")) == ([sent.process_query_key], [])
    to_group = robot_models.OrgGroupSendRequest(open_conversation_id=GROUP, **words)
    assert (await ask(RobotClient, robot_models, "org_group_send_", to_group)).process_query_key
    ding = robot_models.RobotSendDingRequest(
        robot_code=APP, remind_type=1, receiver_user_id_list=["lina"], content="请审批"
    )
    assert (await ask(RobotClient, robot_models, "robot_send_ding_", ding)).open_ding_id
    assert [item["kind"] for item in await home.sees("lina")] == ["markdown", "ding"]


async def test_a_refusal_reaches_it_with_the_platform_s_code(home: Home, ask: Ask) -> None:
    empty = robot_models.BatchSendOTORequest(robot_code=APP, user_ids=[], msg_key="sampleText", msg_param="{}")
    with pytest.raises(Refused) as refusal:
        await ask(RobotClient, robot_models, "batch_send_oto", empty)
    assert (refusal.value.code, refusal.value.status) == ("invalidParameter.userIds.empty", 400)
    await home.trouble("rate_limit", count=1)
    with pytest.raises(Refused) as refusal:
        await ask(RobotClient, robot_models, "batch_send_oto", empty)
    assert (refusal.value.code, refusal.value.status) == ("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", 403)
    unknown = robot_models.QueryRobotPluginRequest(robot_code=APP)
    with pytest.raises(Refused) as refusal:
        await ask(RobotClient, robot_models, "query_robot_plugin_", unknown)
    assert (refusal.value.code, refusal.value.status) == ("InvalidAction.NotFound", 404)


async def test_it_shows_a_card_and_changes_it_for_all_and_for_one(home: Home, ask: Ask) -> None:
    buttons = json.dumps({"msgButtons": [{"id": "agree", "text": "同意", "request": True}]})
    public = {"title": "请假", "markdown": "一天", "sys_full_json_obj": buttons}
    made = card_models.CreateAndDeliverRequest(
        card_template_id=BUTTONS, out_track_id="c1", callback_type="STREAM", user_id_type=1,
        card_data=card_models.CreateAndDeliverRequestCardData(card_param_map=public),
        private_data={"lina": card_models.PrivateDataValue(card_param_map={"tips": "等你"})},
        open_space_id="dtv1.card//IM_ROBOT.lina;IM_ROBOT.boss",
        im_robot_open_space_model=card_models.CreateAndDeliverRequestImRobotOpenSpaceModel(support_forward=True),
        im_robot_open_deliver_model=card_models.CreateAndDeliverRequestImRobotOpenDeliverModel(space_type="IM_ROBOT"),
    )  # fmt: skip
    shown = await ask(CardClient, card_models, "create_and_deliver_", made)
    assert [(one.space_id, one.success) for one in shown.result.deliver_results] == [("lina", True), ("boss", True)]
    seen = await home.card("lina", "c1")
    assert (seen["markdown"], seen["tips"], seen["buttons"][0]["id"]) == ("一天", "等你", "agree")
    by_key = card_models.UpdateCardRequestCardUpdateOptions(
        update_card_data_by_key=True, update_private_data_by_key=True
    )
    changed = card_models.UpdateCardRequest(
        out_track_id="c1", card_update_options=by_key,
        card_data=card_models.UpdateCardRequestCardData(card_param_map={"markdown": "两天"}),
        private_data={"boss": card_models.PrivateDataValue(card_param_map={"tips": "已阅"})},
    )  # fmt: skip
    assert (await ask(CardClient, card_models, "update_card_", changed)).success
    cards = [await home.card(person, "c1") for person in ("lina", "boss")]
    assert [(one["title"], one["markdown"], one["tips"]) for one in cards] == [
        ("请假", "两天", "等你"), ("请假", "两天", "已阅"),
    ]  # fmt: skip
    with pytest.raises(Refused) as refusal:
        await ask(CardClient, card_models, "create_and_deliver_", made)
    assert refusal.value.code == "param.cardAlreadyExist"


async def test_it_makes_a_card_first_and_delivers_it_to_a_group_later(home: Home, ask: Ask) -> None:
    made = card_models.CreateCardRequest(
        card_template_id=MARKDOWN, out_track_id="c2",
        card_data=card_models.CreateCardRequestCardData(card_param_map={"markdown": "通知"}),
        im_group_open_space_model=card_models.CreateCardRequestImGroupOpenSpaceModel(support_forward=True),
    )  # fmt: skip
    assert (await ask(CardClient, card_models, "create_card_", made)).result == "c2"
    model = card_models.DeliverCardRequestImGroupOpenDeliverModel(robot_code=APP, at_user_ids={"lina": "李娜"})
    sent = card_models.DeliverCardRequest(
        out_track_id="c2", open_space_id=f"dtv1.card//IM_GROUP.{GROUP}", im_group_open_deliver_model=model
    )
    results = (await ask(CardClient, card_models, "deliver_card_", sent)).result
    assert [one.success for one in results] == [True]
    (item,) = await home.sees("zhaolei", GROUP)
    assert (item["text"], item["at"]) == ("通知", ["lina"])


async def test_it_finds_people_and_departments_by_name(home: Home, ask: Ask) -> None:
    async def people(word: str, **more: Any) -> Any:
        asked = contact_models.SearchUserRequest(query_word=word, offset=0, size=1, **more)
        return await ask(ContactClient, contact_models, "search_user_", asked)

    assert [(await people(word)).list for word in ("李娜", "芳", "没有")] == [["lina"], ["wangfang"], []]
    assert ((await people("芳", full_match_field=1)).list, (await people("李娜")).total_count) == ([], 1)
    asked = contact_models.SearchDepartmentRequest(query_word="组", offset=0, size=10)
    found = await ask(ContactClient, contact_models, "search_department_", asked)
    assert (found.list, found.has_more) == ([3], False)
