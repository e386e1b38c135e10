"""What the leave ledger lacks by now: grants, what expired, what was carried over. Pure.

Nobody waits for it: balances are read as if it had been entered (`usecases.balances`). It keeps what was granted, so
that a rule which is changed later changes no year that is over."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Final

from domain.leave.accrual import closings
from domain.leave.ledger import Entry
from usecases.balances import books_of
from usecases.due import Due
from usecases.leave_ledger import today_of
from usecases.ports import Office

_AT_ONCE: Final = 500  # people whose entries are read together


def accrue_leave(office: Office, moment: datetime) -> Iterable[Due]:
    """For everybody who is there: the entries that are missing. Each has a natural id, so that it is made once."""
    everybody = iter(sorted(office.world.organization.people))
    while some := tuple(islice(everybody, _AT_ONCE)):
        for person, entries in office.ledger.entries(some).items():
            if missing := _missing(person, entries, office, moment):
                yield Due(receiver=person, kept=missing)


def _missing(person: str, entries: tuple[Entry, ...], office: Office, moment: datetime) -> tuple[Entry, ...]:
    known, today, found = {one.id for one in entries}, today_of(office, moment), []
    for rule in office.world.leave.values():
        books = books_of(rule, person, entries, office.world, today, today)
        if books is not None:
            found += [one for one in books.entries if one.id not in known]
            found += closings(books, person, today)
    return tuple(found)
