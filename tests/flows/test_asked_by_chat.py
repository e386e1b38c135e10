"""Whatever a form asks can be asked and answered by chat, in both card dialects: every flow, every field."""

from typing import Any, Final, Literal

import pytest

from domain.approvals.flow import Field, Flow
from domain.approvals.form import check
from tests.flows.talk import PACKS, Talker, world_of

FLOWS: Final = [
    (pack, flow.id) for pack, flows in PACKS.items() for flow in flows.values() if pack == "matrix" or flow.pack == pack
]
DIALECTS: Final = ("plain", "rich")
APPLICANT: Final = {"purchasing_dept": "guol"}  # who may file it, where that is not everybody
NATURAL: Final = {  # what somebody answers who types to a colleague
    "text": "华东展会的那份", "textarea": "展会要用，比较急", "money": "大概一千二", "date": "下周五", "person": "何斌吧",
    "people": "何斌和谢敏", "departments": "研发部和销售部",
}  # fmt: skip
COUNTED: Final = {"days": "3天", "copies": "一式三份", "headcount": "两个人", "passengers": "4个人"}
MOMENTS: Final = {"start": "下下周一上午9点", "end": "下下周一下午6点"}
OTHER: Final = {  # what is said of a field by its name
    "text": "另一份", "textarea": "换一个说法", "money": "2300元", "number": "5", "date": "12月18日", "person": "谢敏",
    "people": "王芳", "departments": "财务部",
}  # fmt: skip


def answer_to(field: Field) -> str:
    """How somebody answers the question about this field."""
    if field.type == "choice":
        return f"{next(iter(field.options.values()))}吧"
    if field.type == "moment":
        return MOMENTS.get(field.id, "下下周一上午9点")
    return COUNTED.get(field.id, "3") if field.type == "number" else NATURAL[field.type]


def talker(pack: str, flow: str, dialect: Literal["plain", "rich"]) -> Talker:
    """Somebody who has just named the flow."""
    one = Talker(world=world_of(pack, dialect), person=APPLICANT.get(flow, "lix"))
    one.says(PACKS[pack][flow].title)
    return one


def asked(one: Talker, flow: Flow) -> Field | None:
    """The field that is asked for now."""
    return next((field for field in flow.fields if field.id == one.state.asked), None)


def complete(one: Talker, flow: Flow) -> list[str]:
    """Answer until nothing is asked: the ids of what was asked, in order."""
    order: list[str] = []
    while (field := asked(one, flow)) is not None:
        order.append(field.id)
        assert len(order) <= len(flow.fields), order
        if field.type == "attachments":
            one.says("", "图片")
        else:
            one.says(answer_to(field))
    return order


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(("pack", "flow_id"), FLOWS)
def test_a_form_is_filled_in_by_answering(pack: str, flow_id: str, dialect: Literal["plain", "rich"]) -> None:
    one, flow = talker(pack, flow_id, dialect), PACKS[pack][flow_id]
    order = complete(one, flow)
    assert len(order) == len(set(order)), "nothing is asked twice"
    check(flow, one.values)
    one.submits()
    assert one.running, one.told


def by_name(field: Field, flow: str) -> str:
    """How somebody sets a field of their own accord."""
    if flow == "clock_correction" and field.id == "start":
        return "11月18日上午10点"
    if field.type == "choice":
        return list(field.options.values())[-1]
    if field.type == "moment":
        return "12月18日上午10点" if field.id == "start" else "12月18日下午4点"
    return OTHER[field.type]


def wanted(field: Field, flow: str) -> Any:
    """What the form says then."""
    if flow == "clock_correction" and field.id == "start":
        return "2026-11-18 10:00"
    values = {
        "money": 2300, "number": 5, "date": "2026-12-18", "person": "xiem", "people": ["wangf"], "departments": ["财务部"],
        "text": "另一份", "textarea": "换一个说法",
    }  # fmt: skip
    if field.type == "choice":
        return list(field.options)[-1]
    if field.type == "moment":
        return "2026-12-18 10:00" if field.id == "start" else "2026-12-18 16:00"
    return values[field.type]


