"""The tables of time: who is where, what is due, what was written. Times as in store.tables."""

import sqlalchemy as sa

from store.tables import metadata, text, whole

away = sa.Table(  # who is on approved leave, on a trip, out or resting, and when: the cases' share of the calendar
    "away",
    metadata,
    text("id", primary_key=True),  # the case's number
    text("person"),
    text("kind"),  # leave, rest, trip, outing
    whole("start_ms"),
    whole("end_ms"),
    whole("made_ms"),
    text("deputy"),  # whom the form names, or ""
    text("place"),
    whole("reachable"),  # 1: they decide all the same
    sa.Index("ix_away_end", "end_ms"),
    sa.Index("ix_away_person", "person", "end_ms"),
    sa.Index("ix_away_deputy", "deputy", "end_ms"),
)

shifts = sa.Table(  # when people work, day by day, as it was read from the platform and the calendar last
    "shifts",
    metadata,
    text("day", primary_key=True),  # the day on which it begins, YYYY-MM-DD
    text("person", primary_key=True),
    whole("on_ms"),  # 0: a day of rest
    whole("off_ms"),
    text("team"),  # the attendance group's name
    text("shift"),  # the platform's ids: of the shift, and of each punch that is due
    text("on_plan"),
    text("off_plan"),
    whole("read_ms"),
    sa.Index("ix_shifts_person", "person", "day"),
    sa.Index("ix_shifts_on", "on_ms"),
    sa.Index("ix_shifts_off", "off_ms"),
)

punches = sa.Table(  # who clocked in and out, as it was read from the platform last
    "punches",
    metadata,
    text("day", primary_key=True),  # the shift's day
    text("person", primary_key=True),
    text("kind", primary_key=True),  # in, out
    whole("at_ms"),
    text("result"),  # normal, late, early, …
    text("place"),  # normal, outside
    text("source"),  # user, machine, case
    whole("read_ms"),
)

checkins = sa.Table(  # where people said they are (签到)
    "checkins",
    metadata,
    text("id", primary_key=True),  # person and moment
    text("person"),
    whole("at_ms"),
    text("place"),
    text("remark"),
    whole("photos"),  # how many
    sa.Index("ix_checkins_at", "at_ms"),
)

findings = sa.Table(  # HR's list: what is missing, with evidence; HR confirms or excuses it (R-ATT-5, R-FINE-1)
    "findings",
    metadata,
    text("id", primary_key=True),  # natural key: absence:lix:2026-09-14:in
    text("kind"),
    text("person"),
    text("day"),
    text("state"),  # waiting (it can be put right), open, confirmed, excused, settled (by a case that came later)
    text("case_number"),
    whole("yuan"),  # the fine that is proposed
    text("evidence"),  # JSON
    whole("made_ms"),
    whole("due_ms"),  # until when it can still be put right by a case
    whole("decided_ms"),
    text("decided_by"),
    text("words"),
    sa.Index("ix_findings_state", "state", "made_ms"),
    sa.Index("ix_findings_person", "person", "day"),
)

logs = sa.Table(  # daily, weekly, monthly logs (日志)
    "logs",
    metadata,
    text("id", primary_key=True),
    text("person"),
    text("kind"),  # day, week, month, visit
    text("day"),  # the first day of what it tells of
    text("template"),
    text("contents"),  # JSON: what was asked and what was answered, in order
    text("source"),  # chat, form
    whole("at_ms"),
    whole("changed_ms"),
    sa.Index("ix_logs_day", "day", "kind"),
    sa.Index("ix_logs_person", "person", "day"),
)

log_readers = sa.Table(  # who has read which log
    "log_readers",
    metadata,
    text("log", primary_key=True),
    text("person", primary_key=True),
    whole("at_ms"),
)

log_comments = sa.Table(
    "log_comments",
    metadata,
    text("id", primary_key=True),
    text("log", index=True),
    text("person"),
    text("words"),
    whole("at_ms"),
)

entries = (
    sa.Table(  # the leave ledger: each entry takes from one account of a person and leave type what it gives another
        "entries",
        metadata,
        text("id", primary_key=True),  # natural key: grant:2026, reserve:QJ-…
        text("person"),
        text("leave_type"),
        text("day"),  # from when it counts
        text("expires"),  # of what is granted: the last day, or ""
        text("source"),  # the account that it leaves
        text("target"),  # and the one that it enters
        whole("amount"),  # thousandths of a day or of an hour, as the type's rule counts
        text("case_number"),
        text("actor"),  # userid, or "" for the system
        text("words"),
        whole("made_ms", info={"kept": True}),
        sa.Index("ix_entries_person", "person", "leave_type", "day"),
        sa.Index("ix_entries_case", "case_number"),
    )
)

runs = sa.Table(  # which moment of which job was carried out, and what came of it
    "runs",
    metadata,
    text("job", primary_key=True),
    whole("moment_ms", primary_key=True),
    text("state"),  # running, done, dropped
    whole("leased_ms"),  # until when somebody is at it
    whole("receivers"),  # for how many it was due
    text("words"),  # why it was dropped
    whole("at_ms"),
)

occurrences = sa.Table(  # who got what of which moment: whoever inserts the row does it
    "occurrences",
    metadata,
    text("job", primary_key=True),
    whole("moment_ms", primary_key=True),
    text("receiver", primary_key=True),  # userid, or cid:… of a group
)

settings = sa.Table(  # what people wish of reminders
    "settings",
    metadata,
    text("person", primary_key=True),
    text("content"),  # JSON
    whole("at_ms"),
)

files = sa.Table(  # pictures and workbooks on their way; gone after a month
    "files",
    metadata,
    text("id", primary_key=True),
    text("name"),
    sa.Column("content", sa.LargeBinary, nullable=False),
    whole("at_ms"),
)

usage = sa.Table(  # what the platform was asked for, by month: calls and messages count against what it allows
    "usage",
    metadata,
    text("month", primary_key=True),  # 2026-09
    text("what", primary_key=True),  # call, message
    text("name", primary_key=True),
    whole("spent"),
)
