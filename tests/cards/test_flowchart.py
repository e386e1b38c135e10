"""A flow as administrators know it: drawn as text and as a picture, whatever stands in its file."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.chart_svg import chart_svg
from cards.chart_text import chart_text
from cards.flowchart import NOBODY, People, chart
from cards.svg import shown, width, wrapped
from domain.approvals.condition_text import parse
from domain.approvals.flow import Field, Flow, Policies, Route, StepWord, vocabulary

SVG = "{http://www.w3.org/2000/svg}"
FORM = (
    Field(id="amount", label="金额", type="money", required=True),
    Field(id="departments", label="会签部门", type="departments"),
    Field(id="cc", label="抄送给", type="people"),
)
HOLDERS = {"会计": ("邓爽", "冯华"), "出纳": ("曹燕",), "法务": ()}


def step(*words: str, kind: str = "approve", field: str = "", mode: str = "") -> StepWord:
    return StepWord(kind=kind, words=words, field=field, mode=mode)  # type: ignore[arg-type]


def flow(*routes: Route, title: str = "付款", policies: Policies | None = None) -> Flow:
    return Flow(
        id="payment", title=title, prefix="FK", pack="mine", fields=FORM, routes=routes, policies=policies or Policies()
    )


def when(text: str, *steps: StepWord, **more: str) -> Route:
    condition = parse(text, vocabulary(FORM)) if text else None
    return Route(when=condition, steps=steps, cc=("自选", "出纳"), **more)  # type: ignore[arg-type]


def asked(word: StepWord) -> tuple[str, ...] | None:
    return (
        None if word.field or word.words == ("部门主管",) else tuple(n for w in word.words for n in HOLDERS.get(w, ()))
    )


PEOPLE = People(asked=asked, told=HOLDERS.get)
SIGNING = step(field="departments", mode="all")
PAYMENT = flow(
    when("amount < 5000", step("部门主管"), step("会计"), step("出纳", kind="handle"), applicant="employee"),
    when("", step("部门主管", "法务"), SIGNING, step("法务", kind="review"), applicant="employee"),
    when("", step("会计"), department="采购部"),
    policies=Policies(again="once", hours=8, overdue="up"),
)  # fmt: skip


def test_the_text_says_who_decides_when_and_how() -> None:
    assert chart_text(chart(PAYMENT, PAYMENT.routes, PEOPLE)).splitlines() == [
        "付款（payment · FK · mine）",
        "◎ 发起  申请人",
        "│   必填：金额",
        "│   选填：会签部门、抄送给",
        "│",
        "├─ 申请人是员工，金额少于 5000",
        "│   ● 1 审批  部门主管（申请人所在部门的负责人）",
        "│   ● 2 审批 · 或签  会计（邓爽、冯华）",
        "│   ■ 3 办理  出纳（曹燕）",
        "│   ○ 抄送  申请人选的人、出纳（曹燕）",
        "│",
        "├─ 申请人是员工，其他情况",
        f"│   ● 1 审批 · 或签  部门主管或法务（{NOBODY}）  ←",
        "│   ● 2 审批 · 会签  会签部门（申请时在表单里选）",
        f"│   ● 3 复核  法务（{NOBODY}）  ←",
        "│   ○ 抄送  申请人选的人、出纳（曹燕）",
        "│",
        "└─ 申请人在采购部",
        "    ● 1 审批 · 或签  会计（邓爽、冯华）",
        "    ○ 抄送  申请人选的人、出纳（曹燕）",
        "",
        "◎ 结束（以上走其中一条，从上往下第一条符合的）",
        "· 同一人重复出现：只审批一次",
        "· 超时：转给上一级",
        "· 每一步限 8 个工作小时",
    ]


def test_the_only_route_without_a_condition_has_no_fork() -> None:
    only = flow(when("", step("会计")))
    text = chart_text(chart(only, only.routes, People()))
    assert "条件" not in text
    assert text.splitlines()[-1] == "◎ 结束"
    assert "按条件走其中一条" not in chart_svg(chart(only, only.routes, People()))


def test_the_picture_shows_everything_that_the_text_says() -> None:
    shown = chart(PAYMENT, PAYMENT.routes, PEOPLE)
    picture = "".join(text_of(chart_svg(shown)))
    for said in (
        "付款",
        "必填：金额",
        "申请人是员工",
        "金额少于 5000",
        "部门主管",
        "或签",
        "会签",
        "曹燕",
        NOBODY,
        "流程结束",
    ):
        assert said in picture


def test_what_stands_in_the_file_cannot_become_markup() -> None:
    evil = flow(when("", step('</text><script>alert("x")</script>&\u202e')), title='<b onload="x">&amp;')
    picture = chart_svg(chart(evil, evil.routes, People()))
    assert "<script" not in picture
    assert "\u202e" not in picture
    tags = {node.tag.removeprefix(SVG) for node in ElementTree.fromstring(picture).iter()}
    assert tags <= {"svg", "title", "defs", "marker", "path", "rect", "text", "circle"}
    assert '<b onload="x">&amp;' in text_of(picture)
    assert not re.search(r"(href|src|url\((?!#arrow))", picture), "nothing is fetched from elsewhere"


@pytest.mark.parametrize("routes", range(1, 7))
@pytest.mark.parametrize("steps", [1, 8])
def test_no_card_leaves_the_picture_or_covers_another(routes: int, steps: int) -> None:
    way = [step(f"岗位名称很长的第{n}个委员会主任") for n in range(steps)]
    drawn = flow(*(when(f"amount < {n + 1}", *way[: n + 1]) for n in range(routes)))
    root = ElementTree.fromstring(chart_svg(chart(drawn, drawn.routes, People())))
    wide, high = float(root.attrib["width"]), float(root.attrib["height"])
    cards = [r for r in root.iter(f"{SVG}rect") if r.get("rx") == "9" and r.get("stroke")]
    places = [tuple(float(card.attrib[key]) for key in ("x", "y", "width", "height")) for card in cards]
    assert len(places) == 1 + sum(2 + min(n + 1, steps) for n in range(routes))
    for x, y, w, h in places:
        assert x >= 0 <= y
        assert x + w <= wide
        assert y + h <= high
        inside = [
            one for one in places if one[0] < x + w and x < one[0] + one[2] and one[1] < y + h and y < one[1] + one[3]
        ]
        assert len(inside) == 1


@given(st.text(max_size=80))
def test_every_line_fits_and_nothing_is_lost_but_what_is_cut(text: str) -> None:
    lines = wrapped(text, 188, 15)
    assert len(lines) <= 4
    assert all(width(line, 15) <= 188 + 15 for line in lines), "a closing mark may hang over"
    if len(lines) < 4:
        assert "".join("".join(lines).split()) == "".join(shown(text).split())


def text_of(picture: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(picture).iter(f"{SVG}text")]
