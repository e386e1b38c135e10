"""Why not: the reason of a rejection, what is one and what is none, and taps that are no decision yet."""

import pytest

from tests.scenarios import people
from tests.scenarios.office import Office
from tests.scenarios.test_leave import EMPLOYEE, HR, SENTENCE, SUPERVISOR, filed

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def asked_for_a_reason(office: Office) -> str:
    """Somebody's leave is rejected without a word: the bot asks why. The case's number."""
    number = await filed(office)
    card = await office.asked(SUPERVISOR, number)
    await office.tap(SUPERVISOR, card["outTrackId"], "reject")
    await office.words_with(SUPERVISOR, "理由")
    return number


async def test_the_next_words_are_the_reason(office: Office) -> None:
    number = await asked_for_a_reason(office)
    await office.say(SUPERVISOR, "明天要盘点，人手不够")
    card = await office.card_with(EMPLOYEE, number=number, status="rejected")
    assert "人手不够" in card["markdown"]


async def test_a_request_of_their_own_is_no_reason(office: Office) -> None:
    number = await asked_for_a_reason(office)
    await office.say(SUPERVISOR, SENTENCE)
    await office.card_with(SUPERVISOR, status="draft")
    assert (await office.card_with(EMPLOYEE, number=number))["cardParamMap"]["status"] == "running"


async def test_what_is_said_in_a_group_is_no_reason(office: Office) -> None:
    number = await asked_for_a_reason(office)
    groups = (await office.call("GET", "/emulator/people"))["groups"]
    group = next(one["openConversationId"] for one in groups if SUPERVISOR in one["members"])
    before = len(await office.seen(SUPERVISOR, group))
    await office.say(SUPERVISOR, "今天人手不够", conversation=group)

    async def answered() -> bool:
        return len(await office.seen(SUPERVISOR, group)) > before + 1

    await office.until(answered, "an answer in the group")
    assert (await office.card_with(EMPLOYEE, number=number))["cardParamMap"]["status"] == "running"


async def test_after_changing_ones_mind_one_is_not_held_to_the_question(office: Office) -> None:
    number = await asked_for_a_reason(office)
    card = await office.asked(SUPERVISOR, number)
    await office.tap(SUPERVISOR, card["outTrackId"], "approve")
    await office.asked(HR, number)
    await office.say(SUPERVISOR, SENTENCE)
    await office.card_with(SUPERVISOR, status="draft")


async def test_fifty_taps_on_reject_ask_once(office: Office) -> None:
    number = await filed(office)
    card = await office.asked(SUPERVISOR, number)
    await office.tap(SUPERVISOR, card["outTrackId"], "reject", repeat=50)
    await office.words_with(SUPERVISOR, "理由")
    await office.say(SUPERVISOR, "我的申请")
    await office.words_with(SUPERVISOR, "申请")
    asked = [item for item in await office.seen(SUPERVISOR) if item["kind"] != "card" and "理由" in item["text"]]
    assert len(asked) == 1


async def test_on_a_colleagues_card_one_decides_as_on_ones_own_and_both_change(office: Office) -> None:
    first, second = people.holders("会计")[:2]
    number = await filed(office, "明天去上海出差三天，见客户")
    for person in (SUPERVISOR, HR):
        card = await office.asked(person, number)
        await office.tap(person, card["outTrackId"], "approve")
    theirs, own = await office.asked(first, number), await office.asked(second, number)
    await office.call("POST", f"/emulator/cards/{theirs['outTrackId']}/forward", {"by": first, "to": second})
    answer = await office.tap(second, theirs["outTrackId"], "approve")
    assert answer["ok"], answer
    for person, card in ((first, theirs), (second, own)):

        async def closed(person: str = person, track: str = card["outTrackId"]) -> bool:
            shown = await office.card(person, track)
            answers = [button["id"] for button in shown["buttons"]]
            return "approve" not in answers and people.name(second) in shown["markdown"]

        await office.until(closed, f"{person} seeing who decided")
