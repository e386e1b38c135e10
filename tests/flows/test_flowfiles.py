"""Flow files: what is read from them, and what an administrator is told about a wrong one."""

import json
from pathlib import Path

import pytest

from bot import flowfiles
from bot.flowforms import schema
from domain.approvals.flow import Policies

GOOD = """title = "请假"
prefix = "QJ"
words = ["休假"]

[[field]]
id = "days"
label = "天数"
type = "number"
required = true

[[field]]
id = "deputy"
label = "替班人"
type = "person"

[[route]]
when = "天数 <= 1"
approve = ["confirm:替班人", "部门主管|上级领导", "review:人事专员"]
cc = ["人事专员"]

[[route]]
approve = ["部门主管", "handle:出纳"]

[policy]
self = "skip"
"""


def told(folder: Path, **files: str) -> list[str]:
    """What is said about these files."""
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    with pytest.raises(flowfiles.FlowMistakes) as wrong:
        flowfiles.load(str(folder))
    return [line.removeprefix(f"{folder}/") for line in wrong.value.lines]


def test_a_flow_file_becomes_a_flow(tmp_path: Path) -> None:
    (tmp_path / "leave.toml").write_text(GOOD, "utf-8")
    flow = flowfiles.load(str(tmp_path), posts={"人事": "role:人事专员"})["leave"]
    assert (flow.id, flow.title, flow.prefix, flow.words, flow.pack) == (
        "leave",
        "请假",
        "QJ",
        ("休假",),
        tmp_path.name,
    )
    assert [(field.id, field.type, field.required) for field in flow.fields] == [
        ("days", "number", True), ("deputy", "person", False),
    ]  # fmt: skip
    assert [[(step.kind, step.words, step.field) for step in route.steps] for route in flow.routes] == [
        [("confirm", (), "deputy"), ("approve", ("部门主管", "上级领导"), ""), ("review", ("人事专员",), "")],
        [("approve", ("部门主管",), ""), ("handle", ("出纳",), "")],
    ]
    assert flow.policies == Policies(self="skip")
    assert flow.posts == {"人事": "role:人事专员"}


def test_policies_and_choices_are_read(tmp_path: Path) -> None:
    policies = 'missing = "user:zhao"\nhours = 4\noverdue = "行政经理"\naway = "up"\nreturned = "keep"'
    text = GOOD.replace('self = "skip"', policies).replace('"person"', '"person"\namong = ["会计", "财务部"]')
    (tmp_path / "leave.toml").write_text(text, "utf-8")
    flow = flowfiles.load(str(tmp_path))["leave"]
    assert flow.policies == Policies(missing="user:zhao", hours=4, overdue="行政经理", away="up", returned="keep")
    assert flow.fields[1].among == ("会计", "财务部")


