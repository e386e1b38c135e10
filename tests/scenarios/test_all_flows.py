"""Every flow of every pack, by chatting: named, asked, answered, submitted, and approved by everybody on its route."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot import flowfiles, organizationfile
from domain.approvals.flow import Field, Flow
from domain.approvals.route import plan
from store.migrate import upgrade
from tests import services
from tests.scenarios.office import SAMPLE, Office, an_office

COMPANY = organizationfile.load(SAMPLE)
APPLICANT = {"purchasing_dept": "guol"}  # everybody else's cases are filed by an ordinary employee
ANSWERS = {
    "text": "华东展会", "textarea": "展会要用的两批物料", "number": "3", "money": "1280.5 元", "date": "下周五",
    "moment": "下下周一上午9点", "person": "何斌", "people": "何斌", "departments": "研发部、销售部",
}  # fmt: skip


def answer_to(field: Field) -> str:
    if field.type == "choice":
        return next(iter(field.options.values()))
    return "下下周一下午6点" if field.id == "end" else ANSWERS[field.type]


async def filled_in(office: Office, person: str, flow: Flow) -> Any:
    """Name the flow and answer what is asked, until the draft can be submitted."""
    await office.say(person, flow.title)
    answered = 0
    for _ in range(len(flow.fields) + 3):
        said = await office.until(partial(what_next, office, person, flow, answered), f"{flow.id} going on")
        if isinstance(said, dict):
            return said
        answered, field = said
        if field.type == "attachments":
            picture: dict[str, Any] = {"msgtype": "picture", "content": {"downloadCode": "d1"}}
            await office.say(person, "", **picture)
        else:
            await office.say(person, answer_to(field))
    raise AssertionError(f"{flow.id} asks and asks")


async def what_next(office: Office, person: str, flow: Flow, answered: int) -> Any:
    """The draft, or the newest question and the field that it is about."""
    items = await office.seen(person, "bot")
    for item in reversed(items):
        if item["seq"] <= answered or item["from"] == person:
            continue
        if item["kind"] == "card" and "." in item["outTrackId"]:
            card = await office.card(person, item["outTrackId"])
            shown = card["cardParamMap"]
            if (shown["kind"], shown["status"]) == (flow.id, "draft"):
                return card
        for field in flow.fields:
            ask = field.ask or f"{field.label}是"
            if ask in (item.get("text") or ""):
                return item["seq"], field
    return None


async def approved_by_all(office: Office, number: str, flow: Flow, values: dict[str, Any], person: str) -> None:
    """Everybody on the route says yes, as the product itself plans the route (the oracle is held elsewhere)."""
    route = plan(flow, values, COMPANY.person(person), COMPANY)
    for step in route.steps:
        for one in step.people if step.mode == "all" else step.people[:1]:
            card = await office.asked(one, number)
            answer = await office.tap(one, card["outTrackId"], "approve")
            assert answer["ok"], (flow.id, step, answer)
    await office.card_with(person, number=number, status="approved")
    for one in route.cc:
        await office.card_with(one, number=number, status="approved")


def values_of(flow: Flow) -> dict[str, Any]:
    """What the answers come to, as far as routes depend on it."""
    found: dict[str, Any] = {
        "days": 1,
        "departments": ["研发部", "销售部"],
        "deputy": "heb",
        "contact": "heb",
        "amount": 1280.5,
    }
    choices = {field.id: next(iter(field.options)) for field in flow.fields if field.options}
    return {key: value for key, value in (found | choices).items() if key in {field.id for field in flow.fields}}


@pytest.mark.parametrize(
    ("pack", "store"), [("matrix", "sqlite"), ("classic", "postgres"), ("common", "sqlite"), ("robotics", "postgres")]
)
async def test_every_flow_of_a_pack_by_chatting(pack: str, store: str, tmp_path: Path) -> None:
    flows = flowfiles.load(pack)
    done = 0
    with services.one_database(store, tmp_path, upgrade) as url:
        async with an_office(tmp_path, url, flows=pack) as office:
            for flow in flows.values():
                if flow.pack == "more" and pack != "matrix":
                    continue
                person = APPLICANT.get(flow.id, "lix")
                card = await filled_in(office, person, flow)
                answer = await office.tap(person, card["outTrackId"], "submit")
                assert answer["card"]["cardParamMap"]["status"] == "running", (flow.id, answer["card"])
                number = card["cardParamMap"]["case"]
                await approved_by_all(office, number, flow, values_of(flow), person)
                await office.call("POST", "/emulator/reset", {})
                done += 1
    assert done == sum(flow.pack == pack or pack == "matrix" for flow in flows.values())
