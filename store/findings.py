"""Rows of what is missing, and the cases that may explain it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from domain.approvals.case import Case, Status
from domain.attendance.findings import Evidence, Finding
from store import time_tables as t
from store.codec import canonical, case_from, from_ms, to_ms
from store.rows import Row, locked, parts
from store.tables import VISITS, cases

_UNFILED: Final = (Status.DRAFT, Status.EXPIRED)
_UNDECIDED: Final = ("waiting", "open")
_evidence = msgspec.json.Decoder(Evidence)


@dataclass(slots=True)
class LoadedFindings:
    """The `Findings` of usecases.books: rows, and over them what this batch keeps and changed."""

    connection: sa.Connection
    kept: dict[type, dict[Any, Any]]
    changed: Mapping[str, Case]

    def undecided(self, since: date) -> tuple[Finding, ...]:
        """All of these days and later that wait or are open."""
        query = sa.select(t.findings).where(
            t.findings.c.state.in_(_UNDECIDED), t.findings.c.day >= since.isoformat()
        )  # fmt: skip
        return tuple(one for one in self._found(query) if one.state in _UNDECIDED and one.day >= since)

    def open(self, most: int, but: Iterable[str] = ()) -> tuple[Finding, ...]:
        """Those that HR has to decide, the newest first."""
        left_out = set(but)
        query = sa.select(t.findings).where(t.findings.c.state == "open").order_by(*_NEWEST)
        found = self._found(query.limit(most + len(left_out) + len(self._noted)))
        return tuple(one for one in found if one.state == "open" and one.id not in left_out)[:most]

    def count(self) -> int:
        """How many are open."""
        query = sa.select(t.findings.c.id).where(t.findings.c.state == "open")
        stored = set(self.connection.scalars(query)) - self._noted.keys()
        return len(stored) + sum(one.state == "open" for one in self._noted.values())

    def of(self, person: str, most: int) -> tuple[Finding, ...]:
        """The newest of one person."""
        query = sa.select(t.findings).where(t.findings.c.person == person, t.findings.c.state != "waiting")
        found = self._found(query.order_by(*_NEWEST).limit(most + len(self._noted)))
        return tuple(one for one in found if one.person == person and one.state != "waiting")[:most]

    def these(self, ids: Iterable[str]) -> tuple[Finding, ...]:
        """Those of these ids; on PostgreSQL locked."""
        wanted = list(dict.fromkeys(ids))
        rows = locked(self.connection, t.findings, wanted, *_COLUMNS)
        found = {one.id: one for row in rows for one in (_finding(dict(zip(_COLUMNS, row, strict=True))),)}
        found |= {key: one for key, one in self._noted.items() if key in wanted}
        return tuple(found[key] for key in wanted if key in found)

    def cases(
        self, flows: Iterable[str], since: datetime, people: Iterable[str] | None = None
    ) -> tuple[Case, ...]:  # fmt: skip
        """The filed cases of these flows, made since then."""
        kinds, names = set(flows), None if people is None else set(people)
        query = sa.select(cases.c.state).where(
            cases.c.flow.in_(sorted(kinds)), cases.c.created_ms >= to_ms(since),
            cases.c.status.not_in([one.value for one in _UNFILED]),
        )  # fmt: skip
        queries = [query] if names is None else [query.where(cases.c.applicant.in_(some)) for some in parts(names)]
        read = (case_from(row.state) for some in queries for row in self.connection.execute(some))
        found = {one.number: one for one in read}
        found |= {
            key: one for key, one in self.changed.items()
            if one.flow in kinds and one.created_at >= since and (names is None or one.applicant in names)
        }  # fmt: skip
        return tuple(one for one in found.values() if one.status not in _UNFILED)

    def visits(self, since: datetime) -> tuple[Case, ...]:
        """The approved visit plans."""
        query = sa.select(cases.c.state).where(VISITS, cases.c.created_ms >= to_ms(since))
        found = (case_from(row.state) for row in self.connection.execute(query))
        return tuple(one for one in found if one.status is Status.APPROVED)

    @property
    def _noted(self) -> dict[str, Finding]:
        return self.kept.get(Finding, {})

    def _found(self, query: "sa.Select[Any]") -> list[Finding]:
        found = {one.id: one for row in self.connection.execute(query).mappings() for one in (_finding(row),)}
        return sorted((found | self._noted).values(), key=lambda one: (-one.day.toordinal(), one.id))


def undecided(connection: sa.Connection, rows: list[Row]) -> list[Row]:
    """Those rows that nobody has decided meanwhile: a job that looked earlier takes no decision back."""
    there = {
        row[0] for row in locked(connection, t.findings, [row["id"] for row in rows], "id", "decided_ms") if row[1]
    }
    return [row for row in rows if row["id"] not in there]


def finding_row(one: Finding, now_ms: int) -> Row:
    """The row of a finding."""
    return {
        "id": one.id, "kind": one.kind, "person": one.person, "day": one.day.isoformat(), "state": one.state,
        "case_number": one.case, "yuan": one.yuan, "evidence": canonical(one.evidence).decode(),
        "made_ms": to_ms(one.made), "due_ms": to_ms(one.due), "decided_ms": to_ms(one.decided),
        "decided_by": one.decided_by, "words": one.words,
    }  # fmt: skip


def _finding(row: Any) -> Finding:
    return Finding(
        kind=row["kind"], person=row["person"], day=date.fromisoformat(row["day"]), state=row["state"],
        case=row["case_number"], yuan=row["yuan"], evidence=_evidence.decode(row["evidence"]),
        made=from_ms(row["made_ms"]), due=from_ms(row["due_ms"]),
        decided=from_ms(row["decided_ms"]) if row["decided_ms"] else None,
        decided_by=row["decided_by"], words=row["words"],
    )  # fmt: skip


_COLUMNS: Final = tuple(column.name for column in t.findings.columns)
_NEWEST: Final = (t.findings.c.day.desc(), t.findings.c.id)
