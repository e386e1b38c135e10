"""`./nod outbox`: what could not be delivered is seen, and after the repair it goes out."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import cli
from store import outbox
from store.engine import make_engine
from store.outbox import Delivery, Letter
from tests.store.office import executor, says


async def _one_is_parked(url: str) -> str:
    """Its track."""
    async with executor(url) as office:
        await office.submit(says("lix", "我明天下午请半天病假，去医院复查", "m1"))
        (letter,) = await office.run(_claim)
        refused = Delivery(track=letter.track, version=letter.version, error="param.templateUnpublished: 模板未发布")
        await office.run(lambda connection: outbox.settle(connection, [refused]))
    return letter.track


def _claim(connection: sa.Connection) -> list[Letter]:
    return outbox.claim(connection, holder="t", now_ms=1, lease_ms=1, limit=9)


async def test_what_could_not_be_delivered_is_listed_and_goes_out_after_a_retry(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    track, here = await _one_is_parked(database_url), ("--database", database_url)
    assert cli.main(["outbox", *here]) == 1
    line, sum_ = capsys.readouterr().out.splitlines()
    assert line.startswith(f"{track}  给 lix  自 20")
    assert line.endswith("param.templateUnpublished: 模板未发布")
    assert "搁置了 1 张卡片" in sum_
    assert cli.main(["outbox", "retry", *here]) == 0
    assert capsys.readouterr().out == "1 张卡片会重新投递\n"
    engine = make_engine(database_url)
    with engine.begin() as connection:
        assert [letter.track for letter in _claim(connection)] == [track]
    engine.dispose()


def test_where_nothing_is_parked_it_says_so(database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["outbox", "--database", database_url]) == 0
    assert cli.main(["outbox", "retry", "--database", database_url]) == 0
    assert capsys.readouterr().out == "没有搁置的卡片\n没有搁置的卡片，不用重试\n"


def test_the_configuration_is_asked_where_the_database_is(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "config.toml"
    keys = f'[dingtalk]\nclient_id = "a"\nclient_secret = "b"\n[store]\ndatabase = "{database_url}"\n'
    config.write_text(keys, encoding="utf-8")
    assert cli.main(["outbox", "--config", str(config)]) == 0
    assert cli.main(["outbox", "--config", str(tmp_path / "none.toml")]) == 2
    assert "读不到配置文件" in capsys.readouterr().err
