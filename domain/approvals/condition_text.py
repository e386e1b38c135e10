"""Reads a condition as an administrator writes it: `days > 1 and goods_class == "低值易耗品"`.

Python's own parser reads it; only the nodes named here are let through, and nothing of it is ever run as Python.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from domain.approvals.conditions import SIZES, Arithmetic, Compare, Condition, Literal, Logic, Name, Term, in_words

LONGEST, DEEPEST = 500, 20


class ConditionError(Exception):
    """The text is no condition; the message is Chinese and names what is not allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What a condition may speak of. `names`: what may be written (ids and labels), to field ids; `numbers`: the
    fields that hold one; `options`: for choices, what may be written (ids and labels), to option ids."""

    names: Mapping[str, str]
    numbers: frozenset[str] = frozenset()
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=",
    ast.Gt: ">", ast.GtE: ">=", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def parse(text: str, vocabulary: Vocabulary) -> Condition:
    """The condition. Raises ConditionError."""
    return _Reader(text.strip(), vocabulary).condition(_tree(text.strip(), "days > 1 and amount <= 5000"), 0)


def parse_amount(text: str, vocabulary: Vocabulary) -> Term:
    """What is to be calculated: `details.price * details.count`. Raises ConditionError."""
    return _Reader(text.strip(), vocabulary).amount(_tree(text.strip(), "details.price * details.count"))


def _tree(text: str, example: str) -> ast.expr:
    if len(text) > LONGEST:
        raise ConditionError(f"条件太长（最多 {LONGEST} 个字符）")
    if "\\" in text:
        raise ConditionError("条件里不能写 \\")
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ConditionError(f"看不懂的条件：{text}；请写成 {example} 这样") from None


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    vocabulary: Vocabulary

    def condition(self, node: ast.expr, depth: int) -> Condition:
        if depth > DEEPEST:
            raise ConditionError("条件嵌套太深")
        match node:
            case ast.BoolOp(op=op, values=values):
                word = "and" if isinstance(op, ast.And) else "or"
                return Logic(operator=word, parts=tuple(self.condition(value, depth + 1) for value in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Logic(operator="not", parts=(self.condition(operand, depth + 1),))
            case ast.Compare():
                return self._compare(node, depth)
        raise ConditionError(f"{self._written(node)} 不是一个判断；请写成 days > 1 这样")

    def amount(self, node: ast.expr) -> Term:
        return self._number_term(node, 0)

    def _term(self, node: ast.expr, depth: int) -> Term:
        if depth > DEEPEST:
            raise ConditionError("条件嵌套太深")
        match node:
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float()) as operand):
                return Literal(value=-self._number(operand))
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _ARITHMETIC:
                sides = self._number_term(left, depth), self._number_term(right, depth)
                return Arithmetic(operator=_ARITHMETIC[type(operator)], left=sides[0], right=sides[1])
            case ast.Constant(value=str() as value):
                return Literal(value=value)
            case ast.Constant():
                return Literal(value=self._number(node))
            case ast.Tuple(elts=items) | ast.List(elts=items):
                return Literal(value=tuple(self._word(item) for item in items))
            case ast.Name(id=name) if name in self.vocabulary.names:
                return Name(id=self.vocabulary.names[name])
            case ast.Attribute(value=ast.Name(id=rows), attr=column) if f"{rows}.{column}" in self.vocabulary.names:
                return Name(id=self.vocabulary.names[f"{rows}.{column}"])
            case ast.Name() | ast.Attribute(value=ast.Name()) if isinstance(node, ast.Name) or self._speaks_of_rows():
                name = self._written(node)
                known = "、".join(dict.fromkeys(self.vocabulary.names.values()))
                raise ConditionError(f"表单里没有 {name}；可以用：{known}")
        raise ConditionError(f"条件里不能写 {self._written(node)}")

    def _speaks_of_rows(self) -> bool:
        return any("." in name for name in self.vocabulary.names)

    def _compare(self, node: ast.Compare, depth: int) -> Condition:
        """`1 < days <= 3` is `1 < days and days <= 3`."""
        if any(type(op) not in _COMPARE for op in node.ops):
            raise ConditionError("条件里不能写 is")
        terms = [self._term(item, depth + 1) for item in (node.left, *node.comparators)]
        pairs = tuple(
            self._checked(Compare(operator=_COMPARE[type(op)], left=terms[place], right=terms[place + 1]))
            for place, op in enumerate(node.ops)
        )
        return pairs[0] if len(pairs) == 1 else Logic(operator="and", parts=pairs)

    def _checked(self, pair: Compare) -> Compare:
        """The comparison, if it can ever be true: sizes of numbers, numbers without and texts with quotation marks."""
        left, right = pair.left, pair.right
        if pair.operator in SIZES or Arithmetic in (type(left), type(right)):
            for side in (left, right):
                if not self._is_number(side):
                    raise ConditionError(f"{in_words(side, {})} 不是数字，不能比较大小")
        elif "in" in pair.operator and (self._is_number(left) or self._is_number(right)):
            raise ConditionError(f"{in_words(pair, {})}：in 只能用于文字")
        elif self._is_number(left) != self._is_number(right):
            raise ConditionError(f"{in_words(pair, {})}：数字不加引号，文字要加引号")
        return Compare(operator=pair.operator, left=self._option(left, right), right=self._option(right, left))

    def _option(self, term: Term, other: Term) -> Term:
        """A text beside a choice becomes the option's id, also where its label is written."""
        options = self.vocabulary.options.get(other.id) if isinstance(other, Name) else None
        if options is None or not isinstance(term, Literal):
            return term
        said = term.value if isinstance(term.value, tuple) else (str(term.value),)
        for word in said:
            if word not in options:
                raise ConditionError(f"没有“{word}”这个选项；可以用：{'、'.join(dict.fromkeys(options))}")
        ids = tuple(options[word] for word in said)
        return Literal(value=ids if isinstance(term.value, tuple) else ids[0])

    def _number_term(self, node: ast.expr, depth: int) -> Term:
        term = self._term(node, depth + 1)
        if not self._is_number(term):
            raise ConditionError(f"{self._written(node)} 不是数字，不能计算")
        return term

    def _is_number(self, term: Term) -> bool:
        match term:
            case Literal(value=value):
                return isinstance(value, Decimal)
            case Name(id=name):
                return name in self.vocabulary.numbers
        return True

    def _number(self, node: ast.Constant) -> Decimal:
        written = self._written(node)
        try:
            return Decimal(written.replace("_", ""))
        except InvalidOperation:
            raise ConditionError(f"条件里不能写 {written}") from None

    def _word(self, node: ast.expr) -> str:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        raise ConditionError('列表里只能写文字，如 ["上海", "北京"]')

    def _written(self, node: ast.expr) -> str:
        return ast.get_source_segment(self.text, node) or self.text
