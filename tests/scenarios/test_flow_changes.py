"""An administrator removes a flow while its cases are on their way (R-APR-9): what runs, runs on."""

import shutil
from pathlib import Path

import pytest

from tests.scenarios import people
from tests.scenarios.office import ROOT, Office
from tests.scenarios.test_leave import BOSS, EMPLOYEE, HR, SENTENCE, SUPERVISOR, approved_by, draft, filed

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_running_case_is_decided_though_its_flow_was_removed(office: Office, tmp_path: Path) -> None:
    number = await filed(office)
    await draft(office)
    shutil.copy(ROOT / "flows" / "matrix" / "outing.toml", tmp_path)
    await office.stop_bot()
    office.flows = str(tmp_path)
    try:
        await office.start_bot()
        await approved_by(office, SUPERVISOR, number)
        await approved_by(office, HR, number)
        card = await office.card_with(EMPLOYEE, number=number, status="approved")
        assert "去医院复查" in card["markdown"]
        await office.words_with(EMPLOYEE, "已通过")
        await office.say(EMPLOYEE, "明天上午外出，去银行开户")
        await office.card_with(EMPLOYEE, status="draft", kind="outing")
        await office.say(EMPLOYEE, SENTENCE)
        await office.words_with(EMPLOYEE, "外出", "没有")
    finally:
        await office.stop_bot()
        office.flows = "matrix"
        await office.start_bot()


async def test_a_returned_case_is_filed_again_as_it_was_filed_though_its_flow_was_changed(
    office: Office, tmp_path: Path
) -> None:
    file = Path(shutil.copy(ROOT / "flows" / "matrix" / "leave.toml", tmp_path))
    await restarted(office, str(tmp_path))
    try:
        number = await filed(office)
        edited(file)
        await restarted(office, str(tmp_path))
        await office.asked(SUPERVISOR, number)
        await office.say(SUPERVISOR, f"退回 {number} 请写清楚")
        returned = await office.card_with(EMPLOYEE, number=number, status="returned")
        assert "**事由**：去医院复查" in returned["markdown"]
        assert people.name(BOSS) not in returned["markdown"].split("抄送")[0]
        await office.tap(EMPLOYEE, returned["outTrackId"], "resubmit")
        await approved_by(office, SUPERVISOR, number)
        await approved_by(office, HR, number)
        await office.card_with(EMPLOYEE, number=number, status="approved")

        later = await filed(office)
        shown = (await office.card_with(EMPLOYEE, number=later))["markdown"]
        assert "**请假原因**：去医院复查" in shown
        for person in (SUPERVISOR, HR, BOSS):
            await approved_by(office, person, later)
        await office.card_with(EMPLOYEE, number=later, status="approved")
    finally:
        await restarted(office, "matrix")


def edited(file: Path) -> None:
    """A field is called otherwise, and the general manager decides on short leave, too."""
    changed = file.read_text("utf-8").replace('label = "事由"', 'label = "请假原因"')
    file.write_text(changed.replace('["部门主管", "人事经理"]', '["部门主管", "人事经理", "总经理"]'), "utf-8")


async def restarted(office: Office, flows: str) -> None:
    """The bot ends and begins again with these flows."""
    await office.stop_bot()
    office.flows = flows
    await office.start_bot()