@pytest.mark.parametrize("said", ["{label}：{value}", "{label}改成{value}", "把{label}改为{value}", "{label}是{value}"])
@pytest.mark.parametrize(("pack", "flow_id"), FLOWS)
def test_every_field_is_set_and_corrected_by_its_name(pack: str, flow_id: str, said: str) -> None:
    flow = PACKS[pack][flow_id]
    wrong = []
    for field in flow.fields:
        if field.id in ("days", "emergency") or field.type in ("attachments", "rows"):
            continue
        one = talker(pack, flow_id, "plain")
        complete(one, flow)
        if field.type == "moment":  # both ends, so that the one stays before the other
            one.says("结束改成12月18日下午6点" if field.id == "start" else "开始改成12月18日上午8点")
        one.says(said.format(label=field.label, value=by_name(field, flow_id)))
        if one.values.get(field.id) != wanted(field, flow_id):
            wrong.append((field.id, one.values.get(field.id), one.told[:120]))
    assert wrong == []


@pytest.mark.parametrize(("pack", "flow_id"), FLOWS)
def test_a_picture_becomes_the_attachment_and_items_can_be_listed_later(pack: str, flow_id: str) -> None:
    flow = PACKS[pack][flow_id]
    one = talker(pack, flow_id, "plain")
    complete(one, flow)
    kinds = {field.type: field for field in flow.fields}
    if "attachments" in kinds:
        one.says("", "图片")
        assert "图片" in str(one.values[kinds["attachments"].id])
    if "rows" in kinds:
        columns = {column.type for column in kinds["rows"].columns}
        items = "椅子 10 把，桌子 2 张" if "number" in columns else "椅子 500 元，桌子 320 元"
        one.says(f"{kinds['rows'].label}：{items}")
        assert [row["item"] for row in one.values[kinds["rows"].id]] == ["椅子", "桌子"], one.told


@pytest.mark.parametrize(("pack", "flow_id"), FLOWS)
def test_what_need_not_be_said_is_taken_while_something_else_is_asked(pack: str, flow_id: str) -> None:
    flow = PACKS[pack][flow_id]
    for field in flow.fields:
        if field.required or field.id in ("days", "emergency") or field.type in ("attachments", "rows"):
            continue
        one = talker(pack, flow_id, "plain")
        question = one.state.asked
        one.says(f"{field.label}：{by_name(field, flow_id)}")
        assert (one.values.get(field.id), one.state.asked) == (wanted(field, flow_id), question), field.id


TALKS: Final = [
    ("matrix", ("要盖个章", "采购合同，公章", "三份"), {"document": "采购合同", "seal": "company", "copies": 3}),
    (
        "matrix",
        ("公司车借用一下去机场接人", "明天上午9点到11点", "4个人", "人数改成3", "还车时间改成下午1点"),
        {"place": "机场", "start": "2026-11-24 09:00", "end": "2026-11-24 13:00", "passengers": 3},
    ),
    ("matrix", ("仓库缺A4纸", "20包", "500块左右", "办公用", "不是500，是600"), {"items": "A4纸", "amount": 600}),
    ("matrix", ("我想辞职", "交接给何斌", "12月31号", "家里有事"), {"deputy": "heb", "start": "2026-12-31", "reason": "家里有事"}),
    (
        "classic",
        ("下周客户来要订个包间", "明天晚上6点", "6个人", "1000"),
        {"guests": "客户", "start": "2026-11-24 18:00", "headcount": 6, "amount": 1000},
    ),
    ("matrix", ("报销差旅费，高铁 553，酒店 398.8",), {"category": "travel", "amount": 951.8}),
    ("classic", ("换班", "下周三和陈静换", "家里有事"), {"start": "2026-12-02", "deputy": "chenj", "reason": "家里有事"}),
]  # fmt: skip


@pytest.mark.parametrize(("pack", "says", "values"), TALKS)
def test_answers_come_in_any_order_and_several_at_once(
    pack: str, says: tuple[str, ...], values: dict[str, Any]
) -> None:  # fmt: skip
    one = Talker(world=world_of(pack))
    for text in says:
        one.says(text)
    assert {key: one.values.get(key) for key in values} == values
