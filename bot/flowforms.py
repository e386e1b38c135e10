"""The shape of a flow file: pydantic models (and the JSON schema for editors), and what they say of a wrong one."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.flowsteps import half_width
from bot.mistakes import near
from domain.approvals.flow import MISSING, OVERDUE, Away, FieldType, Level, Returned


class Part(BaseModel):
    """A section of a flow file: frozen, nothing is converted, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


Word = Annotated[str, AfterValidator(half_width)]  # a people word


class FieldPart(Part):
    """[[field]]: one thing that the form asks for."""

    id: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
    label: Annotated[str, Field(min_length=1)]
    type: FieldType = "text"
    required: bool = False
    options: dict[str, str] = {}
    ask: str = ""
    among: Annotated[tuple[Word, ...], Field(strict=False)] = ()


class RoutePart(Part):
    """[[route]]: for whom and when, who approves, who is told at the end. The first one that fits is taken."""

    approve: Annotated[list[str], Field(min_length=1)]
    when: str = ""
    applicant: Level = "any"
    department: str = ""
    cc: list[Word] = []


class PolicyPart(Part):
    """[policy]: what happens where a step would stall (R-APR-5)."""

    self: Literal["up", "head", "skip", "administrator", "allow"] = "up"
    missing: Annotated[Word, Field(examples=[*MISSING, "user:zhao", "行政经理"])] = "administrator"
    again: Literal["consecutive", "once", "every"] = "consecutive"
    away: Away = "wait"
    hours: Annotated[float, Field(gt=0, le=240)] = 0.0
    overdue: Annotated[Word, Field(examples=[*OVERDUE, "user:zhao", "行政经理"])] = "remind"
    returned: Returned = "again"


class FlowForm(Part):
    """One flow file."""

    title: Annotated[str, Field(min_length=1)]
    prefix: Annotated[str, Field(pattern="^[A-Z]{1,6}$")]
    words: list[str] = []
    administrator: str = ""
    policy: PolicyPart = PolicyPart()
    field: list[FieldPart] = []
    route: Annotated[list[RoutePart], Field(min_length=1)]


SECTIONS: Final[Mapping[str, type[Part]]] = {"field": FieldPart, "route": RoutePart, "policy": PolicyPart}


def schema() -> dict[str, Any]:
    """The JSON schema of flow files."""
    return {"$schema": "http://json-schema.org/draft-07/schema#", **FlowForm.model_json_schema()}


def fault_text(fault: Mapping[str, Any]) -> str:
    """One of pydantic's findings, in the administrator's words."""
    where, context = fault["loc"], fault.get("ctx", {})
    match fault["type"]:
        case "extra_forbidden":
            model = SECTIONS.get(str(where[0]), FlowForm) if len(where) > 1 else FlowForm
            return f"不认识的配置项{near(str(where[-1]), model.model_fields)}"
        case "literal_error":
            allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
            return f"只能是 {'、'.join(allowed)}{near(str(fault['input']), allowed)}"
        case "string_pattern_mismatch":
            prefix = where[-1] == "prefix"
            return "只能用 1 到 6 个大写字母，如 QJ" if prefix else "只能用小写字母、数字和下划线，以字母开头"
        case "greater_than" | "less_than_equal":
            return f"要大于 {context['gt']:g}" if "gt" in context else f"最多 {context['le']:g}"
        case "list_type" | "model_type" if where[0] in SECTIONS and len(where) < 3:
            return f"要写成单独的一节，以 {'[policy]' if where[0] == 'policy' else f'[[{where[0]}]]'} 开头"
    return _FAULTS.get(fault["type"], f"值不对（{fault['msg']}）")


_FAULTS: Final = {
    "missing": "缺少这一项",
    "string_type": "要写文字，放在引号里",
    "string_too_short": "不能为空",
    "list_type": '要写成列表，如 ["部门主管", "人事经理"]',
    "tuple_type": '要写成列表，如 ["会计", "财务部"]',
    "too_short": "至少要写一项",
    "float_type": "要写数字，不加引号，如 8",
    "bool_type": "只能是 true 或 false（不加引号）",
    "dict_type": '要写成 { annual = "年假", sick = "病假" } 这样',
}


if __name__ == "__main__":
    print(json.dumps(schema(), ensure_ascii=False, indent=2))
