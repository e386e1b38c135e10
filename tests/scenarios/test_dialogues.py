"""All dialogues of tests/scenarios/dialogues: each with plain cards on SQLite, and once more in another office."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from store.migrate import upgrade
from tests import services
from tests.scenarios import script
from tests.scenarios.conftest import emptied
from tests.scenarios.office import Office, an_office
from tests.scenarios.stage import play

FOLDER = Path(__file__).parent / "dialogues"
FIRST, OTHERS = "plain sqlite", ("rich postgres", "plain postgres", "rich sqlite", "rich postgres")
HOME = "深圳"


def _cases() -> list[Any]:
    """Each dialogue with its offices: the first, and one of the others in turn where it goes like this in its cards."""
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        for place, dialogue in enumerate(script.read(path)):
            for office in _offices(dialogue, place):
                name = f"{path.stem}:{dialogue.lines[0].number} {dialogue.title} ({office})"
                found.append(pytest.param(f"{office} {dialogue.flows}", dialogue, id=name))
    return found


def _offices(dialogue: script.Dialogue, place: int) -> tuple[str, ...]:
    """The first and another in turn. Where jobs run, each a process of its own, one of the two has to do."""
    other = OTHERS[place % len(OTHERS)]
    fit = tuple(one for one in (FIRST, other) if one.split()[0] in dialogue.dialects)
    jobs = any(isinstance(line.step, script.Job) for line in dialogue.lines)
    return fit[place // len(OTHERS) % len(fit) :][:1] if jobs and fit else fit


class Offices:
    """Those that were opened for these dialogues, by cards, store and flows: starting one is what takes time."""

    def __init__(self, stack: AsyncExitStack, folders: pytest.TempPathFactory) -> None:
        self._stack, self._folders = stack, folders
        self._open: dict[str, Office] = {}

    async def empty(self, name: str) -> Office:
        """That office, with nothing in it."""
        if name not in self._open:
            dialect, store, flows = name.split()
            folder = self._folders.mktemp(dialect)
            url = self._stack.enter_context(services.one_database(store, folder, upgrade))
            self._open[name] = await self._stack.enter_async_context(
                an_office(folder, url, dialect=dialect, home=HOME, flows=flows)
            )
        await emptied(self._open[name])
        return self._open[name]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def offices(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Offices]:
    """None is open yet; all are closed at the end."""
    async with AsyncExitStack() as stack:
        yield Offices(stack, tmp_path_factory)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("office", "dialogue"), _cases())
async def test_it_goes_as_written(offices: Offices, office: str, dialogue: script.Dialogue) -> None:
    await play(await offices.empty(office), dialogue)


def test_a_line_that_says_nothing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "wrong.txt"
    path.write_text("== 标题\n李想：请假\n李想 点点\n", "utf-8")
    with pytest.raises(script.Unreadable, match=r"wrong\.txt:3: 李想 点点"):
        script.read(path)
