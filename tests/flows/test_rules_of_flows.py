"""[[lead]], [[limit]], [place]: what is read, what a wrong one is told, and what the packs hold of the documents."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot import flowfiles, organizationfile
from bot.chat import SAMPLE
from domain.approvals.flow import Flow
from domain.approvals.route import plan
from domain.approvals.rules import in_days, lead_of
from domain.people import Department, Organization, Person
from tests.flows.generated import ROUTES
from tests.flows.test_commands import called
from tests.flows.test_flowfiles import told

COMPANY = organizationfile.load(SAMPLE)
OUTING = """title = "外出"
prefix = "WC"

[[field]]
id = "start"
label = "开始"
type = "moment"

[[field]]
id = "days"
label = "天数"
type = "number"

[[field]]
id = "place"
label = "地点"

[[route]]
approve = ["部门主管"]

[[lead]]
when = "天数 >= 5"
working_days = 2

[[lead]]
days = 1

[[limit]]
count = 3
per = "week"

[place]
inside = "outing"
outside = "trip"
"""
TRIP = OUTING.replace('"外出"', '"出差"').replace('"WC"', '"CC"')


def rules_for(flow: Flow, **values: Any) -> tuple[str, ...]:
    return plan(flow, values, COMPANY.person("lix"), COMPANY).rules


def test_the_rules_of_a_file_are_told_with_the_route(tmp_path: Path) -> None:
    (tmp_path / "outing.toml").write_text(OUTING, "utf-8")
    (tmp_path / "trip.toml").write_text(TRIP, "utf-8")
    flow = flowfiles.load(str(tmp_path))["outing"]
    assert rules_for(flow, days=5) == ("要提前 2 个工作日申请", "每人每周最多 3 次")
    assert rules_for(flow, days=1) == ("要提前 1 天申请", "每人每周最多 3 次")
    assert [field.id for field in flow.fields][-1] == "emergency", "the form has room for the reason"


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("days = 1\n", "", "第 25 行 lead[2]：days（自然日）和 working_days（工作日）要写一个，只写一个"),
        ("days = 1\n", "days = 1\nworking_days = 1\n", "第 25 行 lead[2]：days（自然日）和 working_days（工作日）要写一个，只写一个"),
        ("days = 1\n", 'days = "1"\n', "第 26 行 lead[2].days：要写整数，不加引号"),
        ("days = 1\n", "days = 0\n", "第 26 行 lead[2].days：至少是 1"),
        ("days = 1\n", "days = 1\nfield = \"begin\"\n", "第 27 行 lead[2].field：“begin”不是表单里的日期，日期字段有 start"),
        ("days = 1\n", "days = 1\nfield = \"days\"\n", "第 27 行 lead[2].field：“days”不是表单里的日期，日期字段有 start"),
        ("天数 >= 5", "天树 >= 5", "第 22 行 lead[1].when：表单里没有 天树"),
        ('per = "week"', 'per = "wek"', "第 30 行 limit[1].per：只能是 week、month、year，是不是想写 week？"),
        ("count = 3\n", "", "第 28 行 limit[1].count：缺少这一项"),
        ("[[limit]]", "[limit]", "第 28 行 limit：要写成单独的一节，以 [[limit]] 开头"),
        ("[place]", "[[place]]", "第 32 行 place：要写成单独的一节，以 [place] 开头"),
        ('outside = "trip"', 'outside = "trp"', "第 34 行 place.outside：没有流程 trp，是不是想写 trip？"),
        ('inside = "outing"', 'inside = "trip"', "第 32 行 place：inside 和 outside 要写两个不同的流程，其中一个是 outing"),
        ('outside = "trip"', 'outside = "trip"\nfield = "start"', "第 35 行 place.field：“start”不是表单里的文字字段"),
        ('[place]\n', '[plaec]\n', "第 32 行 plaec：不认识的配置项，是不是想写 place？"),
        ('id = "days"\nlabel = "天数"', 'id = "emergency"\nlabel = "天数"', "是紧急原因，type 要是 textarea"),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_told_with_its_line_its_key_and_what_to_write(
    tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    assert right in OUTING
    (tmp_path / "trip.toml").write_text(TRIP, "utf-8")
    lines = told(tmp_path, outing=OUTING.replace(right, wrong, 1))
    assert said in lines[0], lines


def in_words(lead_time: str) -> str:
    """The oracle's `1 working day` as a sentence of the product."""
    number, unit = lead_time.partition(",")[0].split(" ", 1)
    return f"要提前 {number} {'个工作日' if unit.startswith('working') else '天'}申请"


