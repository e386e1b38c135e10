"""What may be filed: values that the fields can have, whoever filled them in."""

from typing import Any

import pytest

from domain.approvals.flow import Field, Flow
from domain.approvals.form import check
from domain.errors import FieldMissing, FieldWrong

FLOW = Flow(
    id="leave",
    title="请假",
    prefix="QJ",
    fields=(
        Field(id="leave_type", label="类型", type="choice", required=True, options={"sick": "病假"}),
        Field(id="start", label="开始", type="moment", required=True),
        Field(id="end", label="结束", type="moment", required=True),
        Field(id="days", label="天数", type="number", required=True),
        Field(id="paid_on", label="日期", type="date"),
        Field(id="reason", label="事由", type="textarea"),
    ),
)
GOOD = {"leave_type": "sick", "start": "2026-11-24 下午", "end": "2026-11-24 下午", "days": 0.5, "reason": "复查 🙂"}


def test_a_good_form_may_be_filed() -> None:
    check(FLOW, GOOD)


@pytest.mark.parametrize(
    "changed",
    [
        {"end": "2026-11-25"},
        {"start": "2026-11-24", "end": "2026-11-24"},
        {"start": "2026-11-24 09:00", "end": "2026-11-24 10:30"},
        {"start": "2026-11-24 上午", "end": "2026-11-24 上午"},
    ],
)
def test_spans_that_have_a_length(changed: dict[str, Any]) -> None:
    check(FLOW, GOOD | changed)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"leave_type": "hacked"}, "leave_type"),
        ({"leave_type": ["sick"]}, "leave_type"),
        ({"days": "-5"}, "days"),
        ({"days": "NaN"}, "days"),
        ({"days": "1e99"}, "days"),
        ({"days": True}, "days"),
        ({"start": "哈哈"}, "start"),
        ({"start": "2026-02-30"}, "start"),
        ({"end": "2026-11-24 25:00"}, "end"),
        ({"end": "2020-01-01"}, "end"),
        ({"end": "2026-11-24 上午"}, "end"),
        ({"start": "2026-11-24 10:00", "end": "2026-11-24 10:00"}, "end"),
        ({"paid_on": "昨天"}, "paid_on"),
    ],
)
def test_what_cannot_be_is_named(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(FieldWrong) as wrong:
        check(FLOW, GOOD | changed)
    assert wrong.value.field == field


@pytest.mark.parametrize("field", ["leave_type", "start", "days"])
def test_what_is_missing_is_named(field: str) -> None:
    with pytest.raises(FieldMissing) as missing:
        check(FLOW, GOOD | {field: ""})
    assert missing.value.field == field
