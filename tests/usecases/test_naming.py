"""Colleagues are found as people call them, and asked about where it could be somebody else."""

import pytest

from bot import organizationfile
from bot.chat import SAMPLE
from cards.card import Frame
from cards.refusals import sentence
from domain.errors import NameAmbiguous, NameUnknown
from domain.people import Department, Organization, Person
from tests.cards.samples import frame
from usecases.naming import mentioned, named_first, people_in

COMPANY = organizationfile.load(SAMPLE)
TEAM = Organization(
    people=[
        Person(userid="a", name="王芳", title="销售总监", departments=(2,)),
        Person(userid="b", name="王志强", title="工程师", departments=(3,)),
        Person(userid="c", name="王芳", title="会计", departments=(3,)),
        Person(userid="d", name="欧阳雪", title="经理", departments=(2,)),
        Person(userid="e", name="单小燕", title="助理", departments=(2,)),
    ],
    departments=[
        Department(id=1, name="公司", parent=None),
        Department(id=2, name="销售部", parent=1),
        Department(id=3, name="财务部", parent=1),
    ],
)


@pytest.mark.parametrize(
    ("said", "who", "rest"),
    [
        ("王芳 麻烦看看", "wangf", "麻烦看看"),
        ("赵总，请审", "zhao", "请审"),
        ("孙经理", "sunl", ""),
        ("小李 我明天出差", "lix", "我明天出差"),
        ("老王", "wangf", ""),
        ("wangfang 帮我看下", "wangf", "帮我看下"),
        ("Wang Fang", "wangf", ""),
        ("陈主管", "chenj", ""),
        ("@李想 看", "lix", "看"),
    ],
)
def test_people_are_found_as_colleagues_call_them(said: str, who: str, rest: str) -> None:
    assert named_first(said, COMPANY) == ((who,), rest)


@pytest.mark.parametrize("said", ["王方 我出差", "张为", "高总", "wf"])
def test_a_guess_is_asked_and_never_acted_upon(said: str) -> None:
    with pytest.raises(NameAmbiguous) as asked:
        people_in(said, COMPANY)
    (only,) = asked.value.people
    drawn = Frame(names=COMPANY.name_of, zone=frame().zone, dialect="plain")
    assert COMPANY.name_of(only) in sentence(asked.value, drawn)
    assert "写全名" in sentence(asked.value, drawn)


def test_several_who_are_called_so_are_named() -> None:
    with pytest.raises(NameAmbiguous) as asked:
        people_in("小王", TEAM)
    assert set(asked.value.people) == {"a", "b", "c"}
    drawn = Frame(names=TEAM.name_of, zone=frame().zone, dialect="plain")
    assert sentence(asked.value, drawn) == "“小王”可能是王芳、王志强，请写全名"


def test_a_title_a_given_name_and_a_department_tell_people_apart() -> None:
    assert people_in("王总 请看", TEAM) == (("a",), "请看")
    assert people_in("志强、欧阳经理", TEAM) == (("b", "d"), "")
    assert people_in("王芳（财务部）", TEAM) == (("c",), "")
    assert people_in("shanxiaoyan", TEAM) == (("e",), ""), "a surname that is read in two ways"


def test_words_behind_a_name_are_no_second_name() -> None:
    assert named_first("王芳 朱经理不在，你看看", COMPANY) == (("wangf",), "朱经理不在，你看看")
    assert named_first("方案改一下", COMPANY) == ((), "方案改一下")


def test_nobody_is_made_up() -> None:
    with pytest.raises(NameUnknown):
        people_in("司马光", COMPANY)
    assert mentioned("请 @王芳 和 @孙经理 看，发到 a@b.com", COMPANY) == ("wangf", "sunl")
