"""Whatever a message is filled with, the time to read it grows with its length: with the flows of all packs."""

from dataclasses import replace
from time import thread_time
from typing import Final

import pytest

from handlers.inbound import Message
from handlers.messages import on_message
from tests.flows.talk import MONDAY, PACKS, world_of
from tests.language.test_understanding import REPEATED

WORLD: Final = replace(world_of("matrix"), flows={id: flow for pack in PACKS.values() for id, flow in pack.items()})
FILLINGS: Final = tuple(dict.fromkeys((*REPEATED, "7", "12,", "两", "十", "买1个", "Mon ", "leave ", "no, ", ".")))
BLANKS: Final = (" ", "\n", "\t", "\u3000", ".", "，")
SHORT, LONG, MOST = 1250, 5000, 7  # characters, and how many times as long the long one may take


@pytest.mark.parametrize("opening", ["", "明天请假", "报销", "I need leave "])
@pytest.mark.parametrize("filling", FILLINGS)
def test_four_times_the_filling_takes_no_more_than_some_times_as_long(opening: str, filling: str) -> None:
    short, long = (opening + filling * ((size - len(opening)) // len(filling)) for size in (SHORT, LONG))
    assert _times(short, long) < MOST


@pytest.mark.parametrize(("first", "last"), [("我要请假", "明天"), ("I need leave ", " tomorrow"), ("买", "个杯子")])
@pytest.mark.parametrize("blank", BLANKS)
def test_four_times_the_blanks_take_no_more_than_some_times_as_long(first: str, last: str, blank: str) -> None:
    short, long = (f"{first}{blank * (size - len(first) - len(last))}{last}" for size in (SHORT, LONG))
    assert _times(short, long) < MOST


def _times(short: str, long: str) -> float:
    """How many times as long the long one takes."""
    return min(_seconds(long) for _ in range(3)) / min(_seconds(short) for _ in range(3))


def _seconds(text: str) -> float:
    message = Message(
        robot="r", id="1", sender="lix", nick="", conversation="c", group=False, title="", text=text, kind="text",
        said_at=MONDAY, push="p",
    )  # fmt: skip
    begin = thread_time()
    on_message(message, WORLD)
    return thread_time() - begin
