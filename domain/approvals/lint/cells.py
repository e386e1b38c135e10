"""The kinds of values that a flow's conditions can tell apart, field by field: below, at and above each limit, each
option, each text that is named, something else, nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product

from domain.approvals.conditions import Compare, Condition
from domain.approvals.flow import LISTS, NUMBERS, Field
from domain.approvals.lint.finding import Said
from domain.approvals.lint.thresholds import comparisons, named_beside, names, turns

_MOST = Fraction(10**9)  # numbers of forms are above zero and below it (form.py)
_STEPS = [Fraction(step) for step in ("1", "0.5", "0.1", "0.01", "0.001", "0.0001", "0.000001")]
_CENTS = _STEPS[:4]  # money has no more than two decimals
_TRIED = 5  # values of other fields with which a limit that depends on them is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Values that all conditions treat alike; `said` is one of them (None: left empty). Numbers: exactly `low` where
    both are the same, else between `low` and `high` (None: as much as one likes), both excluded."""

    said: Said | None
    low: Fraction | None = None
    high: Fraction | None = None


def cells(fields: Sequence[Field], conditions: Sequence[Condition], others: Mapping[str, str]) -> dict[str, list[Cell]]:
    """The kinds of values of each field that conditions speak of, the empty one last. `others`: what stands for
    something else, by type of field."""
    pairs = [pair for condition in conditions for pair in comparisons(condition)]
    asked = frozenset().union(*map(names, conditions))
    numbers = [one for one in fields if one.id in asked and one.type in NUMBERS]
    found = _numbers(numbers, pairs)
    for field in fields:
        if field.id in asked and field not in numbers:
            found[field.id] = [Cell(said=said) for said in _texts(field, pairs, others)]
    return {one.id: found[one.id] + ([] if one.required else [Cell(said=None)]) for one in fields if one.id in found}


def _numbers(fields: Sequence[Field], pairs: Sequence[Compare]) -> dict[str, list[Cell]]:
    """First the limits that a field has by itself, then those that depend on others."""
    limits: dict[str, set[Fraction]] = {one.id: set() for one in fields}
    several: list[Compare] = []
    for pair in pairs:
        inside = names(pair)
        if inside and inside <= limits.keys():
            if len(inside) == 1:
                (name,) = inside
                limits[name].update(turns(pair, name, {}))
            else:
                several.append(pair)
    alone = {one.id: _between(sorted(limits[one.id]), one) for one in fields}
    for pair in several:
        first = min((one for one in fields if one.id in names(pair)), key=lambda one: one.type != "money")
        rest = sorted(names(pair) - {first.id})
        for said in product(*([Fraction(str(cell.said)) for cell in alone[one][:_TRIED]] for one in rest)):
            limits[first.id].update(turns(pair, first.id, dict(zip(rest, said, strict=True))))
    return {one.id: _between(sorted(limits[one.id]), one) for one in fields}


def _between(limits: Sequence[Fraction], field: Field) -> list[Cell]:
    """At each limit and on both sides of it."""
    steps = _CENTS if field.type == "money" else _STEPS
    inside = [limit for limit in limits if 0 < limit < _MOST]
    ends: list[Fraction | None] = [Fraction(0), *inside, None]
    found: list[Cell] = []
    for low, high in pairwise(ends):
        assert low is not None
        if low > 0 and (low % steps[-1]) == 0:
            found.append(Cell(said=written(low), low=low, high=low))
        if (said := _inside(low, high, steps)) is not None:
            found.append(Cell(said=written(said), low=low, high=high))
    return found


def _inside(low: Fraction, high: Fraction | None, steps: Sequence[Fraction]) -> Fraction | None:
    """The roundest number between both."""
    tries = ((low // step + 1) * step for step in steps)
    return next((one for one in tries if high is None or one < high), None)


def written(number: Fraction) -> str:
    """A number as people write it."""
    return format((Decimal(number.numerator) / Decimal(number.denominator)).normalize(), "f")


def _texts(field: Field, pairs: Sequence[Compare], others: Mapping[str, str]) -> Iterator[Said]:
    if field.type == "choice":
        yield from field.options
        return
    named = list(dict.fromkeys(word for pair in pairs for word in named_beside(field.id, pair)))
    other = others.get(field.type, "其他")
    if field.type not in LISTS:
        yield from dict.fromkeys([*named, other])
        return
    yield from dict.fromkeys([*((word,) for word in named), (other,), *([tuple(named)] if named else [])])
