"""A flow: what a kind of case asks for and which routes it may take. Frozen values, read from TOML at the rim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Literal

from domain.approvals.condition_text import Vocabulary
from domain.approvals.conditions import Condition, Term

FieldType = Literal[
    "text", "textarea", "number", "money", "date", "moment", "choice", "person", "people", "departments", "attachments",
    "rows",
]  # fmt: skip
ColumnType = Literal["text", "number", "money", "date", "choice"]
Level = Literal["any", "employee", "supervisor", "manager", "head"]
StepKind = Literal["approve", "review", "confirm", "handle"]
Mode = Literal["", "any", "all", "sequence", "vote", "claim"]  # "": one person, or any one of several
Away = Literal["wait", "up", "substitute"]
Returned = Literal["again", "straight", "keep"]

NUMBERS = ("number", "money")
LISTS = ("people", "departments", "attachments")
CHOSEN = "自选"  # in cc: whom the applicant chose in the field `cc`


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One thing that each row of a field of the type `rows` says."""

    id: str
    label: str
    type: ColumnType = "text"
    required: bool = False
    options: Mapping[str, str] = field(default_factory=dict)  # id -> label


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What a field is computed from: `term` of each row of the field `rows`, added up. Columns are `rows.column`."""

    rows: str
    term: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing that the form asks for. `moment`: a day, half a day or a time (spec: conversation.md).

    `columns`: what each of its `rows` says. `total`: a number that is computed whenever there are rows."""

    id: str
    label: str
    type: FieldType = "text"
    required: bool = False
    options: Mapping[str, str] = field(default_factory=dict)  # id -> label
    ask: str = ""  # the question, where the label alone would not do
    among: tuple[str, ...] = ()  # people words: only who answers to one of them may be chosen
    columns: tuple[Column, ...] = ()
    total: Total | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWord:
    """A step as the flow file names it: `words` are people words, or `field` is a form field's id.

    Of a vote, `weights` are those of the words (none: one each) and `quorum` is the share that passes it."""

    kind: StepKind
    mode: Mode = ""
    words: tuple[str, ...] = ()
    field: str = ""  # the people, or who heads the departments, that are chosen there
    weights: tuple[float, ...] = ()
    quorum: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A route and for whom it is: the first one that fits is taken (R-APR-1)."""

    when: Condition | None = None
    applicant: Level = "any"
    department: str = ""
    steps: tuple[StepWord, ...] = ()
    cc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How long before the day in `field` something is to be asked for, where `when` fits (R-LEAVE-1, R-LEAVE-2):
    calendar days, or `working` days."""

    days: int
    working: bool = False
    when: Condition | None = None
    field: str = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How often one person may ask in the week, month or year of the day in `field` (R-CORR-1)."""

    count: int
    per: Literal["week", "month", "year"] = "month"
    field: str = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The destination in `field` decides: the flow `inside` the company's home city, or `outside` it (R-TRIP-1)."""

    field: str
    inside: str
    outside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """What happens where a step would stall (R-APR-5); the defaults are those of R-ORG-5.

    `self`, the approver is the applicant: `up` asks one level up (a post: another holder, else the step is skipped),
    `head` the applicant's department head, `skip` leaves the step out where nobody else stands beside, `administrator`
    asks the flow's administrator, `allow` lets the applicant decide. `missing`, nobody holds the post: `administrator`,
    `skip`, the applicant's manager (`up`), or whoever a people word means. `again`, the same single person decides
    several steps: `consecutive` ones are merged, `once` asks once on the whole way, `every` each time. `away`, the
    approver is on leave and has no deputy: `wait`, ask the next one `up`, or the `substitute` whom they named.
    `overdue`, nobody decided within `hours` working hours (0: no limit): `remind` them, pass it `up`, to the
    `administrator` or to whoever a people word means, or `approve` or `reject` by itself. `returned`, the applicant
    corrected what was returned: it runs `again` from the first step, goes `straight` back to who returned it, or steps
    whose facts did not change `keep` their approval. `told` at the end are `all` in cc, or only those `others` who did
    not stand on the way (R-CC-1).
    """

    self: Literal["up", "head", "skip", "administrator", "allow"] = "up"
    missing: str = "administrator"
    again: Literal["consecutive", "once", "every"] = "consecutive"
    away: Away = "wait"
    hours: float = 0.0
    overdue: str = "remind"
    returned: Returned = "again"
    told: Literal["all", "others"] = "all"


MISSING = ("administrator", "skip", "up")  # what `missing` may say besides a people word
OVERDUE = ("remind", "up", "administrator", "approve", "reject")  # and `overdue`
DEFAULTS = Policies()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A kind of case. `words` are what people call it; `wants` what they say who want it, with * for a few characters,
    # for so many pieces, ¥ for a sum. `version` is a hash of the file's content."""

    id: str
    title: str
    prefix: str
    pack: str = ""
    words: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    routes: tuple[Route, ...] = ()
    administrator: str = ""  # a post; "" means the administrators of the organisation
    heads: tuple[str, ...] = ()  # titles and posts that file as heads do, though they lead nothing (R-CC-1: 副部长)
    policies: Policies = DEFAULTS
    leads: tuple[Lead, ...] = ()
    limits: tuple[Limit, ...] = ()
    place: Place | None = None
    posts: Mapping[str, str] = field(default_factory=dict)  # a company's own meaning of words (R-ORG-4)
    version: str = ""


def names_of(flows: Mapping[str, Flow]) -> dict[str, str]:
    """What people call the flows, and the id of each."""
    return {name: flow.id for flow in flows.values() for name in (flow.title, *flow.words)}


def vocabulary(fields: Sequence[Field]) -> Vocabulary:
    """What conditions on this form may speak of: fields and options, by id and by label; of rows their total alone."""
    single = [one for one in fields if one.type != "rows"]
    return Vocabulary(
        names={one.label: one.id for one in single} | {one.id: one.id for one in single},
        numbers=frozenset(one.id for one in fields if one.type in NUMBERS),
        options={one.id: _either(one.options) for one in fields if one.type == "choice"},
    )


def labels(flow: Flow) -> dict[str, str]:
    """What people call fields (by id) and options (by `field.option`)."""
    options = {f"{one.id}.{key}": label for one in flow.fields for key, label in one.options.items()}
    return options | {one.id: one.label for one in flow.fields}


def facts(flow: Flow, values: Mapping[str, object]) -> dict[str, object]:
    """A form's values as conditions see them: numbers as Decimal (none where it is no number), options by id."""
    return {one.id: _fact(one, values[one.id]) for one in flow.fields if values.get(one.id) not in (None, "")}


def _fact(field: Field, value: object) -> object:
    if field.type == "choice":
        return _either(field.options).get(str(value), value)
    if field.type not in NUMBERS:
        return value
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _either(options: Mapping[str, str]) -> dict[str, str]:
    """Option ids by what may be said for them: label or id."""
    return {label: key for key, label in options.items()} | {key: key for key in options}
