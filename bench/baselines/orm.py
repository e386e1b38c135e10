"""A bot as it is mostly written: the SDK, and one transaction of the ORM for every tap.

`python -m bench.baselines.orm DATABASE CASES` makes its tables with that many open cases, then listens at the
platform whose address is in DINGTALK_OPENAPI_ENDPOINT. As durable as the product: SQLite with WAL and
synchronous=FULL, PostgreSQL as it is."""

import asyncio
import json
import sqlite3
import sys
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from dingtalk_stream import AckMessage, CallbackHandler, CallbackMessage, Credential, DingTalkStreamClient
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

OPEN, DONE = "lead", "hr"


class Base(DeclarativeBase):
    """The bot's tables."""


class Case(Base):
    """A request, and who is asked now; guarded by its version."""

    __tablename__ = "cases"
    id: Mapped[str] = mapped_column(primary_key=True)
    applicant: Mapped[str]
    title: Mapped[str]
    step: Mapped[str]
    version: Mapped[int] = mapped_column()
    decided_by: Mapped[str] = mapped_column(default="")
    __mapper_args__ = {"version_id_col": version}


class Event(Base):
    """What happened."""

    __tablename__ = "events"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(sa.ForeignKey("cases.id"), index=True)
    kind: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=sa.func.now())


class Letter(Base):
    """What must be told to whom."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(sa.ForeignKey("cases.id"))
    to: Mapped[str]
    body: Mapped[str]
    sent: Mapped[bool] = mapped_column(default=False)


def engine_of(url: str) -> sa.Engine:
    """An engine, durable on both stores."""
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":

        @sa.event.listens_for(engine, "connect")
        def _connect(connection: sqlite3.Connection, _: Any) -> None:
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000"):
                connection.execute(f"PRAGMA {pragma}")

    return engine


def decide(sessions: sessionmaker[Session], number: str, person: str) -> dict[str, str]:
    """One tap, one transaction; what the card shows then."""
    with sessions.begin() as session:
        case = session.get(Case, number)
        if case is None or case.step != OPEN:
            return {"tips": "已处理"}
        case.step, case.decided_by = DONE, person
        session.add(Event(case_id=number, kind="approved", actor=person))
        session.add(Letter(case_id=number, to="hr", body=json.dumps({"title": case.title, "case": number})))
        title = case.title
    return {"title": title, "markdown": f"{title}\n\n{person} 已同意", "status": "approved", "case": number}


class Taps(CallbackHandler):
    """Decides, then acks with the changed card."""

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__()
        self._sessions = sessionmaker(engine)

    async def process(self, message: CallbackMessage) -> tuple[int, dict[str, Any]]:
        """The database is asked in a thread, so that the loop goes on."""
        track, person = message.data["outTrackId"], message.data["userId"]
        card = await asyncio.to_thread(decide, self._sessions, track, person)
        return AckMessage.STATUS_OK, {
            "cardUpdateOptions": {"updateCardDataByKey": True},
            "cardData": {"cardParamMap": card},
        }


def main() -> None:
    """Make the tables, listen until killed."""
    url, cases = sys.argv[1], int(sys.argv[2])
    engine = engine_of(url)
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        rows = [{"id": f"c{n}", "applicant": "u", "title": "请假", "step": OPEN, "version": 1} for n in range(cases)]
        connection.execute(sa.insert(Case).values(decided_by=""), rows)
    client = DingTalkStreamClient(Credential("bench", "secret"))
    client.register_callback_handler(CallbackHandler.TOPIC_CARD_CALLBACK, Taps(engine))
    client.start_forever()


if __name__ == "__main__":
    main()
