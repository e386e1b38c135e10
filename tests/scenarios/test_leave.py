"""Leave, from the sentence to the end: what each person types, taps and sees."""

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa

from store.audit import audit_of
from store.engine import make_engine
from tests.scenarios import people
from tests.scenarios.office import Office

pytestmark = pytest.mark.asyncio(loop_scope="module")

SENTENCE = "我明天下午请半天病假，去医院复查"
LONG = "下周一到周三请年假，回老家"

EMPLOYEE = people.an_employee()
(SUPERVISOR,) = people.leaders(EMPLOYEE)
HR = people.the("人事经理")
BOSS = people.the("总经理")
HR_CLERKS = people.holders("人事专员")


async def draft(office: Office, sentence: str = SENTENCE, person: str = EMPLOYEE) -> Any:
    """The person says it and gets the draft."""
    await office.say(person, sentence)
    return await office.card_with(person, status="draft")


async def filed(office: Office, sentence: str = SENTENCE, person: str = EMPLOYEE) -> str:
    """The person says it and files it; the case's number."""
    card = await draft(office, sentence, person)
    answer = await office.tap(person, card["outTrackId"], "submit")
    assert answer["ok"], answer
    assert answer["card"]["cardParamMap"]["status"] == "running"
    return str(card["cardParamMap"]["case"])


async def approved_by(office: Office, person: str, number: str) -> Any:
    """The person is asked and says yes."""
    card = await office.asked(person, number)
    answer = await office.tap(person, card["outTrackId"], "approve")
    assert answer["ok"], answer
    assert not [button for button in answer["card"]["buttons"] if button["id"] in ("approve", "reject")]
    return answer


async def test_half_a_day_of_sick_leave_is_asked_understood_and_approved_by_both(office: Office) -> None:
    card = await draft(office)
    shown = card["markdown"]
    for said in ("病假", "下午", "0.5", "去医院复查", people.name(SUPERVISOR), people.name(HR)):
        assert said in shown
    assert people.name(BOSS) not in shown.split("抄送")[0]
    number = card["cardParamMap"]["case"]
    answer = await office.tap(EMPLOYEE, card["outTrackId"], "submit")
    assert answer["card"]["cardParamMap"]["status"] == "running"

    await approved_by(office, SUPERVISOR, number)
    await approved_by(office, HR, number)

    mine = await office.card_with(EMPLOYEE, number=number, status="approved")
    assert people.name(SUPERVISOR) in mine["markdown"]
    assert people.name(HR) in mine["markdown"]
    await office.words_with(EMPLOYEE, "通过")
    for person in (BOSS, *HR_CLERKS):
        copy = await office.card_with(person, number=number, status="approved")
        assert people.name(EMPLOYEE) in copy["title"] + copy["markdown"]
        assert not copy["buttons"] or all(button["id"] == "read" for button in copy["buttons"])
    for person in (SUPERVISOR, HR):
        await office.card_with(person, number=number, status="approved")


async def test_more_than_a_day_goes_to_the_general_manager_too(office: Office) -> None:
    number = await filed(office, LONG)
    for person in (SUPERVISOR, HR, BOSS):
        await approved_by(office, person, number)
    await office.card_with(EMPLOYEE, number=number, status="approved")
    for clerk in HR_CLERKS:
        await office.card_with(clerk, number=number, status="approved")


async def test_a_rejection_asks_for_its_reason_and_the_applicant_hears_it(office: Office) -> None:
    number = await filed(office)
    card = await office.asked(SUPERVISOR, number)
    await office.tap(SUPERVISOR, card["outTrackId"], "reject")
    await office.words_with(SUPERVISOR, "理由")
    assert (await office.card(SUPERVISOR, card["outTrackId"]))["cardParamMap"]["status"] == "running"

    await office.say(SUPERVISOR, "明天下午有评审，换一天吧")
    mine = await office.card_with(EMPLOYEE, number=number, status="rejected")
    assert "明天下午有评审" in mine["markdown"]
    await office.words_with(EMPLOYEE, "明天下午有评审")
    assert not [card for card in await office.cards(HR) if card["cardParamMap"]["case"] == number]


async def test_a_rejection_with_its_reason_in_the_tap_needs_no_question(office: Office) -> None:
    number = await filed(office)
    card = await office.asked(SUPERVISOR, number)
    answer = await office.tap(SUPERVISOR, card["outTrackId"], "reject", {"reason": "人手不够"})
    assert answer["card"]["cardParamMap"]["status"] == "rejected"
    assert "人手不够" in (await office.card_with(EMPLOYEE, number=number, status="rejected"))["markdown"]


