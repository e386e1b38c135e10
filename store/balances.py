"""The balance beside the leave on cards that are drawn when they are sent."""

from collections.abc import Iterable
from dataclasses import replace

import sqlalchemy as sa

from cards import tracks
from store.calendar import LoadedCalendar
from store.codec import from_ms
from store.ledger import LoadedLedger
from store.outbox import Letter
from usecases.balances import stand
from usecases.ports import World
from usecases.show import tells_balance


def with_balances(connection: sa.Connection, letters: Iterable[Letter], world: World, now_ms: int) -> list[Letter]:
    """The same letters; those whose cards tell a balance carry it. One query for all, and a case's own days."""
    letters = list(letters)
    cases = {letter.case.number: letter.case for letter in letters if letter.case and _tells(letter, world)}
    if not cases:
        return letters
    entries = LoadedLedger(connection=connection).entries(case.applicant for case in cases.values())
    calendar = LoadedCalendar(connection=connection, world=world, kept={})
    found = stand(cases.values(), entries, world, from_ms(now_ms), calendar.workdays_of)
    return [
        replace(letter, asked=found.get(letter.case.number)) if letter.case and letter.case.number in cases else letter
        for letter in letters
    ]


def _tells(letter: Letter, world: World) -> bool:
    seen = tracks.read(letter.track)
    return letter.case is not None and seen is not None and tells_balance(letter.case, seen, letter.lane, world)
