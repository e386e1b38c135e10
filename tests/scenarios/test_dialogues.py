"""All dialogues of tests/scenarios/dialogues: each with plain cards on SQLite, and once more in another office."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from store.migrate import upgrade
from tests import services
from tests.scenarios import script
from tests.scenarios.conftest import emptied
from tests.scenarios.office import Office, an_office
from tests.scenarios.stage import play

pytestmark = pytest.mark.asyncio(loop_scope="module")

FOLDER = Path(__file__).parent / "dialogues"
FIRST, OTHERS = "plain sqlite", ("rich postgres", "plain postgres", "rich sqlite", "rich postgres")
HOME = "深圳"


def _cases() -> list[object]:
    """Each dialogue with its offices: the first, and one of the others in turn where it goes like this in its cards."""
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        for place, dialogue in enumerate(script.read(path)):
            for office in (FIRST, OTHERS[place % len(OTHERS)]):
                if office.split()[0] not in dialogue.dialects:
                    continue
                marks = [pytest.mark.xfail(strict=False, reason="not yet")] if dialogue.later else []
                name = f"{path.stem}: {dialogue.title} ({office})"
                found.append(pytest.param(office, dialogue, id=name, marks=marks))
    return found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """One office for all dialogues with these cards on this store."""
    dialect, store = request.param.split()
    folder = tmp_path_factory.mktemp(dialect)
    with services.one_database(store, folder, upgrade) as url:
        async with an_office(folder, url, dialect=dialect, home=HOME) as office:
            yield office


@pytest.mark.parametrize(("opened", "dialogue"), _cases(), indirect=["opened"], scope="module")
async def test_it_goes_as_written(opened: Office, dialogue: script.Dialogue) -> None:
    await emptied(opened)
    await play(opened, dialogue)


def test_a_line_that_says_nothing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "wrong.txt"
    path.write_text("== 标题\n李想：请假\n李想 点点\n", "utf-8")
    with pytest.raises(script.Unreadable, match=r"wrong\.txt:3: 李想 点点"):
        script.read(path)