async def test_a_running_case_is_withdrawn_and_the_approver_can_do_nothing_more(office: Office) -> None:
    number = await filed(office)
    asked = await office.asked(SUPERVISOR, number)
    mine = await office.card_with(EMPLOYEE, number=number, status="running")
    answer = await office.tap(EMPLOYEE, mine["outTrackId"], "withdraw")
    assert answer["card"]["cardParamMap"]["status"] == "withdrawn"
    await office.card_with(SUPERVISOR, number=number, status="withdrawn")

    late = await office.tap(SUPERVISOR, asked["outTrackId"], "approve")
    assert late["ok"]
    assert late["card"]["cardParamMap"]["status"] == "withdrawn"
    assert not [button for button in late["card"]["buttons"] if button["id"] == "approve"]


async def test_the_applicant_cannot_approve_on_a_card_of_his_own(office: Office) -> None:
    number = await filed(office)
    mine = await office.card_with(EMPLOYEE, number=number, status="running")
    await office.tap(EMPLOYEE, mine["outTrackId"], "approve")
    now = await office.card_with(EMPLOYEE, number=number)
    assert now["cardParamMap"]["status"] == "running"
    assert await office.asked(SUPERVISOR, number)


async def test_a_stranger_who_got_the_card_forwarded_decides_nothing_and_spoils_nothing(office: Office) -> None:
    number = await filed(office)
    card = await office.asked(SUPERVISOR, number)
    stranger = next(p for p in HR_CLERKS if p not in (SUPERVISOR, EMPLOYEE))
    await office.call("POST", f"/emulator/cards/{card['outTrackId']}/forward", {"by": SUPERVISOR, "to": stranger})
    answer = await office.tap(stranger, card["outTrackId"], "approve")
    assert answer["ok"], answer
    assert people.name(SUPERVISOR) in str(answer["card"]["cardParamMap"].get("tips", "")) + answer["card"]["markdown"]
    assert await office.asked(SUPERVISOR, number), "the card still asks whom it asked"


async def test_a_tap_repeated_fifty_times_decides_once(office: Office) -> None:
    number = await filed(office)
    card = await office.asked(SUPERVISOR, number)
    answer = await office.tap(SUPERVISOR, card["outTrackId"], "approve", repeat=50)
    assert all(one["ok"] for one in answer["answers"])
    await office.asked(HR, number)
    asked = [card for card in await office.cards(HR) if card["cardParamMap"]["case"] == number]
    assert len(asked) == 1
    assert (await office.card_with(EMPLOYEE, number=number))["cardParamMap"]["status"] == "running"


async def test_the_same_message_delivered_three_times_makes_one_draft(office: Office) -> None:
    await office.call("POST", "/emulator/faults", {"kind": "ack_lost", "count": 1})
    await office.call("POST", "/emulator/faults", {"kind": "redeliver", "count": 2})
    await draft(office)
    await asyncio.sleep(4)  # the emulator redelivers after 1.5 s
    assert len(await office.cards(EMPLOYEE)) == 1
    assert (await office.call("GET", "/emulator/stats"))["redelivered"] >= 1


async def test_the_second_of_two_any_of_approvers_hears_who_was_faster(office: Office) -> None:
    number = await filed(office, "明天去上海出差三天，见客户")
    await approved_by(office, SUPERVISOR, number)
    await approved_by(office, HR, number)
    first, second, *_ = people.holders("会计")
    late_card = await office.asked(second, number)
    await approved_by(office, first, number)
    seen = await office.until(
        lambda: _without_buttons(office, second, late_card["outTrackId"]), "the other accountant's card closing"
    )
    assert people.name(first) in seen["markdown"]
    late = await office.tap(second, late_card["outTrackId"], "approve")
    shown = late["card"]["markdown"] + str(late["card"]["cardParamMap"].get("tips", ""))
    assert people.name(first) in shown


async def _without_buttons(office: Office, person: str, track: str) -> Any:
    card = await office.card(person, track)
    return None if [button for button in card["buttons"] if button["id"] == "approve"] else card


