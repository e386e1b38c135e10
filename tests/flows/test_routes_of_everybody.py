"""Every route of the documents for every person, in a company of 500 and in the sample company."""

import argparse
import json
from pathlib import Path
from typing import Any, Final

import pytest

from bot import flowfiles, flows, organizationfile
from bot.chat import SAMPLE
from domain.approvals.flow import Flow
from domain.approvals.linter import findings
from domain.approvals.route import plan
from domain.errors import RouteImpossible
from domain.people import Organization, Person
from tests.flows.generated import ROUTES, deep_company
from tests.flows.oracle import Oracle, Steps

_FLOWS: Final = list(dict.fromkeys((row["pack"], row["flow"]) for row in ROUTES))
_DAYS: Final = ("0.5", "1", "3", "4", "5", "9.5", "10")
_FOR: Final = {row["flow"]: row["department"] for row in ROUTES if "department" in row}
COMPANIES: Final = {"sample": organizationfile.load(SAMPLE), "deep": deep_company()}


def forms(flow: Flow) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """What is filled in, as the flow and as the documents read it."""
    if any(field.id == "goods_class" for field in flow.fields):
        return [({"goods_class": "低值易耗品"}, {"goods_class": "低值易耗品"})]  # the documents route no other class
    if flow.id == "leave":
        return [({"days": days}, {"days": float(days)}) for days in _DAYS]
    return [({}, {"days": 2})]


def came_out(flow: Flow, form: dict[str, Any], person: Person, company: Organization) -> tuple[Steps, list[str]] | None:
    """Steps and cc; None: the flow is not for this person."""
    try:
        found = plan(flow, form, person, company)
    except RouteImpossible as refusal:
        return None if "不适用于" in refusal.reason else ([("refused", refusal.reason, ())], [])
    return [(step.kind, step.mode, step.people) for step in found.steps], list(found.cc)


def pairs(pack: str, flow: Flow, company: Organization) -> int:
    """How many routes of persons were compared."""
    number = 0
    for person in company.people.values():
        named = next(one for one in sorted(company.people) if one != person.userid)
        oracle = Oracle(company=company, applicant=person.userid, named=named).at(_FOR.get(flow.id, ""))
        for values, facts in forms(flow):
            form = {**values, "deputy": named, "contact": named, "departments": list(oracle.countersign), "cc": [named]}
            row = oracle.row(pack, flow.id, facts)
            assert came_out(flow, form, person, company) == (row and (oracle.steps(row), oracle.told(row))), (
                person.userid
            )
            number += row is not None
    return number


@pytest.mark.parametrize(("company", "number"), [("sample", 2_212), ("deep", 32_640)])
def test_everybody_s_cases_go_where_the_documents_say(company: str, number: int) -> None:
    """So many pairs of a person and a form were compared, routes of 42 flows."""
    people = COMPANIES[company]
    packs = {pack: flowfiles.load(pack) for pack, _ in _FLOWS}
    assert sum(pairs(pack, packs[pack][flow], people) for pack, flow in _FLOWS) == number


def test_the_company_of_five_hundred_has_everything_that_companies_have() -> None:
    company = COMPANIES["deep"]
    levels = [Oracle(company=company, applicant=one, named="").level() for one in company.people]
    assert len(company.people) == 500
    assert min(levels.count(level) for level in ("employee", "supervisor", "head")) >= 10
    assert max(len(company.chain(one)) for one in company.departments) >= 6
    gone = [one for here in company.departments.values() for one in here.leaders if one not in company.people]
    assert len(gone) >= 5
    assert any(len(here.leaders) > 1 for here in company.departments.values())
    assert any(not here.leaders for here in company.departments.values())
    assert any(len(person.departments) > 1 for person in company.people.values())
    assert any(person.manager and person.manager not in company.people for person in company.people.values())


@pytest.mark.parametrize("pack", flowfiles.packs())
@pytest.mark.parametrize("company", COMPANIES)
def test_the_linter_finds_no_mistake_in_the_packs(pack: str, company: str) -> None:
    for flow in flowfiles.load(pack).values():
        assert [one.text for one in findings(flow, COMPANIES[company]) if one.level == "mistake"] == [], flow.id


@pytest.mark.parametrize(("pack", "flow"), _FLOWS)
def test_the_command_tells_programs_the_same(
    pack: str, flow: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`./nod flows route --json`, for one person of the sample company who may file it."""
    people = COMPANIES["sample"]
    who = "guol" if flow == "purchasing_dept" else "lix"
    oracle = Oracle(company=people, applicant=who, named="caoy")
    values, facts = forms(flowfiles.load(pack)[flow])[0]
    ids = [field.id for field in flowfiles.load(pack)[flow].fields]
    said = {**values, "deputy": "caoy", "contact": "caoy", "departments": ",".join(oracle.countersign), "cc": "caoy"}
    words = [f"{key}={value}" for key, value in said.items() if key in ids]
    called = argparse.Namespace(
        now=None,
        home=None,
        action="route",
        flow=flow,
        flows=pack,
        organization=None,
        applicant=who,
        set=words,
        json=True,
    )
    assert flows.main(called) == 0
    told = json.loads(capsys.readouterr().out)
    row = oracle.row(pack, flow, facts)
    assert row is not None
    assert [(one["kind"], one["mode"], tuple(one["people"])) for one in told["steps"]] == oracle.steps(row)
    assert told["cc"] == oracle.told(row)
