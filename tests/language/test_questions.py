"""Questions that the office can answer are told apart, with what they are about."""

import pytest

from language.questions import About, read


@pytest.mark.parametrize(
    ("said", "about", "subject", "where"),
    [
        ("请年假要提前几天", "lead", "请年假", ""),
        ("出差需要提前多久申请？", "lead", "出差", ""),
        ("请5天事假要提前几个工作日申请", "lead", "请5天事假", ""),
        ("报销谁审批", "route", "报销", ""),
        ("请问报销5000元找谁批？", "route", "报销5000元", ""),
        ("请假3天要经过哪些人", "route", "请假3天", ""),
        ("谁批请假", "route", "请假", ""),
        ("用印的审批流程是什么", "route", "用印", ""),
        ("采购流程怎么走", "route", "采购", ""),
        ("报销需要什么材料", "form", "报销", ""),
        ("用印要准备哪些资料？", "form", "用印", ""),
        ("一个月能补几次卡", "limit", "补", ""),
        ("补卡有次数限制吗", "limit", "补卡", ""),
        ("王芳电话", "phone", "王芳", ""),
        ("王芳的手机号是多少", "phone", "王芳", ""),
        ("怎么联系财务的小李？", "phone", "财务的小李", ""),
        ("财务的会计是谁", "post", "会计", "财务"),
        ("出纳是谁", "post", "出纳", ""),
        ("谁是人事专员", "post", "人事专员", ""),
        ("谁管印章", "post", "印章", ""),
        ("盖章找谁", "post", "盖章", ""),
        ("市场部负责人是谁", "leader", "市场部", ""),
        ("我的直接主管是谁", "leader", "我", ""),
        ("李想的领导是谁", "leader", "李想", ""),
        ("研发部有哪些人", "team", "研发部", ""),
        ("李想是哪个部门的", "person", "李想", ""),
        ("我的报销到哪一步了", "mine", "报销", ""),
        ("我的假批了吗", "mine", "我的假", ""),
    ],
)
def test_a_question_is_told_with_its_subject(said: str, about: About, subject: str, where: str) -> None:
    found = read(said)
    assert found is not None
    assert (found.about, found.subject, found.where) == (about, subject, where)


@pytest.mark.parametrize(("said", "plainly"), [("王芳电话", False), ("王芳的电话", True), ("谁管印章", True)])
def test_two_words_are_perhaps_no_question(said: str, plainly: bool) -> None:
    found = read(said)
    assert found is not None
    assert found.plainly is plainly


@pytest.mark.parametrize(
    "said", ["明天下午请半天病假", "今天天气怎么样", "报销打车费 45 元", "同意", "几点下班", "", "？", "谁" * 5000]
)
def test_what_is_no_such_question_is_none(said: str) -> None:
    assert read(said) is None
