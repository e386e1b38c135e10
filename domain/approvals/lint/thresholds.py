"""Where a comparison of numbers turns from true to false: the values at which a linter has to look."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import zip_longest

from domain.approvals.conditions import Arithmetic, Compare, Condition, Literal, Logic, Name, Term

Polynomial = tuple[Fraction, ...]  # coefficients, the constant first
_ONE: Polynomial = (Fraction(1),)


def comparisons(condition: Condition) -> Iterator[Compare]:
    """Every comparison in it."""
    if isinstance(condition, Compare):
        yield condition
    else:
        for part in condition.parts:
            yield from comparisons(part)


def names(condition: Condition | Term) -> frozenset[str]:
    """The fields that it speaks of."""
    match condition:
        case Logic(parts=parts):
            return frozenset().union(*map(names, parts))
        case Compare(left=left, right=right) | Arithmetic(left=left, right=right):
            return names(left) | names(right)
        case Name(id=name):
            return frozenset({name})
    return frozenset()


def turns(pair: Compare, field: str, others: Mapping[str, Fraction]) -> list[Fraction]:
    """The values of the field at which the comparison may turn, the other fields being as given. Only where the field
    counts simply (not squared); a value at which it divides by zero is one, too."""
    (up, under), (right, beneath) = _ratio(pair.left, field, others), _ratio(pair.right, field, others)
    difference = _plus(_times(up, beneath), _times(right, under), sign=-1)
    return [-line[0] / line[1] for line in map(_trimmed, (difference, under, beneath)) if len(line) == 2]


def named_beside(field: str, pair: Compare) -> Iterator[str]:
    """The texts with which the field is compared; beside another field, any text."""
    for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
        if isinstance(one, Name) and one.id == field:
            if isinstance(other, Literal) and isinstance(other.value, tuple):
                yield from other.value
            elif isinstance(other, Literal):
                yield str(other.value)
            elif one is pair.left:
                yield "甲"


def _ratio(term: Term, field: str, others: Mapping[str, Fraction]) -> tuple[Polynomial, Polynomial]:
    """The term as one polynomial of the field over another."""
    match term:
        case Name(id=name):
            return ((Fraction(0), Fraction(1)) if name == field else (others[name],)), _ONE
        case Arithmetic(operator=operator, left=left, right=right):
            (up, under), (other, beneath) = _ratio(left, field, others), _ratio(right, field, others)
            if operator in "+-":
                sum_ = _plus(_times(up, beneath), _times(other, under), sign=1 if operator == "+" else -1)
                return sum_, _times(under, beneath)
            if operator == "/":
                other, beneath = beneath, other
            return _times(up, other), _times(under, beneath)
        case Literal(value=value):
            return (Fraction(str(value)),), _ONE


def _plus(one: Polynomial, other: Polynomial, sign: int) -> Polynomial:
    return tuple(a + sign * b for a, b in zip_longest(one, other, fillvalue=Fraction(0)))


def _times(one: Polynomial, other: Polynomial) -> Polynomial:
    product = [Fraction(0)] * (len(one) + len(other) - 1)
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            product[i + j] += a * b
    return tuple(product)


def _trimmed(line: Polynomial) -> Polynomial:
    while line and line[-1] == 0:
        line = line[:-1]
    return line
