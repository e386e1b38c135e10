"""One batch of commands: load, run the pure part one after the other, write everything set-wise."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from hashlib import blake2s
from itertools import zip_longest
from typing import Any

import orjson
import sqlalchemy as sa
import structlog

from cards.card import Message
from domain.approvals.case import Case, Task
from domain.approvals.standins import Standin
from domain.errors import OfficeError
from store import kept, runs, standins, tongues
from store import tables as t
from store.chain import event_row
from store.codec import case_text, to_ms
from store.office import LoadedOffice, load
from store.rows import insert_new, write
from usecases.apologise import apologise, code_of
from usecases.ports import Answer, Change, Command, Needs, Outcome, Post, Talk, Timer, World

log = structlog.get_logger()
ACK_GRACE_MS = 4000  # a tapped card travels in the ack; its row waits this long to see whether it left


@dataclass(slots=True)
class Batch:
    """The commands of one transaction. `answers` stand in the order of the commands; `rings`: there is mail."""

    connection: sa.Connection
    world: World
    now: datetime
    answers: list[Answer | None] = field(default_factory=list)
    rings: bool = False
    spoken: dict[str, str] = field(default_factory=dict)  # the languages that were changed
    _now_ms: int = field(init=False)
    _events: list[dict[str, Any]] = field(default_factory=list)
    _cases: dict[str, Case] = field(default_factory=dict)
    _tasks: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    _outbox: dict[str, tuple[Post, int]] = field(default_factory=dict)  # the newest of each card, and when it is due
    _talks: dict[str, Talk] = field(default_factory=dict)
    _timers: dict[str, Timer] = field(default_factory=dict)
    _standins: dict[str, Standin] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._now_ms = to_ms(self.now)

    def run(self, commands: list[Command]) -> None:
        """Run them all and write what follows."""
        needs = [command.needs() for command in commands]
        fresh = self._once(needs)
        taken = [need for need, new in zip(needs, fresh, strict=True) if new]
        office = load(self.connection, self.world, taken, self.now)
        for need in taken:
            if need.moment is not None:
                first = office.first.setdefault((need.job, to_ms(need.moment)), set())
                first |= runs.carry(self.connection, need.job, need.moment, need.receivers)
        for command, need, new in zip(commands, needs, fresh, strict=True):
            self.answers.append(self._one(command, need, office) if new else None)
        self._write(office)

    def _once(self, needs: list[Needs]) -> list[bool]:
        """Which commands are new: a message once by its inbox row, a timer by whoever deletes its row."""
        messages = {need.message for need in needs if need.message}
        new = insert_new(self.connection, t.inbox, [{"id": message, "at_ms": self._now_ms} for message in messages])
        timers = sorted({need.timer for need in needs if need.timer})
        if timers:
            new |= {row.id for row in self.connection.execute(_FIRED, {"ids": timers})}
        fresh = []
        for need in needs:
            key = need.message or need.timer
            fresh.append(not key or key in new)
            new.discard(key)  # the same message twice in one batch
        return fresh

    def _one(self, command: Command, need: Needs, office: LoadedOffice) -> Answer | None:
        try:
            outcome = command.act(office, self.now)
        except OfficeError as error:
            log.info("command.refused", action="refuse", command=type(command).__name__, code=error.code)
            outcome = self._after(command, error, office)
        except Exception as error:
            outcome = self._apology(command, error, office)
        self._take(command, need, outcome, office)
        return outcome.answer

    def _after(self, command: Command, refusal: OfficeError, office: LoadedOffice) -> Outcome:
        try:
            return command.refused(refusal, office, self.now)
        except Exception as error:
            return self._apology(command, error, office)

    def _apology(self, command: Command, error: Exception, office: LoadedOffice) -> Outcome:
        code = code_of(command.cause)
        log.error("command.broken", action="apologise", command=type(command).__name__, code=code, exc_info=error)
        return apologise(command, office.world)

    def _take(self, command: Command, need: Needs, outcome: Outcome, office: LoadedOffice) -> None:
        for change in outcome.changes:
            self._take_change(change, command.cause, office)
        if outcome.talk is not None:
            talk, before = outcome.talk, office.talk(need.talk)
            if before.listed and not talk.listed:  # the list that was shown outlives what is at hand
                talk = replace(talk, listed=before.listed, shown_ms=before.shown_ms)
            if before.findings and not talk.findings_ms:  # an empty list that was shown counts
                talk = replace(talk, findings=before.findings, findings_ms=before.findings_ms)
            office.talks[need.talk] = self._talks[need.talk] = talk
        for post in outcome.posts:
            self._take_post(post)
        if outcome.answer is not None and outcome.changes and not outcome.answer.private:
            card = outcome.answer.card
            self._take_post(
                Post(to=outcome.answer.to, track=card.track, version=card.version), self._now_ms + ACK_GRACE_MS
            )
        for standin in outcome.standins:
            office.noted[standin.id] = self._standins[standin.id] = standin
        for value in outcome.kept:
            office.kept.setdefault(type(value), {})[value.id] = value
        for timer in outcome.timers:
            self._timers[timer.id] = timer

    def _take_change(self, change: Change, cause: str, office: LoadedOffice) -> None:
        after = change.after
        before = office.cases.get(after.number)
        seq = after.version - len(change.events)
        head = office.heads.get(after.number, "")
        for event in change.events:
            seq += 1
            row = event_row(after.number, seq, event, cause, head)
            head = row["hash"]
            self._events.append(row)
        office.cases[after.number] = self._cases[after.number] = after
        office.heads[after.number] = head
        for old, task in zip_longest(before.tasks if before else (), after.tasks):
            if task is not old:
                self._tasks[after.number, task.step, task.person] = _task_row(after.number, task)

    def _take_post(self, post: Post, due_ms: int = 0) -> None:
        """`due_ms` 0: at once, whatever becomes of the clock."""
        due_ms = due_ms or (to_ms(post.after) if post.after else 0)
        self.rings = self.rings or not due_ms
        self._outbox[post.track] = post, due_ms

    def _write(self, office: LoadedOffice) -> None:
        now = self._now_ms
        write(self.connection, t.events, self._events, conflict="fail")
        write(
            self.connection,
            t.cases,
            [_case_row(case, office, now) for case in self._cases.values()],
            conflict="replace",
        )
        write(self.connection, t.tasks, list(self._tasks.values()), conflict="replace")
        talks = [{"id": k, "focus": orjson.dumps(talk).decode(), "updated_ms": now} for k, talk in self._talks.items()]
        write(self.connection, t.talks, talks, conflict="replace")
        tongues.keep(self.connection, office.spoken, now)
        self.spoken = office.spoken
        counters = [{"id": name, "value": office.counters[name]} for name in sorted(office.counted)]
        write(self.connection, t.counters, counters, conflict="replace")
        timers = [
            {"id": timer.id, "due_ms": to_ms(timer.due), "kind": timer.kind, "subject": timer.subject}
            for timer in self._timers.values()
        ]
        write(self.connection, t.timers, timers, conflict="replace")
        write(
            self.connection, t.standins, [standins.row_of(one) for one in self._standins.values()], conflict="replace"
        )
        kept.write_all(self.connection, office.kept, now)
        cards = [  # messages for many stay in their order: the words, then the picture
            _outbox_row(post, due, now + place if post.message else now)
            for place, (post, due) in enumerate(self._outbox.values())
        ]
        write(self.connection, t.outbox, cards, conflict="replace")


def _task_row(number: str, task: Task) -> dict[str, Any]:
    return {
        "case_number": number,
        "step": task.step,
        "person": task.person,
        "state": task.state,
        "opened_ms": to_ms(task.since),
        "decided_ms": to_ms(task.at),
    }


@lru_cache(1024)
def _bundled(message: Message) -> tuple[str, str]:
    """The message as it is kept, and what names all who have the same one."""
    words = orjson.dumps(message).decode()
    return words, blake2s(words.encode(), digest_size=16).hexdigest()


def _outbox_row(post: Post, due_ms: int, now_ms: int) -> dict[str, Any]:
    message, bundle = _bundled(post.message) if post.message else ("", "")
    return {
        "track": post.track,
        "lane": post.to,
        "words": orjson.dumps(post.words.params).decode() if post.words else message,
        "version": post.version,
        "sent_version": 0,
        "parked": 0,
        "queued_ms": now_ms,
        "due_ms": due_ms,
        "attempts": 0,
        "leased_ms": 0,
        "holder": "",
        "error": "",
        "bundle": bundle,
    }


def _case_row(case: Case, office: LoadedOffice, now: int) -> dict[str, Any]:
    return {
        "number": case.number,
        "flow": case.flow,
        "applicant": case.applicant,
        "status": case.status.value,
        "version": case.version,
        "created_ms": to_ms(case.created_at),
        "updated_ms": now,
        "head": office.heads[case.number],
        "state": case_text(case),
    }


_FIRED = sa.delete(t.timers).where(t.timers.c.id.in_(sa.bindparam("ids", expanding=True))).returning(t.timers.c.id)
