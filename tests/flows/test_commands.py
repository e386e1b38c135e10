"""`flows check`, `flows route`, `flows list`, as people and programs call them."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from bot import flowfiles, flows
from bot.chat import SAMPLE

COMPANY: dict[str, Any] = json.loads(SAMPLE.read_text("utf-8"))


def called(action: str, capsys: pytest.CaptureFixture[str], **more: Any) -> tuple[int, str, str]:
    """The exit code, the output, the errors."""
    known = {
        "flow": "leave", "flows": "matrix", "organization": None, "applicant": "lix", "set": None, "json": False,
        "now": None, "home": None,
    }  # fmt: skip
    code = flows.main(argparse.Namespace(action=action, **{**known, **more}))
    said = capsys.readouterr()
    return code, said.out, said.err


def test_where_a_case_would_go_is_told_to_programs(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = called("route", capsys, set=["days=2", "leave_type=年假"], json=True)
    assert code == 0
    assert json.loads(out) == {
        "steps": [
            {"kind": "approve", "mode": "one", "people": ["chenj"], "why": "部门主管：品牌组负责人"},
            {"kind": "approve", "mode": "one", "people": ["sunl"], "why": "人事经理：岗位"},
            {"kind": "approve", "mode": "one", "people": ["zhao"], "why": "总经理：岗位"},
        ],
        "cc": ["maj", "zhuy"],
        "rules": ["天数不超过 1 时不经总经理"],
    }


def test_where_a_case_would_go_is_told_to_people(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = called("route", capsys, set=["天数=1"])
    assert code == 0
    assert out.splitlines()[1] == "1. 部门主管  陈静（部门主管：品牌组负责人）"
    assert "抄送  赵明远、马静、朱颖" in out


def test_any_of_several_accountants_decides_on_a_trip(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = called("route", capsys, flow="business_trip", json=True)
    assert [(step["mode"], step["people"]) for step in json.loads(out)["steps"]][2] == ("any", ["dengs", "fengh"])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"flow": "leav"}, "没有流程 leav，是不是想写 leave？"),
        ({"applicant": "nobody"}, "组织里没有 nobody"),
        ({"set": ["days"]}, "--set 要写成 字段=值"),
        ({"set": ["dais=1"]}, "请假的表单里没有 dais，是不是想写 days？"),
        ({"set": ["days=三"]}, "天数要填数字"),
        ({"flows": "nowhere"}, "自带的流程包有"),
        ({"organization": "nowhere.json"}, "读不到组织文件"),
    ],
)
def test_a_wrong_call_is_exit_two(capsys: pytest.CaptureFixture[str], more: dict[str, Any], said: str) -> None:
    code, out, err = called("route", capsys, **{"set": ["days=1"], **more})
    assert (code, out) == (2, "")
    assert said in err


def test_rows_come_as_json_and_their_total_decides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (flowfiles.FLOWS / "matrix" / "expense.toml").read_text("utf-8").partition("[[route]]")[0]
    routes = '[[route]]\nwhen = "amount < 0.35"\napprove = ["部门主管"]\n[[route]]\napprove = ["总经理"]\n'
    (tmp_path / "expense.toml").write_text(text + routes, "utf-8")
    for rows, who in (('[{"item": "a", "price": 0.1}, {"项目": "b", "金额": "0.2"}]', "chenj"),
                      ('[{"item": "a", "price": 0.15}, {"item": "b", "price": 0.2}]', "zhao")):  # fmt: skip
        _, out, _ = called("route", capsys, flow="expense", flows=str(tmp_path), set=[f"details={rows}"], json=True)
        assert json.loads(out)["steps"][0]["people"] == [who]
    _, out, _ = called("route", capsys, flow="expense", flows=str(tmp_path), set=["amount=5"], json=True)
    assert json.loads(out)["steps"][0]["people"] == ["zhao"]


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (["details=打车 45"], '费用明细要写成 JSON，如 details=[{"item": …}]'),
        (['details=[{"item": "打车"}]'], "费用明细第 1 笔“打车”没写金额"),
        (['details=[{"item": "打车", "price": [1]}]'], "费用明细第 1 笔“打车”的金额不对"),
        (['details=[{"item": "打车", "price": 45}]', "amount=5"], "报销金额是明细加起来的 45.00，不是 5"),
    ],
)
def test_rows_that_cannot_be_are_a_wrong_call(capsys: pytest.CaptureFixture[str], pairs: list[str], said: str) -> None:
    code, out, err = called("route", capsys, flow="expense", set=pairs)
    assert (code, out) == (2, "")
    assert said in err


def test_a_case_without_a_route_is_a_no(capsys: pytest.CaptureFixture[str]) -> None:
    assert called("route", capsys)[:2] == (1, "“天数”要填数字，才能确定审批路线\n")
    assert json.loads(called("route", capsys, json=True)[1]) == {"error": "“天数”要填数字，才能确定审批路线"}


def test_all_packs_are_sound_on_the_sample_company(capsys: pytest.CaptureFixture[str]) -> None:
    assert called("check", capsys, flows=None)[0] == 0
    code, out, _ = called("check", capsys, json=True)
    assert (code, {one["level"] for one in json.loads(out)["findings"]}) == (0, {"hint"})


def test_the_check_knows_who_is_missing_and_which_route_is_never_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.toml").write_text(
        'title = "甲"\nprefix = "A"\nadministrator = "秘书"\n'
        '[[route]]\napprove = ["部门主管", "人事经里"]\ncc = ["前台"]\n'
        '[[route]]\ndepartment = "采购"\napprove = ["总经理"]\n',
        "utf-8",
    )
    code, _, err = called("check", capsys, flows=str(tmp_path))
    assert code == 1
    assert [line.removeprefix(f"{tmp_path}/") for line in err.splitlines() if line.startswith(str(tmp_path))] == [
        "a.toml 第 3 行 administrator：没有人担任“秘书”；换成有人担任的岗位，或先在通讯录里指定一个人",
        "a.toml 第 5 行 route[1].approve：没有人担任“人事经里”，这一步会交给流程管理员，是不是想写 人事经理？",
        "a.toml 第 6 行 route[1].cc：没有人担任“前台”，没有人会收到抄送；换成有人担任的岗位，或先在通讯录里指定一个人",
        "a.toml 第 8 行 route[2].department：没有部门“采购”，这条路线没有人走，是不是想写 采购部？",
    ]
    assert f"    例 曹燕：./nod flows route a --flows {tmp_path} --applicant caoy" in err.splitlines()


def test_hints_alone_are_no_mistake_and_the_same_hint_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = called("check", capsys, flows="matrix")
    hints = [line for line in err.splitlines() if not line.startswith("    例 ")]
    assert (code, out.partition("，")[0]) == (0, "30 个流程")
    assert all(line.startswith("提示 flows/") for line in hints)
    assert sum("赵明远：部门主管：上面没有负责人，由流程管理员审批" in line for line in hints) == 1
    assert "处也是这样" in err


def test_programs_get_the_level_what_to_write_and_a_case_to_try(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.toml").write_text('title = "甲"\nprefix = "A"\n[[route]]\napprove = ["人事经里"]\n', "utf-8")
    finding = json.loads(called("check", capsys, flows=str(tmp_path), json=True)[1])["findings"][0]
    assert finding == {
        "file": f"{tmp_path}/a.toml", "line": 4, "key": "route[1].approve", "level": "mistake", "instead": "",
        "text": "没有人担任“人事经里”，这一步会交给流程管理员，是不是想写 人事经理？",
        "example": {
            "applicant": "caoy", "name": "曹燕",
            "command": f"./nod flows route a --flows {tmp_path} --applicant caoy",
        },
    }  # fmt: skip


def test_the_check_knows_words_of_policies_choices_and_chains(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.toml").write_text(
        'title = "甲"\nprefix = "A"\n[policy]\nmissing = "user:nobody"\nhours = 8\noverdue = "行政经里"\n'
        '[[field]]\nid = "who"\nlabel = "经办人"\ntype = "person"\namong = ["会计", "前台"]\n'
        '[[route]]\napprove = ["逐级:第3级主管", "逐级:董事长", "本部门:秘书", "vote 2/3:总经理*2|会计"]\n',
        "utf-8",
    )
    code, _, err = called("check", capsys, flows=str(tmp_path))
    assert code == 1
    told = "\n".join(line.removeprefix(f"{tmp_path}/") for line in err.splitlines())
    for part in (
        "a.toml 第 4 行 policy.missing：“user:nobody”指的是 nobody，这个人已不在通讯录里，会由流程管理员代替",
        "a.toml 第 6 行 policy.overdue：没有人担任“行政经里”，会由流程管理员代替",
        "是不是想写 行政经理？",
        "a.toml 第 11 行 field[1].among：没有人担任“前台”，没有人可选",
        "a.toml 第 13 行 route[1].approve：没有人担任“逐级:董事长”，会一直到最上一级",
        "a.toml 第 13 行 route[1].approve：没有人担任“本部门:秘书”，这一步会交给流程管理员",
    ):
        assert part in told


def test_how_several_decide_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.toml").write_text(
        'title = "甲"\nprefix = "A"\n[[route]]\napprove = ["vote 2/3:总经理*2|会计", "handle claim:会计"]\n', "utf-8"
    )
    _, out, _ = called("route", capsys, flows=str(tmp_path), flow="a")
    assert out.splitlines()[1:] == [
        "1. 总经理、会计  赵明远、邓爽、冯华，2/3 同意即通过（总经理：岗位；会计：岗位）",
        "2. 会计  邓爽、冯华，先认领的人处理（会计：岗位）",
        "· 总经理在投票里算 2 票",
    ]


def test_a_condition_that_stood_before_is_never_reached_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    field = '[[field]]\nid = "days"\nlabel = "天数"\ntype = "number"\n'
    route = '[[route]]\nwhen = "{}"\napplicant = "{}"\napprove = ["总经理"]\n'
    routes = "".join(
        route.format(*row) for row in (("days > 1", "head"), ("天数 > 1", "head"), ("days > 1", "employee"))
    )
    (tmp_path / "a.toml").write_text(f'title = "甲"\nprefix = "A"\n{field}{routes}', "utf-8")
    code, _, err = called("check", capsys, flows=str(tmp_path))
    assert (code, err.count("永远走不到"), err.count("route[2]：永远走不到")) == (1, 1, 1)


def test_the_check_tells_programs_file_line_and_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.toml").write_text('title = "甲"\nprefix = "a"\n[[route]]\napprove = ["部门主管"]\n', "utf-8")
    code, out, _ = called("check", capsys, flows=str(tmp_path), json=True)
    (finding,) = json.loads(out)["findings"]
    assert (code, finding["file"], finding["line"], finding["key"]) == (1, f"{tmp_path}/a.toml", 2, "prefix")


def test_without_any_administrator_the_check_asks_for_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nobody = tmp_path / "company.json"
    nobody.write_text(
        json.dumps({**COMPANY, "users": [{**user, "admin": False} for user in COMPANY["users"]]}), "utf-8"
    )
    code, _, err = called("check", capsys, organization=str(nobody))
    assert code == 1
    assert "flows/matrix/leave.toml 第 1 行 administrator：公司没有管理员" in err


def test_flows_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(called("list", capsys, json=True)[1])
    assert {"leave", "business_trip", "outing"} <= {flow["id"] for flow in listed}
    assert all(flow["pack"] in ("matrix", "more") and flow["version"] for flow in listed)
    assert "请假" in called("list", capsys, flows=None)[1]


def test_a_flow_and_a_person_may_be_called_by_their_names(capsys: pytest.CaptureFixture[str]) -> None:
    by_id = called("route", capsys, flow="leave", applicant="lix", set=["days=2"])
    assert called("route", capsys, flow="请假", applicant="李想", set=["天数=2"]) == by_id
    code, _, err = called("route", capsys, flow="请价", set=["days=2"])
    assert (code, "是不是想写 请假？" in err, "leave（请假）" in err) == (2, True, True)
    assert "组织里没有 李响" in called("route", capsys, applicant="李响", set=["days=2"])[2]


def test_one_file_is_checked_by_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other.toml").write_text("nonsense", "utf-8")
    (tmp_path / "business_trip.toml").write_text(
        (flowfiles.FLOWS / "robotics" / "business_trip.toml").read_text("utf-8"), "utf-8"
    )
    code, out, _ = called("check", capsys, flows=str(tmp_path / "business_trip.toml"))
    assert (code, out.split("，")[0]) == (0, "1 个流程")
    code, _, err = called("check", capsys, flows=str(tmp_path / "other.toml"))
    assert code == 1
    assert "other.toml" in err
