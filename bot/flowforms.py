"""The shape of a flow file: pydantic models (and the JSON schema for editors), and what they say of a wrong one."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.flowsteps import half_width
from bot.mistakes import near, value_text
from domain.approvals.flow import MISSING, OVERDUE, Away, ColumnType, FieldType, Level, Returned


class Part(BaseModel):
    """A section of a flow file: frozen, nothing is converted, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


Word = Annotated[str, AfterValidator(half_width)]  # a people word


class ColumnPart(Part):
    """One of the columns of a field of the type `rows`."""

    id: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
    label: Annotated[str, Field(min_length=1)]
    type: ColumnType = "text"
    required: bool = False
    options: dict[str, str] = {}


class FieldPart(Part):
    """[[field]]: one thing that the form asks for."""

    id: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
    label: Annotated[str, Field(min_length=1)]
    type: FieldType = "text"
    required: bool = False
    options: dict[str, str] = {}
    ask: str = ""
    among: Annotated[tuple[Word, ...], Field(strict=False)] = ()
    columns: list[ColumnPart] = []
    total: str = ""


class RoutePart(Part):
    """[[route]]: for whom and when, who approves, who is told at the end. The first one that fits is taken."""

    approve: Annotated[list[str], Field(min_length=1)]
    when: str = ""
    applicant: Level = "any"
    department: str = ""
    cc: list[Word] = []


class LeadPart(Part):
    """[[lead]]: how long before the day in `field` it is to be asked for; the first one that fits counts."""

    days: Annotated[int, Field(ge=1, le=365)] | None = None
    working_days: Annotated[int, Field(ge=1, le=60)] | None = None
    when: str = ""
    field: str = "start"


class LimitPart(Part):
    """[[limit]]: how often one person may ask for it in the period in which the day in `field` lies."""

    count: Annotated[int, Field(ge=1)]
    per: Literal["week", "month", "year"] = "month"
    field: str = "start"


class PlacePart(Part):
    """[place]: which flow a destination within the company's home city takes, and which one outside it (R-TRIP-1)."""

    inside: Annotated[str, Field(min_length=1)]
    outside: Annotated[str, Field(min_length=1)]
    field: str = "place"


class PolicyPart(Part):
    """[policy]: what happens where a step would stall (R-APR-5)."""

    self: Literal["up", "head", "skip", "administrator", "allow"] = "up"
    missing: Annotated[Word, Field(examples=[*MISSING, "user:zhao", "行政经理"])] = "administrator"
    again: Literal["consecutive", "once", "every"] = "consecutive"
    away: Away = "wait"
    hours: Annotated[float, Field(gt=0, le=240)] = 0.0
    overdue: Annotated[Word, Field(examples=[*OVERDUE, "user:zhao", "行政经理"])] = "remind"
    returned: Returned = "again"
    told: Literal["all", "others"] = "all"


class FlowForm(Part):
    """One flow file."""

    title: Annotated[str, Field(min_length=1)]
    prefix: Annotated[str, Field(pattern="^[A-Z]{1,6}$")]
    words: list[str] = []
    wants: list[Annotated[str, Field(min_length=2)]] = []
    administrator: str = ""
    heads: list[Word] = []
    policy: PolicyPart = PolicyPart()
    lead: list[LeadPart] = []
    limit: list[LimitPart] = []
    place: PlacePart | None = None
    field: list[FieldPart] = []
    route: Annotated[list[RoutePart], Field(min_length=1)]


SECTIONS: Final[Mapping[str, type[Part]]] = {
    "field": FieldPart, "route": RoutePart, "policy": PolicyPart, "lead": LeadPart, "limit": LimitPart,
    "place": PlacePart,
}  # fmt: skip
_SINGLE: Final = ("policy", "place")  # sections that stand once


def schema() -> dict[str, Any]:
    """The JSON schema of flow files."""
    return {"$schema": "http://json-schema.org/draft-07/schema#", **FlowForm.model_json_schema()}


def fault_text(fault: Mapping[str, Any]) -> str:
    """One of pydantic's findings, in the administrator's words."""
    where, context = fault["loc"], fault.get("ctx", {})
    match fault["type"]:
        case "extra_forbidden":
            model = SECTIONS.get(str(where[0]), FlowForm) if len(where) > 1 else FlowForm
            model = ColumnPart if "columns" in where[:-1] else model
            return f"不认识的配置项{near(str(where[-1]), model.model_fields)}"
        case "string_pattern_mismatch":
            prefix = where[-1] == "prefix"
            return "只能用 1 到 6 个大写字母，如 QJ" if prefix else "只能用小写字母、数字和下划线，以字母开头"
        case "greater_than" | "less_than_equal":
            return f"要大于 {context['gt']:g}" if "gt" in context else f"最多 {context['le']:g}"
        case "list_type" | "model_type" if "columns" in where:
            return '要写成 [{ id = "item", label = "项目" }, …] 这样'
        case "list_type" | "model_type" if where[0] in SECTIONS and len(where) < 3:
            return f"要写成单独的一节，以 {f'[{where[0]}]' if where[0] in _SINGLE else f'[[{where[0]}]]'} 开头"
    return _FAULTS.get(fault["type"]) or value_text(fault)


_FAULTS: Final = {
    "missing": "缺少这一项",
    "list_type": '要写成列表，如 ["部门主管", "人事经理"]',
    "tuple_type": '要写成列表，如 ["会计", "财务部"]',
    "float_type": "要写数字，不加引号，如 8",
    "greater_than_equal": "至少是 1",
    "less_than_equal": "太大了",
    "dict_type": '要写成 { annual = "年假", sick = "病假" } 这样',
}


if __name__ == "__main__":
    print(json.dumps(schema(), ensure_ascii=False, indent=2))
