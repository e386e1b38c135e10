"""One message to one understanding: the order in which the parts of this package do their work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from domain.calendar import Workdays
from language import english, kinds, people, places, punches, reasons, requests
from language.assumptions import assumptions, in_english
from language.choice import Choice, choose, earned
from language.clauses import Clause, clause_at, clauses
from language.days import AMBIGUOUS, IMPOSSIBLE, Context
from language.durations import durations
from language.fill import Said, Times, fill
from language.lexer import Token, scan
from language.money import date_words, item, sums
from language.patterns import late
from language.period import Period, impossible, period
from language.points import points
from language.readings import Ambiguous, readings
from language.spans import spans
from language.spelling import as_typed, narrow, plain
from language.statutory import statutory_workdays
from language.understanding import Duration, Reading, Understanding
from language.worked import worked

_LATE: Final = late(
    r"补(?!休|充|贴|课|牙|考|助|习)|忘了?(?:提|请|申请|交|报)|没提(?:单|交|申请)?|请过|没[来去到](?!得及|空|找|想)|未提|漏(?:提|报)"
)
_SINCE_NOW: Final = late(r"(?<=从)现在(?=到|开始到)|现在(?=就?(?:一直)?到)")
_CLOSING: Final = late(r"(?<=[\d点半分刻午])到下班(?:时间|时|为止)?(?=$|[\s,。请休外加调病事年出]|都)")
_REQUIRED: Final = {
    "leave": ("leave_type", "start", "end"), "trip": ("place", "start", "end"), "outing": ("start", "end"),
    "overtime": ("start", "end"),
    "punch": ("start", "punch"), "expense": ("amount", "reason"), "unknown": ("kind",),
}  # fmt: skip
_PLANNED: Final = ("leave", "trip", "outing", "overtime")  # they are asked for before they are
_ORDER: Final = ("kind", "leave_type", "place", "amount", "reason", "start", "end", "half", "time", "punch")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Message:
    """A message taken apart. `answer`: it is said in a running talk about this kind of request."""

    text: str
    kind: str
    tokens: list[Token]
    parts: list[Clause]
    context: Context
    choice: Choice
    period: Period
    length: Duration | None
    types: list[str]
    answer: bool
    wish: english.Wish | None  # of an English message


def understand(
    text: str, now: datetime, *, kind: str | None = None, workdays: Workdays | None = None, day: date | None = None
) -> Understanding:
    """What the message says, read alone at `now` (the office's local time), by the conventions of the data set.

    With `kind` the text is an answer or a correction in a running talk about such a request: its slots are read without
    asking whether it is one, only what was said is filled, and of `missing` only `half` and `time` are named (the
    length was said, when it lies was not). `day` is then the day that a clock time or a part of a day without a day
    means; without it such a time stays open (`half` alone). `workdays` is the office's calendar, else the statutory
    one."""
    typed = narrow(text).strip()
    wish = english.read(typed, kind) if english.speaks(typed) else None
    if wish is not None and wish.reject is not None:
        return Understanding(kind="none", must_reject=True, reject_why=wish.reject)
    said = (
        wish.said if wish is not None else _CLOSING.sub("到18:00", _SINCE_NOW.sub(f"{now:%H:%M}", plain(text).strip()))
    )
    tokens, parts = scan(said), clauses(said)
    named = kind or (wish.kind if wish is not None else kinds.kind_of(said, parts))
    if kind is None and wish is None:
        why = requests.rejected(said, named, tokens, parts)
        if why is None and named is None and not requests.perhaps(said, tokens):
            why = requests.CHAT
        if why is not None:
            return Understanding(kind="none", must_reject=True, reject_why=why)
    office = workdays or statutory_workdays()

    def taken_apart(words: str, tokens: list[Token], parts: list[Clause]) -> _Message:
        return _taken_apart(words, named or "unknown", tokens, parts, now.date(), office, day, kind is not None, wish)

    message = taken_apart(said, tokens, parts)
    found = _understood(message)
    found = replace(found, readings=_readings(found, message, taken_apart))
    if wish is not None:
        return found
    never = impossible(message.choice, message.context, said) if IMPOSSIBLE in found.ask_why else None
    reason, place, never = (words and as_typed(words, text) for words in (found.reason, found.place, never))
    return replace(found, reason=reason, place=place, impossible=never)


def _readings(
    found: Understanding, message: _Message, taken_apart: Callable[[str, list[Token], list[Clause]], _Message]
) -> tuple[Reading, ...]:
    types = kinds.either_type(message.text) if "leave_type" in found.missing else ()
    either = tuple(Reading(label=one, words=one, slot="leave_type") for one in types)
    if AMBIGUOUS not in found.ask_why:
        return either

    def again(words: str) -> tuple[Understanding, Ambiguous]:
        other = taken_apart(words, scan(words), clauses(words))
        return _understood(other, words=False), asked(other)

    def asked(here: _Message) -> Ambiguous:
        return Ambiguous(
            text=here.text,
            kind=here.kind,
            tokens=here.tokens,
            choice=here.choice,
            context=here.context,
            length=here.length,
            read=again,
        )

    return (*either, *readings(asked(message)))


def _taken_apart(
    text: str,
    kind: str,
    tokens: list[Token],
    parts: list[Clause],
    today: date,
    workdays: Workdays,
    day: date | None,
    answer: bool,
    wish: english.Wish | None,
) -> _Message:
    context = Context(
        today=today,
        workdays=workdays,
        back=kind in ("punch", "expense"),
        late=kind in _PLANNED and _LATE.search(text) is not None,
        weekends=kind in ("trip", "leave", "outing"),
    )
    words = date_words(text, tokens) if kind == "expense" else tokens
    choice = choose(spans(points(words, text), words, text), parts, text, context, kind)
    chosen = period(choice, context, day if answer else context.today)
    lengths = durations(tokens)
    if kind == "leave":  # 上周末加了两天班 is no length of the leave
        lengths = [one for one in lengths if not earned(clause_at(parts, one[0].start))]
    return _Message(
        text=text,
        kind=kind,
        tokens=words,
        parts=parts,
        context=context,
        choice=choice,
        period=chosen,
        answer=answer,
        wish=wish,
        length=lengths[-1 if _corrected(parts) else 0][1] if lengths else None,
        types=kinds.leave_types(text) if kind == "leave" else [],
    )


def _corrected(parts: list[Clause]) -> bool:
    return any(clause.fixed for clause in parts)


def _understood(message: _Message, *, words: bool = True) -> Understanding:
    """`words`: with place and reason, which the readings of an ambiguous time can do without."""
    kind, leave_type = message.kind, message.types[0] if message.types else None
    if not message.answer and _two_requests(message):
        missing = _missing(kind, {"leave_type": leave_type}, Times())
        return Understanding(kind=kind, leave_type=leave_type, missing=missing, must_ask=True, ask_why=("multiple",))
    punch = punches.which(message.text) if kind == "punch" else None
    times = _times(message, leave_type, punch)
    amounts = sums(message.text, message.tokens) if kind == "expense" else []
    if len(amounts) > 1:
        times.why.append("multiple")
    place, why = _words(message) if words else (None, None)
    found = Understanding(
        kind=kind,
        leave_type=leave_type,
        start=times.start,
        end=times.end,
        half=times.half,
        duration=message.length if kind not in ("expense", "punch") else None,
        reason=why,
        place=place,
        amount=amounts[0] if len(amounts) == 1 else None,
        punch=punch,
    )
    return _judged(found, message, times)


def _judged(found: Understanding, message: _Message, times: Times) -> Understanding:
    """With the working days it covers, what must be asked, and what was read into it."""
    days, rest = None, False
    if found.kind == "leave":
        days, rest = worked(times, found.leave_type, message.length, message.context.workdays)
    causes = list(times.why)
    if rest:
        causes.append("non_workday")
    if people.on_behalf(message.text):
        causes.append("on_behalf")
    slots = {slot: getattr(found, slot) for slot in _REQUIRED[found.kind] if slot != "kind"}
    missing = _unsaid(times) if message.answer else _missing(found.kind, slots, times)
    why = tuple(dict.fromkeys(causes)) or (("missing",) if missing else ())
    return replace(
        found,
        workdays=days,
        missing=missing,
        must_ask=bool(why),
        ask_why=why,
        assumptions=assumptions(message.text, message.tokens, message.period, times, days)
        if message.wish is None
        else in_english(message.wish.named, message.period, times, days),
    )


def _two_requests(message: _Message) -> bool:
    if message.kind not in _PLANNED or _corrected(message.parts):
        return False
    return kinds.two_requests(message.text, message.parts, message.tokens)


def _times(message: _Message, leave_type: str | None, punch: str | None) -> Times:
    if message.kind == "punch":
        return punches.fill_punch(message.period, punch)
    if message.kind == "expense":
        days = message.period
        first = days.first.isoformat() if days.first and not days.why else None
        last = (days.last or days.first).isoformat() if first and days.first else None
        return Times(start=first, end=last, why=[days.why] if days.why == "impossible_date" else [])
    return fill(
        message.kind,
        Said(
            text=message.text,
            period=message.period,
            length=message.length,
            context=message.context,
            leave_type=leave_type,
        ),
    )


def _words(message: _Message) -> tuple[str | None, str | None]:
    """Place and reason; in an answer a reason only where something else is said too, or it is called one."""
    text, tokens, wish = message.text, message.tokens, message.wish
    if wish is not None:
        told = not message.answer or wish.labelled or bool(message.period.first or message.types)
        return wish.place, wish.reason if told or message.kind != "leave" else None
    if message.kind == "expense":
        return None, item(text, tokens)
    if message.kind in ("trip", "outing"):
        return places.place_and_purpose(text, tokens, message.kind)
    if message.kind == "unknown" or (
        message.answer and not (message.period.first or message.types or reasons.labelled(text))
    ):
        return None, None
    return None, reasons.reason(text, tokens, message.parts, message.kind)


def _missing(kind: str, slots: Mapping[str, object], times: Times) -> tuple[str, ...]:
    """Required slots without a value; without a start, its end and its time are not named as well."""
    named = {slot for slot in _REQUIRED[kind] if slots.get(slot) is None} | set(times.missing)
    if times.start is None:
        named -= {"end", "time"}
    if "time" in named or (kind == "overtime" and "half" in named):
        named -= {"end"}
    return tuple(slot for slot in _ORDER if slot in named)


def _unsaid(times: Times) -> tuple[str, ...]:
    return tuple(slot for slot in ("half", "time") if slot in times.missing)
