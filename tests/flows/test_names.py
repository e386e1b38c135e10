"""Every flow of every pack is started by its name, and by what people say when they want it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot import flowfiles, organizationfile
from bot.chat import SAMPLE
from cards.card import Frame
from handlers.inbound import Message
from handlers.messages import on_message
from language.statutory import statutory_workdays
from usecases.ports import World

PEOPLE = organizationfile.load(SAMPLE)
PACKS = {pack: flowfiles.load(pack) for pack in ("matrix", "classic", "common", "robotics")}
FLOWS = [(pack, flow.id) for pack, flows in PACKS.items() for flow in flows.values()]
SENTENCES = [
    ("matrix", "要盖个章", "seal_use"),
    ("matrix", "帮我盖公章，合同一式两份", "seal_use"),
    ("matrix", "打车票报一下 128.5", "expense"),
    ("matrix", "申请用车，明天下午去机场接客户", "vehicle"),
    ("matrix", "想招人，前端工程师两名", "recruitment"),
    ("matrix", "我想转正", "probation_confirmation"),
    ("matrix", "申请备用金 5000 元，展会用", "petty_cash"),
    ("matrix", "付款给上海印刷厂 12000 元", "payment"),
    ("matrix", "工资预支 3000", "salary_advance"),
    ("matrix", "采购两台显示器，大概 3000 元", "goods_purchase"),
    ("matrix", "报销 打车 45.5，午餐 128 元", "expense"),
    ("matrix", "采购 A4纸 10 包 每包 25 元", "goods_purchase"),
    ("matrix", "领用两盒签字笔", "supplies"),
    ("matrix", "忘打卡了，昨天下班的", "clock_correction"),
    ("matrix", "明天下午请半天病假", "leave"),
    ("matrix", "下周一到周三去上海出差", "business_trip"),
    ("matrix", "休假单 下周五", "rest_day"),
    ("matrix", "拜访计划 下周二去永辉超市", "visit_plan"),
    ("classic", "下周三跟陈静换班", "shift_swap"),
    ("classic", "明晚招待客户 6 个人", "hospitality"),
    ("classic", "报损一批杯子", "write_off"),
    ("common", "立项：新官网", "project_initiation"),
]
NOT_ASKED = [
    ("matrix", "报销流程是什么"),
    ("matrix", "用印找谁审批？"),
    ("matrix", "盖章的地方在几楼？"),
    ("matrix", "大家注意，付款流程有调整"),
    ("matrix", "王芳的用车申请批了吗"),
]


def flow_of(pack: str, text: str) -> str | None:
    frame = Frame(names=PEOPLE.name_of, zone=ZoneInfo("Asia/Shanghai"), dialect="plain")
    world = World(organization=PEOPLE, flows=PACKS[pack], workdays=statutory_workdays(), frame=frame)
    message = Message(
        robot="r", id="1", sender="lix", nick="", conversation="c", group=False, title="", text=text, kind="text",
        said_at=datetime(2026, 11, 24, 2, 0, tzinfo=UTC), push="p",
    )  # fmt: skip
    heard = on_message(message, world)
    return heard.flow.id if heard is not None and heard.flow is not None else None


@pytest.mark.parametrize(("pack", "flow"), FLOWS)
def test_a_flow_is_started_by_its_name_and_its_words(pack: str, flow: str) -> None:
    title, words = PACKS[pack][flow].title, PACKS[pack][flow].words
    for said in (title, f"我要{title}", *words, *(f"申请{word}" for word in words)):
        assert flow_of(pack, said) == flow, said


@pytest.mark.parametrize(("pack", "text", "flow"), SENTENCES)
def test_a_sentence_finds_its_flow(pack: str, text: str, flow: str) -> None:
    assert flow_of(pack, text) == flow


@pytest.mark.parametrize(("pack", "text"), NOT_ASKED)
def test_who_only_asks_or_tells_files_nothing(pack: str, text: str) -> None:
    assert flow_of(pack, text) is None
