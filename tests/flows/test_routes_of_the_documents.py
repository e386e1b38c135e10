"""Every route that the documents state: the packs come out at it, and the format carries all of them."""

from typing import Any, Final

import orjson
import pytest

from bot import flowfiles
from domain.approvals.flow import Flow
from domain.approvals.route import plan
from domain.errors import RouteImpossible
from domain.people import Organization
from tests.flows.generated import COUNTERSIGN, FORM, LEVELS, ROUTES, company, expected

_FIELDS: Final = {
    "days": ("天数", "number"), "goods_class": ("物品类别", "text"), "deputy": ("替班人", "person"),
    "contact": ("被联系人", "person"), "departments": ("会签部门", "departments"), "cc": ("抄送给", "people"),
}  # fmt: skip
_DAYS: Final = (0.5, 1, 1.5, 3, 3.5, 5, 9.5, 10, 12)
_SHIPPED: Final = ROUTES


@pytest.fixture(scope="module")
def people() -> Organization:
    return company()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Flow]:
    """All flows of the documents as flow files in the product's format, read by the product."""
    folder = tmp_path_factory.mktemp("packs")
    rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in ROUTES:
        rows.setdefault((row["pack"], row["flow"]), []).append(row)
    for number, ((pack, flow), routes) in enumerate(rows.items()):
        (folder / pack).mkdir(exist_ok=True)
        prefix = f"X{chr(65 + number // 26)}{chr(65 + number % 26)}"
        (folder / pack / f"{flow}.toml").write_text(flow_file(routes, prefix), "utf-8")
    packs = {pack for pack, _ in rows}
    return {(pack, flow.id): flow for pack in packs for flow in flowfiles.load(str(folder / pack)).values()}


def flow_file(routes: list[dict[str, Any]], prefix: str) -> str:
    """These routes as an administrator would write them."""
    lines = [f'title = "{routes[0]["name"]}"', f'prefix = "{prefix}"']
    for field, (label, kind) in _FIELDS.items():
        lines += ["[[field]]", f'id = "{field}"', f'label = "{label}"', f'type = "{kind}"']
    for row in routes:
        if row["cc"] == ["R-CC-1"]:  # heads have the president in cc, everybody else the department's assistant
            lines += route_section({**row, "applicant": "head", "cc": ["总裁"]})
            lines += route_section({**row, "applicant": "employee", "cc": ["部门助理"]})
        else:
            lines += route_section(row)
    return "\n".join(lines)


def route_section(row: dict[str, Any]) -> list[str]:
    keys = {"approve": "steps", "when": "when", "applicant": "applicant", "department": "department", "cc": "cc"}
    return ["[[route]]", *(f"{key} = {orjson.dumps(row[said]).decode()}" for key, said in keys.items() if said in row)]


def cases(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The forms for which the document's condition (Python reads it as it stands) is true."""
    forms = [{"days": days, "goods_class": goods} for days in _DAYS for goods in ("低值易耗品", "其他")]
    return [form for form in forms if eval(row.get("when", "True"), {}, form)]


def came_out(flow: Flow, form: dict[str, Any], applicant: str, people: Organization) -> dict[str, Any]:
    values = {
        **form,
        "deputy": FORM["替班人"],
        "contact": FORM["被联系人"],
        "departments": COUNTERSIGN,
        "cc": ["d4g1e1"],
    }
    found = plan(flow, values, people.person(applicant), people)
    return {"steps": [(step.kind, step.mode, step.people) for step in found.steps], "cc": list(found.cc)}


def test_the_file_states_fifty_two_routes_of_forty_two_flows() -> None:
    assert (len(ROUTES), len({(row["pack"], row["flow"]) for row in ROUTES})) == (52, 42)


def named(row: dict[str, Any]) -> str:
    return "-".join(str(row.get(key, "")) for key in ("pack", "flow", "applicant", "when"))


@pytest.mark.parametrize("row", ROUTES, ids=named)
def test_the_format_carries_every_route(
    row: dict[str, Any], written: dict[tuple[str, str], Flow], people: Organization
) -> None:
    applicant = LEVELS[row["applicant"]]
    assert cases(row)
    for form in cases(row):
        assert came_out(written[row["pack"], row["flow"]], form, applicant, people) == expected(row, applicant)


_WHO: Final = {  # people of each level; department 1 is 采购部, 2 and 4 are asked to countersign
    "any": ["d1g2e1", "d1g3", "d1"], "employee": ["d1g2e1", "d5g3e4"], "supervisor": ["d1g2", "d5g3"],
    "manager": ["d1", "d5"], "head": ["d1", "d5"],
}  # fmt: skip


@pytest.mark.parametrize("row", _SHIPPED, ids=named)
def test_the_packs_come_out_at_the_documents_routes(row: dict[str, Any], people: Organization) -> None:
    flow = flowfiles.load(row["pack"])[row["flow"]]
    for applicant in _WHO[row["applicant"]]:
        for form in cases(row):
            assert came_out(flow, form, applicant, people) == expected(row, applicant)


def test_the_packs_have_the_flows_that_chatting_needs() -> None:
    assert {"leave", "business_trip", "outing"} <= {row["flow"] for row in _SHIPPED}


def test_purchasing_has_a_flow_that_nobody_else_can_take(
    written: dict[tuple[str, str], Flow], people: Organization
) -> None:
    with pytest.raises(RouteImpossible, match="不适用于申请人的部门或级别"):
        came_out(written["matrix", "purchasing_dept"], {}, "d2g1e1", people)