async def test_an_applicant_who_is_his_own_approver_is_asked_by_nobody_twice(office: Office) -> None:
    number = await filed(office, SENTENCE, person=SUPERVISOR)
    mine = [card for card in await office.cards(SUPERVISOR) if card["cardParamMap"]["case"] == number]
    assert len(mine) == 1, "the supervisor is not asked about the leave of the supervisor"
    assert "approve" not in [button["id"] for button in mine[0]["buttons"]]
    assert people.name(HR) in mine[0]["markdown"]


async def test_a_restart_between_any_two_steps_changes_nothing(office: Office) -> None:
    await office.say(EMPLOYEE, SENTENCE)
    card = await office.card_with(EMPLOYEE, status="draft")
    number = card["cardParamMap"]["case"]
    for person, track, button in (
        (EMPLOYEE, card["outTrackId"], "submit"),
        (SUPERVISOR, "", "approve"),
        (HR, "", "approve"),
    ):
        await office.kill_bot()
        await office.start_bot()
        track = track or (await office.asked(person, number))["outTrackId"]
        assert (await office.tap(person, track, button))["ok"]
    await office.kill_bot()
    await office.start_bot()
    await office.card_with(EMPLOYEE, number=number, status="approved")
    await office.words_with(EMPLOYEE, "通过")


async def test_sigterm_ends_the_bot_cleanly(office: Office) -> None:
    await filed(office)
    assert await office.stop_bot() == 0


async def test_a_leaver_who_still_taps_decides_nothing(office: Office) -> None:
    number = await filed(office)
    card = await office.asked(SUPERVISOR, number)
    people_now = (await office.call("GET", "/emulator/people"))["users"]
    await office.call("DELETE", f"/emulator/people/{SUPERVISOR}")
    try:

        async def refused() -> bool:
            answer = await office.tap(SUPERVISOR, card["outTrackId"], "approve")
            return "通讯录" in str(answer["card"]["tips"])

        await office.until(refused, "the leaver being refused")
        assert (await office.card_with(EMPLOYEE, number=number))["cardParamMap"]["status"] == "running"
    finally:
        row = next(user for user in people_now if user["userid"] == SUPERVISOR)
        await office.call("PUT", f"/emulator/people/{SUPERVISOR}", row)


async def test_trouble_at_the_platform_delays_cards_and_loses_none(office: Office) -> None:
    await office.call("POST", "/emulator/faults", {"kind": "http_500", "count": 1, "path": "/v1.0/card"})
    await office.call("POST", "/emulator/faults", {"kind": "http_500", "count": 1, "path": "/v1.0/card", "after": True})
    await office.call("POST", "/emulator/faults", {"kind": "rate_limit", "count": 1, "path": "/v1.0/card"})
    await office.call("POST", "/emulator/faults", {"kind": "token_expired", "count": 1})
    number = await filed(office)
    await approved_by(office, SUPERVISOR, number)
    await approved_by(office, HR, number)
    await office.card_with(BOSS, number=number, status="approved")
    await office.card_with(EMPLOYEE, number=number, status="approved")
    tracks = [item["outTrackId"] for item in await office.seen(EMPLOYEE) if "outTrackId" in item]
    assert len(tracks) == len(set(tracks)), "a card that was sent twice is one card"


async def test_a_tap_while_the_line_is_cut_is_not_lost_on_the_second_try(office: Office) -> None:
    number = await filed(office)
    card = await office.asked(SUPERVISOR, number)
    for trouble in ("disconnect", "drop"):
        await office.call("POST", "/emulator/faults", {"kind": trouble})

    async def tapped() -> bool:
        return bool((await office.tap(SUPERVISOR, card["outTrackId"], "approve"))["ok"])

    await office.until(tapped, "a tap getting through again")
    await approved_by(office, HR, number)
    await office.card_with(EMPLOYEE, number=number, status="approved")


async def test_the_audit_finds_nothing_and_finds_what_was_changed_behind_its_back(office: Office) -> None:
    number = await filed(office)
    await approved_by(office, SUPERVISOR, number)
    engine = make_engine(office.database)
    assert audit_of(engine, number) == ([], 1)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE events SET payload = replace(payload, '复查', '体检') WHERE seq = 1"))
        connection.execute(sa.text("UPDATE tasks SET state = 'closed' WHERE state = 'open'"))
    findings, _ = audit_of(engine, number)
    engine.dispose()
    assert findings[0].seq == 1
    assert any("tasks differ" in finding.what for finding in findings)
