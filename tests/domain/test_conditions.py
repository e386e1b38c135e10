"""The expression language of routes: what it understands, what it refuses, what it says."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.approvals.condition_text import ConditionError, parse
from domain.approvals.conditions import Compare, Literal, Logic, Name, NoValue, evaluate, in_words, negated
from domain.approvals.flow import facts, labels, vocabulary
from tests.domain.company import FORM, flow

WORDS = vocabulary(FORM)


def holds(text: str, **values: object) -> bool:
    return evaluate(parse(text, WORDS), facts(flow(), values))


@pytest.mark.parametrize(
    ("text", "days", "true"),
    [
        ("days <= 1", 1, True),
        ("days <= 1", "1.0", True),
        ("days <= 1", 1.5, False),
        ("天数 > 3", "3.5", True),
        ("1 < days <= 3", 1, False),
        ("1 < days <= 3", 3, True),
        ("not days >= 5", 5, False),
        ("days < 2 or days > 10", 11, True),
        ("days * 8 - 4 == 8", 1.5, True),
        ("days == 0.1 + 0.2", "0.3", True),
        ("(days < 1 or days > 2) and days != 5", 5, False),
        ("days > -1", 0, True),
    ],
)
def test_numbers_are_compared_as_people_write_them(text: str, days: object, true: bool) -> None:
    assert holds(text, days=days) is true


def test_texts_choices_and_lists() -> None:
    assert holds('place == "上海"', place="上海")
    assert not holds('place == "上海"', place="北京")
    assert holds('place in ["上海", "北京"]', place="北京")
    assert holds('"浦东" in place', place="上海浦东新区")
    assert holds('"财务部" in departments', departments=["人事部", "财务部"])
    assert not holds('"财务部" not in departments', departments=["财务部"])


def test_an_option_may_be_written_and_chosen_by_id_or_label() -> None:
    for written in ("年假", "annual"):
        for chosen in ("年假", "annual"):
            assert holds(f'leave_type == "{written}"', leave_type=chosen)
            assert holds(f'leave_type in ["{written}", "病假"]', leave_type=chosen)
    with pytest.raises(ConditionError, match="没有“年价”这个选项"):
        parse('leave_type == "年价"', WORDS)


@pytest.mark.parametrize("days", [None, "", "三天", "nan", "Infinity"])
def test_the_size_of_what_is_no_number_is_not_guessed(days: object) -> None:
    with pytest.raises(NoValue) as unknown:
        holds("not days > 3", days=days)
    assert unknown.value.field == "days"


def test_an_empty_field_equals_nothing() -> None:
    assert not holds('place == "上海"')
    assert not holds('place in ["上海"]')
    assert not holds('place in "上海"')
    assert holds('place != "上海"')


def test_dividing_by_nothing_is_no_value() -> None:
    with pytest.raises(NoValue):
        holds("amount / days > 100", amount=10, days=0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("__import__('os').system('true') == 0", "条件里不能写"),
        ("days.real > 1", "条件里不能写 days.real"),
        ("days ** 9 > 1", r"条件里不能写 days \*\* 9"),
        ("(lambda: 1)() > 0", "条件里不能写"),
        ("[d for d in departments] == 1", "条件里不能写"),
        ("days > 0x10", "条件里不能写 0x10"),
        ("days > True", "条件里不能写 True"),
        ("days > None", "条件里不能写 None"),
        ("days is 1", "条件里不能写 is"),
        ("day > 1", "表单里没有 day；可以用：days"),
        ("days", "days 不是一个判断"),
        ("days and amount > 1", "days 不是一个判断"),
        ("days > '1'", "不是数字"),
        ("place > 1", "place 不是数字"),
        ("place + 1 > 1", "place 不是数字"),
        ("days == '1'", "数字不加引号"),
        ("place == 1", "文字要加引号"),
        ("days in [1, 2]", "列表里只能写文字"),
        ("days in '12'", "in 只能用于文字"),
        ("days >", "看不懂的条件"),
        ("", "看不懂的条件"),
        ("place == '\\n'", "条件里不能写"),
        ("(" * 300 + "days > 1" + ")" * 300, "条件太长"),
        ("not " * 30 + "days > 1", "条件嵌套太深"),
        ("1" + "+1" * 30 + " > days", "条件嵌套太深"),
    ],
)
def test_anything_else_is_refused_by_name(text: str, said: str) -> None:
    with pytest.raises(ConditionError, match=said):
        parse(text, WORDS)


_PIECES = st.sampled_from(
    ["days", "天数", "place", "leave_type", "1", "0x1", "1e400", '"a"', "'年假'", "[", "]", "(", ")", ",", "and", "or",
     "not", "in", "is", "<", "<=", "==", "!=", "+", "-", "*", "/", "**", "lambda:", "if", "else", ".", "{", "}",
     "f'{days}'", "None", "\0", ":="]
)  # fmt: skip


_TEXTS = st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=12).map(" ".join))


@given(_TEXTS, st.text(max_size=8), st.text(max_size=8))
def test_no_text_does_more_than_be_refused_or_hold_or_not(text: str, days: str, place: str) -> None:
    try:
        condition = parse(text, WORDS)
    except ConditionError:
        return
    values = facts(flow(), {"days": days, "place": place})
    with suppress(NoValue):
        assert evaluate(condition, values) is not evaluate(negated(condition), values)


def test_a_condition_is_a_value_that_others_can_look_at() -> None:
    assert parse("days <= 1", WORDS) == Compare(operator="<=", left=Name(id="days"), right=Literal(value=Decimal(1)))
    both = parse("0 < 天数 <= 1", WORDS)
    assert isinstance(both, Logic)
    assert [type(part) for part in both.parts] == [Compare, Compare]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("days <= 1", "天数不超过 1"),
        ("days >= 5 and days < 10", "天数不少于 5 且 天数少于 10"),
        ('leave_type == "annual"', "请假类型为 年假"),
        ('leave_type not in ["annual", "sick"]', "请假类型不在 年假、病假"),
        ('"财务部" in departments', "会签部门包含财务部"),
        ("(days > 1 or amount > 2) and days < 3", "（天数超过 1 或 金额超过 2） 且 天数少于 3"),
        ("not (days > 1 and days < 3)", "不是（天数超过 1 且 天数少于 3）"),
    ],
)
def test_conditions_are_said_in_words(text: str, said: str) -> None:
    assert in_words(parse(text, WORDS), labels(flow())) == said


def test_the_opposite_is_said_directly() -> None:
    opposite = negated(parse("days <= 1 and amount > 5", WORDS))
    assert in_words(opposite, labels(flow())) == "天数超过 1 或 金额不超过 5"
