"""Conditions of routes as values: what can be asked of a form, whether it holds, and how people say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


class NoValue(Exception):
    """A size is compared, but this field has no number (yet)."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(field)


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """A number, a text, or a list of texts."""

    value: Decimal | str | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A field of the form."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic:
    """`left operator right`; operator: + - * /."""

    operator: str
    left: "Term"
    right: "Term"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """`left operator right`; operator: == != < <= > >= in, not in."""

    operator: str
    left: "Term"
    right: "Term"


@dataclass(frozen=True, slots=True, kw_only=True)
class Logic:
    """`and` / `or` over parts, `not` over one."""

    operator: str
    parts: tuple["Condition", ...]


Term = Literal | Name | Arithmetic
Condition = Compare | Logic


SIZES = ("<", "<=", ">", ">=")


def evaluate(condition: Condition, facts: Mapping[str, object]) -> bool:
    """Whether the condition holds. An empty field equals nothing. Raises NoValue where its size is asked for."""
    match condition:
        case Logic(operator="and", parts=parts):
            return all(evaluate(part, facts) for part in parts)
        case Logic(operator="or", parts=parts):
            return any(evaluate(part, facts) for part in parts)
        case Logic(parts=parts):
            return not evaluate(parts[0], facts)
        case Compare(operator=operator, left=left, right=right) if operator in SIZES:
            return _larger(operator, _amount(left, facts), _amount(right, facts))
        case Compare(operator=operator, left=left, right=right):
            return _equal(operator, _value(left, facts), _value(right, facts))


def amount(term: Term, facts: Mapping[str, object]) -> Decimal:
    """What the term comes to, exactly. Raises NoValue where a field of it has no number."""
    return _amount(term, facts)


def names_in(term: Term) -> tuple[str, ...]:
    """The fields of which the term speaks."""
    match term:
        case Name(id=name):
            return (name,)
        case Arithmetic(left=left, right=right):
            return tuple(dict.fromkeys((*names_in(left), *names_in(right))))
    return ()


def _larger(operator: str, left: Decimal, right: Decimal) -> bool:
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator]


def _equal(operator: str, left: Decimal | str | tuple[str, ...], right: Decimal | str | tuple[str, ...]) -> bool:
    if operator in ("==", "!="):
        return (left == right) is (operator == "==")
    inside = isinstance(right, tuple | str) and left != "" and str(left) in right
    return inside is (operator == "in")


def _value(term: Term, facts: Mapping[str, object]) -> Decimal | str | tuple[str, ...]:
    """A number where numbers stand on the other side too; "" for an empty field."""
    match term:
        case Literal(value=value):
            return value
        case Arithmetic():
            return _amount(term, facts)
        case Name(id=name):
            said = facts.get(name)
            if isinstance(said, list | tuple):
                return tuple(str(item) for item in said)
            return said if isinstance(said, Decimal) else "" if said is None else str(said)


def _amount(term: Term, facts: Mapping[str, object]) -> Decimal:
    match term:
        case Literal(value=Decimal() as value):
            return value
        case Arithmetic(operator=operator, left=left, right=right):
            return _calculate(operator, _amount(left, facts), _amount(right, facts), in_words(term, {}))
        case Name(id=name) if isinstance(said := facts.get(name), Decimal):
            return said
    raise NoValue(in_words(term, {}))


def _calculate(operator: str, left: Decimal, right: Decimal, written: str) -> Decimal:
    try:
        match operator:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
        return left / right
    except ArithmeticError:
        raise NoValue(written) from None


def negated(condition: Condition) -> Condition:
    """The opposite, said as directly as possible: `days <= 1` becomes `days > 1`."""
    match condition:
        case Compare(operator=operator, left=left, right=right):
            return Compare(operator=_OPPOSITE[operator], left=left, right=right)
        case Logic(operator="not", parts=parts):
            return parts[0]
        case Logic(operator=operator, parts=parts):
            return Logic(operator="or" if operator == "and" else "and", parts=tuple(negated(part) for part in parts))


_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">", "in": "not in", "not in": "in"}
_SAID = {
    "==": "为", "!=": "不为", "<": "少于", "<=": "不超过", ">": "超过", ">=": "不少于", "in": "在", "not in": "不在",
}  # fmt: skip


def in_words(condition: Condition | Term, labels: Mapping[str, str]) -> str:
    """The condition as people say it: 天数不超过 1. `labels`: of fields, and of options as `field.option`."""
    match condition:
        case Literal(value=value):
            return "、".join(value) if isinstance(value, tuple) else str(value)
        case Name(id=name):
            return labels.get(name, name)
        case Arithmetic(operator=sign, left=left, right=right):
            return f"({in_words(left, labels)} {sign} {in_words(right, labels)})"
        case Compare(operator="in" | "not in" as operator, left=Literal() as left, right=Name() as right):
            contains = "包含" if operator == "in" else "不包含"
            return f"{in_words(right, labels)}{contains}{in_words(left, labels)}"
        case Compare(operator=operator, left=left, right=right):
            return f"{_side(left, right, labels)}{_SAID[operator]} {_side(right, left, labels)}"
        case Logic(operator="not", parts=(part,)):
            return f"不是（{in_words(part, labels)}）"
        case Logic(operator=word, parts=parts):
            said = (in_words(part, labels) for part in parts)
            whole = (f"（{text}）" if isinstance(part, Logic) else text for part, text in zip(parts, said, strict=True))
            return (" 且 " if word == "and" else " 或 ").join(whole)


def _side(term: Term, other: Term, labels: Mapping[str, str]) -> str:
    """One side of a comparison; beside a choice, options are said by their labels."""
    if not (isinstance(term, Literal) and isinstance(other, Name)):
        return in_words(term, labels)
    said = term.value if isinstance(term.value, tuple) else (str(term.value),)
    return "、".join(labels.get(f"{other.id}.{word}", word) for word in said)