@pytest.mark.parametrize("row", ROUTES, ids=lambda row: f"{row['pack']}-{row['flow']}-{row.get('when', '')}")
def test_the_packs_ask_for_the_lead_times_of_the_documents_and_for_no_others(row: dict[str, Any]) -> None:
    flow = flowfiles.load(row["pack"])[row["flow"]]
    forms = [{"days": days, "goods_class": goods} for days in (1, 4.5, 5, 10) for goods in ("低值易耗品", "其他")]
    forms = [form for form in forms if eval(row.get("when", "True"), {}, form)]
    found = {f"要提前 {in_days(lead)}申请" if (lead := lead_of(flow, form)) else "" for form in forms}
    assert found == {in_words(row["lead_time"]) if "lead_time" in row else ""}


def test_two_corrections_a_month_are_a_rule_of_classic_alone() -> None:
    limited = [(name, key) for name in flowfiles.packs() for key, flow in flowfiles.load(name).items() if flow.limits]
    assert limited == [("classic", "clock_correction")]
    assert rules_for(flowfiles.load("classic")["clock_correction"]) == ("每人每月最多 2 次",)


ROBOTS = Organization(
    departments=[
        Department(id=1, name="机器人公司", parent=None, leaders=("president",)),
        Department(id=10, name="研发部", parent=1, leaders=("head",)),
        Department(id=11, name="算法组", parent=10, leaders=("lead",)),
        Department(id=20, name="研究院", parent=1, leaders=("vice",)),
    ],
    people=[
        Person(userid="president", name="总", departments=(1,), roles=("总裁", "总经理"), admin=True),
        Person(userid="vice", name="副总", title="副总经理", departments=(20,)),
        Person(userid="head", name="部", title="研发部部长", departments=(10,)),
        Person(userid="deputy", name="副", title="研发部副部长", departments=(10,)),
        Person(userid="lead", name="组", departments=(11,)),
        Person(userid="member", name="员", title="工程师", departments=(11,)),
        Person(userid="assistant", name="助", departments=(10,), roles=("部门助理",)),
        Person(userid="hr", name="人", departments=(1,), roles=("人事行政部",)),
    ],
)


@pytest.mark.parametrize("flow", ["leave", "outing", "business_trip"])
@pytest.mark.parametrize(
    ("applicant", "approver", "cc"),
    [
        ("member", "head", ["assistant"]),
        ("lead", "head", ["assistant"]),
        ("deputy", "head", ["president"]),  # 副部长: the approver is the head
        ("head", "president", []),  # the president decides, and need not be told
    ],
)
def test_heads_tell_the_president_unless_he_decides_and_all_others_the_assistant(
    flow: str, applicant: str, approver: str, cc: list[str]
) -> None:
    found = plan(flowfiles.load("robotics")[flow], {"days": 1}, ROBOTS.person(applicant), ROBOTS)
    assert ([step.people for step in found.steps], list(found.cc)) == ([(approver,)], cc)


@pytest.mark.parametrize(
    ("start", "now", "said"),
    [
        ("2026-10-08", "2026-09-30", ""),
        ("2026-10-08", "2026-10-01 09:00", "请假要提前 1 个工作日申请，这次最晚应在 9月30日（周三） 提出"),
    ],
)
def test_the_route_says_whether_a_day_is_early_enough(
    capsys: pytest.CaptureFixture[str], start: str, now: str, said: str
) -> None:
    more: dict[str, Any] = {"flow": "leave", "flows": "robotics", "set": ["days=1", f"start={start}"], "json": True}
    _, out, _ = called("route", capsys, **more, now=now)
    rules = json.loads(out)["rules"]
    assert "要提前 1 个工作日申请" in rules
    assert [rule[: len(said)] for rule in rules if "最晚" in rule] == ([said] if said else [])


def test_the_route_says_which_flow_a_destination_makes_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    more: dict[str, Any] = {"flow": "outing", "flows": "robotics", "json": True, "home": ["深圳"]}
    _, out, _ = called("route", capsys, **more, set=["place=上海"])
    assert json.loads(out)["rules"][-1] == "目的地是上海，不在深圳，按出差办理"


def test_a_day_that_is_none_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = called(
        "route", capsys, flow="leave", flows="robotics", set=["days=1", "start=2026-10-08"], now="明天"
    )
    assert (code, "--now 要写成 2026-11-23 这样的日期" in err) == (2, True)
