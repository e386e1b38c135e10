"""A running case keeps the version of the flow that it was filed with (R-APR-9), on both stores."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from bot import flowfiles
from domain.approvals.conditions import Arithmetic, Compare, Literal, Logic, Name
from domain.approvals.flow import Flow, Policies, Route, StepWord
from store import versions
from store.codec import case_from
from store.engine import make_engine
from store.flowtext import flow_from, flow_text
from tests.store.office import FLOWS, executor, says
from tests.store.test_executor import SENTENCE, number_of, rows
from usecases.show import form_of

PACKS = [pack for pack in flowfiles.packs() if pack != flowfiles.MORE]


@pytest.mark.parametrize("pack", PACKS)
def test_every_flow_of_the_packs_comes_back_as_it_was_kept(pack: str) -> None:
    for flow in flowfiles.load(pack, posts={"老板": "user:zhao"}).values():
        assert flow_from(flow_text(flow)) == flow


def test_conditions_keep_their_kind_and_their_decimals() -> None:
    size = Compare(operator=">", left=Name(id="amount"), right=Literal(value=Decimal("500.10")))
    share = Arithmetic(operator="/", left=Name(id="amount"), right=Name(id="days"))
    when = Logic(
        operator="or",
        parts=(size, Compare(operator="<", left=share, right=Literal(value=Decimal(3))),
               Compare(operator="in", left=Name(id="kind"), right=Literal(value=("a", "b")))),
    )  # fmt: skip
    steps = (StepWord(kind="approve", words=("会计",)),)
    flow = Flow(
        id="x",
        title="X",
        prefix="X",
        routes=(Route(when=when, steps=steps),),
        policies=Policies(hours=1.5, again="every"),
    )
    back = flow_from(flow_text(flow))
    assert back == flow
    assert str(back.routes[0].when) == str(when)


def test_a_version_of_an_earlier_program_lacks_what_is_new_and_has_what_is_gone() -> None:
    data: dict[str, Any] = msgspec.json.decode(flow_text(FLOWS["leave"]))
    del data["policies"], data["words"]
    data["gone"] = 1
    flow = flow_from(msgspec.json.encode(data).decode())
    assert (flow.policies, flow.words) == (Policies(), ())
    assert flow.routes == FLOWS["leave"].routes
    for broken in ("[]", '{"is": "Nothing"}', '{"is": "Flow", "id": "x"}'):
        with pytest.raises(ValueError, match=r"no flow|no part of a flow|lacks title"):
            flow_from(broken)


async def test_a_case_is_filled_in_by_its_own_version_and_a_draft_by_the_present_one(database_url: str) -> None:
    new = replace(FLOWS["leave"], version="new", title="休假申请")
    async with executor(database_url) as office:
        await office.run(lambda connection: versions.keep(connection, office.world.flows, 1))
        filed = await number_of(office, database_url, "lix", "m1")
        await office.submit(says("chenj", SENTENCE, "m2"))
    async with executor(database_url) as office:
        office.world = replace(office.world, flows={**FLOWS, "leave": new}, older={})
        await office.run(lambda connection: versions.keep(connection, office.world.flows, 2))
        cases = {row.number: case_from(row.state) for row in rows(database_url, "SELECT number, state FROM cases")}
        await office.run(lambda connection: versions.learn(connection, office.world, cases.values()))
        titles = {case.applicant: form_of(case, office.world).title for case in cases.values()}
        assert titles == {"lix": "请假", "chenj": "休假申请"}
        assert form_of(cases[filed], office.world) == FLOWS["leave"]
    kept = rows(database_url, "SELECT version, since_ms FROM flow_versions WHERE flow = 'leave' ORDER BY version DESC")
    assert [tuple(row) for row in kept] == [("new", 2), (FLOWS["leave"].version, 1)]


async def test_what_was_never_kept_or_cannot_be_read_is_shown_by_the_present_flow(database_url: str) -> None:
    async with executor(database_url) as office:
        number = await number_of(office, database_url, "lix", "m1")
        office.world = replace(office.world, flows={"leave": replace(FLOWS["leave"], version="new")}, older={})
        (row,) = rows(database_url, f"SELECT state FROM cases WHERE number = '{number}'")
        case = case_from(row.state)
        for content in (None, "{}"):
            if content:
                _keep_broken(database_url, case.flow_version, content)
            office.world.older.clear()
            await office.run(lambda connection: versions.learn(connection, office.world, [case]))
            assert office.world.older == {("leave", case.flow_version): None}
            assert form_of(case, office.world).version == "new"


def _keep_broken(url: str, version: str, content: str) -> None:
    engine = make_engine(url)
    with engine.begin() as connection:
        row = {"version": version, "content": content}
        connection.execute(sa.text("INSERT INTO flow_versions VALUES ('leave', :version, :content, 0)"), row)
    engine.dispose()
