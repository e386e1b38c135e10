"""An administrator removes a flow while its cases are on their way (R-APR-9): what runs, runs on."""

import asyncio
import shutil
import sys
from pathlib import Path
from typing import Any

import orjson
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


async def test_running_cases_are_moved_onto_the_changed_flow_and_the_cards_agree(
    office: Office, tmp_path: Path
) -> None:
    file = Path(shutil.copy(ROOT / "flows" / "matrix" / "leave.toml", tmp_path))
    await restarted(office, str(tmp_path))
    try:
        number = await filed(office)
        await approved_by(office, SUPERVISOR, number)
        asked = await office.asked(HR, number)
        edited(file)
        await restarted(office, str(tmp_path))
        sqlite = office.database.startswith("sqlite")
        if sqlite:  # the bot holds the file
            await office.stop_bot()
        code, told = await migrated(office)
        assert (code, [case["fate"] for case in told["cases"]]) == (0, ["stays"])
        if sqlite:
            await office.start_bot()
        await office.words_with(EMPLOYEE, "换到了新的审批流程", "七月起的新规定", people.name(HR))

        async def shown() -> bool:
            card = await office.card(HR, asked["outTrackId"])
            return "请假原因" in card["markdown"] and "approve" in [button["id"] for button in card["buttons"]]

        await office.until(shown, "HR's own card with the new words")
        await approved_by(office, HR, number)
        await approved_by(office, BOSS, number)
        await office.card_with(EMPLOYEE, number=number, status="approved")
    finally:
        if office.bot is not None and office.bot.returncode is not None:
            await office.start_bot()
        await restarted(office, "matrix")


async def migrated(office: Office) -> tuple[int, Any]:
    """The administrator moves all running leave cases."""
    words = ["flows", "migrate", "leave", "--config", str(office.folder / "config.toml"), "--all", "--json"]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, "--by", people.administrator(), "--reason", "七月起的新规定", cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await process.communicate()
    return process.returncode or 0, orjson.loads(out) if out else None


def edited(file: Path) -> None:
    """A field is called otherwise, and the general manager decides on short leave, too."""
    changed = file.read_text("utf-8").replace('label = "事由"', 'label = "请假原因"')
    file.write_text(changed.replace('["部门主管", "人事经理"]', '["部门主管", "人事经理", "总经理"]'), "utf-8")


async def restarted(office: Office, flows: str) -> None:
    """The bot ends and begins again with these flows."""
    await office.stop_bot()
    office.flows = flows
    await office.start_bot()
