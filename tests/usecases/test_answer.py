"""Questions about the office are answered for the person who asks, from the flows and the address book."""

from dataclasses import replace

import pytest

from bot import flowfiles
from language.questions import read
from tests.store.office import SAID_AT, world
from usecases.answer import answer

WORLD = world()


def said(text: str, by: str = "lix") -> str:
    question = read(text)
    assert question is not None, text
    found = answer(question, by, SAID_AT, WORLD)
    assert found is not None, text
    return "\n".join(found)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("报销谁审批", ("王芳", "吴倩", "曹燕", "部门负责人")),
        ("请假要经过哪些人", ("天数不超过 1：部门主管 → 人事经理；抄送 总经理、人事专员", "天数超过 1")),
        ("用印需要什么材料", ("文件名称", "用印文件")),
        ("财务的会计是谁", ("邓爽", "冯华")),
        ("谁管印章", ("唐伟", "行政部")),
        ("市场部负责人是谁", ("王芳", "市场部经理")),
        ("我的直接主管是谁", ("陈静",)),
        ("李想的领导是谁", ("陈静",)),
        ("研发部有哪些人", ("刘洋", "谢敏", "吕哲")),
        ("王芳电话", ("13800001016",)),
        ("怎么联系小李", ("李想", "13800001018")),
        ("谁是火星专员", ("没有找到", "火星专员")),
    ],
)
def test_the_answer_names_people_and_rules(text: str, parts: tuple[str, ...]) -> None:
    answered = said(text)
    for part in parts:
        assert part in answered


def test_the_same_question_has_the_answer_of_whoever_asks() -> None:
    assert "王芳" in said("报销谁审批", "lix")
    assert "刘洋" in said("报销谁审批", "xiem")


def test_telephones_are_told_only_where_they_are_asked_for() -> None:
    assert "13800001016" not in said("市场部负责人是谁")
    assert "1380000" not in said("研发部有哪些人")


def test_what_the_office_does_not_know_is_left_to_others() -> None:
    question = read("买火箭谁审批")
    assert question is not None
    assert answer(question, "lix", SAID_AT, WORLD) is None


@pytest.mark.parametrize(
    ("text", "pack", "part"),
    [
        ("请假要提前几天", "robotics", "要提前 2 个工作日申请"),
        ("请假3天要提前几天", "robotics", "要提前 1 个工作日申请"),
        ("一个月能补卡几次", "classic", "每人每月最多 2 次"),
        ("请假要提前几天", "matrix", "没有提前时间和次数的要求"),
    ],
)
def test_rules_are_told_as_the_flow_has_them(text: str, pack: str, part: str) -> None:
    question = read(text)
    assert question is not None
    found = answer(question, "lix", SAID_AT, replace(WORLD, flows=flowfiles.load(pack)))
    assert found is not None
    assert part in found[1]


@pytest.mark.parametrize("text", ["苹果手机", "采购手机", "办公手机", "供应商联系方式", "给销售配手机"])
def test_things_that_sound_like_a_question_are_left_to_others(text: str) -> None:
    question = read(text)
    assert question is None or answer(question, "lix", SAID_AT, WORLD) is None
