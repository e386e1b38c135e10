"""An administrator removes a flow while its cases are on their way (R-APR-9): what runs, runs on."""

import shutil
from pathlib import Path

import pytest

from tests.scenarios.office import ROOT, Office
from tests.scenarios.test_leave import EMPLOYEE, HR, SENTENCE, SUPERVISOR, approved_by, draft, filed

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
