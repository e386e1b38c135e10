"""The audit finds what somebody changed behind the bot's back, and goes on with the other cases."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.cli import main
from store.audit import Finding, audit_of
from store.engine import make_engine
from tests.store.office import executor, says

SENTENCE = "我明天下午请半天病假，去医院复查"


async def findings(url: str, *changes: str) -> tuple[list[Finding], int]:
    """What the audit says of three drafts after these changes."""
    async with executor(url) as office:
        for number in range(3):
            await office.submit(says("lix", SENTENCE, f"m{number}"))
    engine = make_engine(url)
    with engine.begin() as connection:
        for change in changes:
            connection.execute(sa.text(change))
    found = audit_of(engine)
    engine.dispose()
    return found


@pytest.mark.parametrize(
    ("column", "value"), [("payload", "{}"), ("payload", "x"), ("kind", "blessed"), ("actor", "zhao"), ("hash", "0")]
)
async def test_an_event_that_was_changed_is_found_and_the_other_cases_are_read(
    database_url: str, column: str, value: str
) -> None:
    first = "(SELECT min(case_number) FROM events)"
    found, seen = await findings(database_url, f"UPDATE events SET {column} = '{value}' WHERE case_number = {first}")
    assert seen == 3
    assert found
    assert len({finding.case for finding in found}) == 1


async def test_a_decision_on_a_step_that_does_not_exist_is_found(database_url: str) -> None:
    decided = 'kind = \'approved\', actor = \'chenj\', payload = \'{"step":"9","words":""}\''
    last = "(SELECT max(seq) FROM events WHERE case_number LIKE '%-001')"
    change = f"UPDATE events SET {decided} WHERE case_number LIKE '%-001' AND seq = {last}"
    found, seen = await findings(database_url, change)
    assert (seen, {finding.case[-3:] for finding in found}) == (3, {"001"})
    assert "cannot be read" in found[-1].what


async def test_who_reads_sees_one_moment_while_others_write(database_url: str) -> None:
    async with executor(database_url) as office:
        await office.submit(says("lix", SENTENCE, "m1"))
        engine = make_engine(database_url, writer=False)
        with engine.begin() as connection:
            events, cases = (sa.text(f"SELECT count(*) FROM {table}") for table in ("events", "cases"))
            assert connection.execute(events).scalar()
            await office.submit(says("zhangw", SENTENCE, "m2"))
            assert connection.execute(cases).scalar() == 1
        engine.dispose()


async def test_a_projection_that_was_changed_is_found(database_url: str) -> None:
    found, _ = await findings(database_url, "UPDATE cases SET status = 'approved' WHERE number LIKE '%-002'")
    assert [finding.case[-3:] for finding in found] == ["002"]


async def test_untouched_cases_are_well(database_url: str) -> None:
    assert await findings(database_url) == ([], 3)


def test_looking_at_a_database_that_is_not_there_makes_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "missing.db"
    for command in (["audit", "verify"], ["outbox"]):
        assert main([*command, "--database", f"sqlite:///{file}"]) == 2
        assert str(file) in capsys.readouterr().err
    assert not file.exists()
