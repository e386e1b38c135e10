"""The form of a rich card asks for what the flow asks, and gives back what the draft would hold."""

from typing import Any

import pytest

from cards.form import decision_form, draft_form, joined
from domain.approvals.flow import Field, Flow
from domain.approvals.values import Value
from tests.cards import samples as s

KINDS = {"TEXT", "TEXT_AREA", "NUMBER", "SELECT", "DATE", "DATETIME"}  # of contract 4.11


def _fields(form: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in form}


def _sent_unchanged(form: list[dict[str, Any]]) -> dict[str, Value]:
    return {field["name"]: field["defaultValue"] for field in form}


@pytest.mark.parametrize(
    ("start", "end"),
    [("2026-11-24 下午", "2026-11-24 下午"), ("2026-11-24", "2026-11-26"), ("2026-11-24 14:00", "2026-11-24 16:30"),
     ("2026-11-24", "2026-11-26 上午"), ("2026-11-24 09:30", "2026-11-26")],
)  # fmt: skip
def test_a_form_sent_as_it_is_changes_nothing(start: str, end: str) -> None:
    values = {**s.SICK, "start": start, "end": end}
    assert joined(_sent_unchanged(draft_form(s.drafted(values), s.LEAVE, s.frame()))) == values


def test_a_long_reason_comes_back_whole() -> None:
    reason = "第一行\n<b>第二行</b>" * 200
    sent = _sent_unchanged(draft_form(s.drafted({**s.SICK, "reason": reason}), s.LEAVE, s.frame()))
    assert sent["reason"] == reason


def test_an_empty_draft_asks_for_days_and_halves() -> None:
    form = _fields(draft_form(s.drafted({}), s.LEAVE, s.frame()))
    assert form["start"]["type"] == "DATE"
    assert [option["text"] for option in form["start_half"]["options"]] == ["全天", "上午", "下午"]


def test_who_began_with_a_time_goes_on_with_times() -> None:
    form = _fields(draft_form(s.drafted({"start": "2026-11-24 14:00"}), s.LEAVE, s.frame()))
    assert form["end"]["type"] == "DATETIME"
    assert "end_half" not in form


def test_all_fields_are_of_the_platform_s_kinds_and_have_their_labels() -> None:
    flow = Flow(
        id="x", title="x", prefix="X", fields=(Field(id="what", label="名称"), *s.LEAVE.fields, *s.EXPENSE.fields)
    )
    form = draft_form(s.drafted({}), flow, s.frame())
    assert {field["type"] for field in [*form, *decision_form(s.frame())]} == KINDS - {"DATETIME"}
    assert all(field["label"] for field in form)
    assert {field["name"] for field in form if field["required"]} == {
        "leave_type", "start", "end", "days", "amount", "reason",
    }  # fmt: skip


def test_rows_are_lines_of_a_text() -> None:
    form = _fields(draft_form(s.drafted(s.PAPER, s.PURCHASE), s.PURCHASE, s.frame()))["details"]
    assert form["type"] == "TEXT_AREA"
    assert form["placeholder"] == "一行一项：品名 | 数量 | 单位 | 单价 | 最晚"
    assert form["defaultValue"].splitlines() == [
        "A4纸 | 10 | 包 | 25 | 2026-12-01", "[签字笔](http://x.example) @all | 2.5 |  | 1280.4", "# 订书机 | 1 | **台**",
    ]  # fmt: skip


def test_people_and_files_are_asked_in_the_chat() -> None:
    assert not {"deputy", "cc", "attachments"} & set(
        _fields(draft_form(s.drafted({}, s.EXPENSE), s.EXPENSE, s.frame()))
    )


@pytest.mark.parametrize(
    ("sent", "held"),
    [
        ({"start": "2026-11-24", "start_half": "上午"}, {"start": "2026-11-24 上午"}),
        ({"start": "2026-11-24 下午", "start_half": "上午"}, {"start": "2026-11-24 下午"}),
        ({"start": "2026-11-24", "start_half": ""}, {"start": "2026-11-24"}),
        ({"start": "2026-11-24", "start_half": "<a atId=all>"}, {"start": "2026-11-24"}),
        ({"start_half": "上午"}, {}),
        ({"start": "", "start_half": "上午"}, {"start": ""}),
        ({"days": 2, "days_half": "上午"}, {"days": 2}),
    ],
)
def test_halves_are_put_back_beside_their_dates(sent: dict[str, Value], held: dict[str, Value]) -> None:
    assert joined(sent) == held
