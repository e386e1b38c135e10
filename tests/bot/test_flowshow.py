"""`./nod flows show`: the flow as it is, with the holders of its posts, or for one person."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot import cli, flowfiles
from bot.chat import SAMPLE


def show(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = cli.main(["flows", "show", *words])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_without_an_organization_the_words_of_the_file_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = show(capsys, "leave")
    assert code == 0
    assert "├─ 天数不超过 1\n│   ● 1 审批  部门主管（申请人所在部门的负责人）\n│   ● 2 审批  人事经理\n" in told
    assert "孙丽" not in told


def test_with_one_it_says_who_holds_each_post(capsys: pytest.CaptureFixture[str]) -> None:
    told = show(capsys, "expense", "--organization", str(SAMPLE))[1]
    assert "● 2 审批 · 或签  会计（邓爽、冯华）" in told
    assert "■ 7 办理  出纳（曹燕）" in told


def test_for_one_person_only_their_routes_are_shown_with_who_decides(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = show(capsys, "leave", "--flows", "classic", "--applicant", "lix")
    assert code == 0
    assert "◎ 发起  李想" in told
    assert "● 1 审批  直接主管（陈静）" in told
    assert "部门负责人" not in told, "李想 heads no department"


@pytest.mark.parametrize("pack", [pack for pack in flowfiles.packs() if pack != flowfiles.MORE])
def test_every_flow_of_the_packs_can_be_drawn(pack: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for key, flow in flowfiles.load(pack).items():
        file = tmp_path / f"{key}.svg"
        assert show(capsys, key, "--flows", pack, "--organization", str(SAMPLE), "--svg", str(file))[0] == 0
        texts = [node.text for node in ElementTree.parse(file).iter("{http://www.w3.org/2000/svg}text")]
        assert flow.title in texts


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("leav",), "没有流程 leav，是不是想写 leave？"),
        (("leave", "--applicant", "nobody"), "组织里没有 nobody"),
        (("leave", "--organization", "nowhere.json"), "读不到组织文件"),
        (("leave", "--svg", "no/such/folder/leave.svg"), "No such file"),
    ],
)
def test_a_wrong_call_is_exit_two(words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = show(capsys, *words)
    assert code == 2
    assert said in told