def test_the_version_follows_what_the_file_says_and_not_how_it_is_laid_out(tmp_path: Path) -> None:
    versions = []
    for number, text in enumerate((GOOD, GOOD.replace("\n\n", "\n# 说明\n"), GOOD.replace("<= 1", "<= 2"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "leave.toml").write_text(text, "utf-8")
        versions.append(flowfiles.load(str(folder))["leave"].version)
    first, laid_out, other = versions
    assert first == laid_out != other
    assert flowfiles.load(str(tmp_path / "0"), posts={"人事": "role:人事专员"})["leave"].version != first


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("approve = [\"部门主管\", \"h", "aprove = [\"部门主管\", \"h", "第 22 行 route[2].aprove：不认识的配置项，是不是想写 approve？"),
        ("approve = [\"部门主管\", \"handle:出纳\"]", "", "第 21 行 route[2].approve：缺少这一项"),
        ('type = "number"', 'type = "numbr"', "是不是想写 number？"),
        ('type = "person"', 'type = "person"\noptions = {a = "甲"}', "第 15 行 field[2].options：type = \"choice\" 的字段要写"),
        ('id = "deputy"', 'id = "天数"', "第 12 行 field[2].id：只能用小写字母、数字和下划线"),
        ('prefix = "QJ"', 'prefix = "请假"', "第 2 行 prefix：只能用 1 到 6 个大写字母，如 QJ"),
        ('title = "请假"', 'title = 5', "第 1 行 title：要写文字，放在引号里"),
        ('required = true', 'required = "yes"', "第 9 行 field[1].required：只能是 true 或 false（不加引号）"),
        ('"天数 <= 1"', '"天树 <= 1"', "第 17 行 route[1].when：表单里没有 天树；可以用：days、deputy"),
        ("confirm:替班人", "confirm:替班", "第 18 行 route[1].approve：“confirm:替班”：表单里没有“替班”，是不是想写 替班人？"),
        ("confirm:替班人", "confirm:天数", "字段“天数”的 type 要是 person、people、departments 之一"),
        ("review:人事专员", "reveiw:人事专员", "handle、any-of、all-of、in-sequence、vote、claim，是不是想写 review？"),
        ("review:人事专员", "review:", "“review:”：没有写由谁审批"),
        ('"部门主管|上级领导"', '"部门主管|"', "“部门主管|”：没有写由谁审批"),
        ('cc = ["人事专员"]', 'cc = ["自选"]', "第 19 行 route[1].cc：抄送写了“自选”，表单里要有"),
        ('cc = ["人事专员"]', 'cc = "人事专员"', "第 19 行 route[1].cc：要写成列表，如"),
        ('self = "skip"', 'self = "skp"', "第 25 行 policy.self：只能是 up、head、skip、administrator、allow，是不是想写 skip？"),
        ('self = "skip"', 'overdue = "up"', "第 25 行 policy.overdue：还要写 hours：过多少个工作小时没人处理算超时"),
        ('self = "skip"', 'hours = 0', "第 25 行 policy.hours：要大于 0"),
        ('self = "skip"', 'hours = 400', "第 25 行 policy.hours：最多 240"),
        ('self = "skip"', 'hours = "8"', "第 25 行 policy.hours：要写数字，不加引号，如 8"),
        ('self = "skip"', 'missing = "skp"', "只能是 administrator、skip、up，或者由谁，如 行政经理、user:zhao，是不是"),
        ('self = "skip"', 'missing = "usr:zhao"', "第 25 行 policy.missing：“usr:zhao”：冒号前只能是 本部门、role"),
        ('self = "skip"', 'hours = 8\noverdue = "wait"', "第 26 行 policy.overdue：只能是 remind、up、administrator、"),
        ('self = "skip"', 'away = "wiat"', "第 25 行 policy.away：只能是 wait、up、substitute，是不是想写 wait？"),
        ('type = "number"', 'type = "number"\namong = ["会计"]', "第 9 行 field[1].among：among 写给 type ="),
        ('type = "person"', 'type = "person"\namong = ["逐级:总经理"]', "第 15 行 field[2].among：“逐级:总经理”：冒号前只能是 本部门、role"),
        ('type = "person"', 'type = "person"\namong = "会计"', "第 15 行 field[2].among：要写成列表，如 [\"会计\", \"财务部\"]"),
        ('cc = ["人事专员"]', 'cc = ["逐级:总经理"]', "第 19 行 route[1].cc：“逐级:总经理”：冒号前只能是 本部门、role"),
        ("review:人事专员", "vote 5/3:人事专员", "第 18 行 route[1].approve：“vote 5/3:人事专员”：vote 后面写要多少票同意"),
        ('[policy]', '[polciy]', "第 24 行 polciy：不认识的配置项，是不是想写 policy？"),
        ('approve = ["部门主管", "handle:出纳"]', "approve = []", "第 22 行 route[2].approve：至少要写一项"),
        ('[policy]', '[policy', "leave.toml 第 24 行：不是正确的 TOML"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_its_key_and_what_to_write(
    tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    assert right in GOOD
    (line,) = told(tmp_path, leave=GOOD.replace(right, wrong, 1))
    assert said in line


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    one = GOOD.replace("天数 <= 1", "day > 1").replace('"person"', '"persn"').replace("handle:出纳", "handel:出纳")
    one = one.replace('"confirm:替班人", ', "")
    lines = told(tmp_path, leave=one, outing=GOOD.replace("title", "titel"))
    places = [line.partition("：")[0] for line in lines]
    assert places == [
        "leave.toml 第 14 行 field[2].type", "leave.toml 第 17 行 route[1].when", "leave.toml 第 22 行 route[2].approve",
        "outing.toml 第 1 行 titel",
    ]  # fmt: skip


def test_an_id_and_a_label_mean_one_field(tmp_path: Path) -> None:
    lines = told(tmp_path, leave=GOOD.replace('"deputy"', '"days"').replace('"替班人"', '"天数"'))
    assert lines[:2] == [
        "leave.toml 第 12 行 field[2].id：“days”已经用在前面的字段里",
        "leave.toml 第 13 行 field[2].label：“天数”已经用在前面的字段里",
    ]


def test_a_prefix_and_a_word_belong_to_one_flow(tmp_path: Path) -> None:
    lines = told(tmp_path, leave=GOOD, rest=GOOD.replace('title = "请假"', 'title = "休假"'))
    assert "rest.toml 第 2 行 prefix：“QJ”已经用在 leave.toml 里" in lines
    assert "rest.toml 第 3 行 words：“休假”已经用在 leave.toml 里" in lines


def test_a_full_width_colon_is_read_as_a_colon(tmp_path: Path) -> None:
    text = (
        GOOD.replace("review:", "review：")
        .replace('cc = ["人', 'cc = ["本部门：人')
        .replace('self = "', 'missing = "role：')
    )
    (tmp_path / "leave.toml").write_text(text, "utf-8")
    flow = flowfiles.load(str(tmp_path))["leave"]
    assert flow.routes[0].steps[2].kind == "review"
    assert flow.routes[0].cc == ("本部门:人事专员",)
    assert flow.policies.missing == "role:skip"


def test_a_companys_words_are_checked_too() -> None:
    with pytest.raises(flowfiles.FlowMistakes, match=r"人事 = “rol:人事专员”：要写成 .*是不是想写 role？"):
        flowfiles.load("matrix", posts={"人事": "rol:人事专员"})


def test_a_file_as_notepad_saves_it_is_read_and_one_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "leave.toml").write_text(GOOD, "utf-8-sig")
    assert flowfiles.load(str(tmp_path))["leave"].title == "请假"
    (tmp_path / "outing.toml").write_bytes(GOOD.encode("gbk"))
    assert told(tmp_path) == ["outing.toml：请用 UTF-8 编码保存这个文件"]


def test_what_should_be_a_section_is_called_one(tmp_path: Path) -> None:
    lines = told(tmp_path, leave='title = "请假"\nprefix = "QJ"\nfield = 3\nroute = [1]\npolicy = "skip"\n')
    assert lines == [
        "leave.toml 第 3 行 field：要写成单独的一节，以 [[field]] 开头",
        "leave.toml 第 4 行 route[1]：要写成单独的一节，以 [[route]] 开头",
        "leave.toml 第 5 行 policy：要写成单独的一节，以 [policy] 开头",
    ]


def test_an_empty_folder_says_which_packs_there_are(tmp_path: Path) -> None:
    assert "自带的流程包有 classic、common、matrix" in told(tmp_path)[0]


def test_the_schema_for_editors_is_fresh() -> None:
    kept = json.loads((flowfiles.FLOWS / "flow.schema.json").read_text("utf-8"))
    assert kept == schema(), "run: python -m bot.flowforms > flows/flow.schema.json"


@pytest.mark.parametrize("pack", flowfiles.packs())
def test_the_shipped_flows_name_their_schema_and_fit_on_a_screen(pack: str) -> None:
    for flow in flowfiles.load(pack).values():
        lines = flowfiles.file_of(pack, flow.id).read_text("utf-8").splitlines()
        assert lines[0] == "#:schema ../flow.schema.json"
        assert len(lines) <= 75
