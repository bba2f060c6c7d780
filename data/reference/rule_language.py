"""The language of `test_expr`: terms joined by and, or, not.

It is closed: Python's `ast` parses the text, what `docs/definitions.md`, “Eligible, covered, gap”
does not name is refused, nothing is run.
"""

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Literal

from data.reference.rule_vocabulary import AGES, COMPARISONS, TERMS, Term, lists

#: The longest rule of the policy has 170 characters and is 4 deep.
MOST_CHARACTERS = 1000
DEEPEST = 10

#: Characters of the part to blame that a message repeats.
SHOWN = 80


@dataclass(frozen=True)
class Joined:
    """Expressions joined by `and` or `or`, or one under `not`."""

    how: Literal["and", "or", "not"]
    parts: tuple["Expression", ...]


Expression = Term | Joined


class RuleError(ValueError):
    """A text outside the language: why, in Chinese, and the node that is to blame."""

    def __init__(self, why: str, node: ast.AST | None = None) -> None:
        super().__init__(why)
        self.node = node


def _alike(word: str, known: Collection[str]) -> str:
    close = get_close_matches(word, known, n=1)
    return f"，是否应为“{close[0]}”" if close else ""


def _code(node: ast.expr, kind: str) -> str:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        raise RuleError(f"须为引号内的{kind}代码", node)
    if node.value not in lists()[kind]:
        why = f"没有{kind}“{node.value}”"
        raise RuleError(why + _alike(node.value, lists()[kind]), node)
    return node.value


def _call(node: ast.Call) -> Term:
    if not isinstance(node.func, ast.Name):
        raise RuleError("只能调用条件", node)
    name = node.func.id
    if name not in TERMS:
        raise RuleError(f"没有条件“{name}”" + _alike(name, TERMS), node)
    least, most, kind = TERMS[name]
    if node.keywords or not least <= len(node.args) <= most:
        wanted = {0: "不带代码", 1: "须带一个代码"}.get(most, "须带一个以上代码")
        raise RuleError(f"{name}(){wanted}", node)
    return Term(name, tuple(_code(argument, kind) for argument in node.args))


def _comparison(node: ast.Compare) -> Term:
    match node:
        case ast.Compare(ast.Name("res"), [ast.Eq()], [residence]):
            return Term("res", (_code(residence, "城乡"),))
        case ast.Compare(ast.Name("age"), [ast.GtE()], [ast.Constant(int(18))]):
            return AGES["age >= 18"]
        case ast.Compare(
            ast.Name("age"), [ast.Lt()], [ast.Call(ast.Name("child_age_limit"), [], [])]
        ):
            return AGES["age < child_age_limit()"]
    raise RuleError(f"可用的比较为{COMPARISONS}", node)


def _expression(node: ast.expr, depth: int) -> Expression:
    if depth > DEEPEST:
        raise RuleError(f"and、or、not嵌套超过{DEEPEST}层")
    match node:
        case ast.BoolOp(operator, values):
            how: Literal["and", "or"] = "and" if isinstance(operator, ast.And) else "or"
            return Joined(how, tuple(_expression(value, depth + 1) for value in values))
        case ast.UnaryOp(ast.Not(), operand):
            return Joined("not", (_expression(operand, depth + 1),))
        case ast.Call():
            return _call(node)
        case ast.Compare():
            return _comparison(node)
    raise RuleError(f"{type(node).__name__}不在规则语言中，只能用条件和and、or、not", node)


@cache
def parse(text: str) -> Expression:
    """The expression of a text; RuleError says why it is none, and where."""
    if len(text) > MOST_CHARACTERS:
        raise RuleError(f"{len(text)}个字符，超过{MOST_CHARACTERS}个")
    if "#" in text:
        raise RuleError("备注（#）须写在note列")
    try:
        body = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise RuleError(f"不是条件式（{getattr(error, 'msg', error)}）") from error
    try:
        return _expression(body, 1)
    except RuleError as error:
        part = ast.get_source_segment(text.strip(), error.node) if error.node else None
        raise RuleError(f"{error}，见“{part[:SHOWN]}”" if part else str(error)) from None


def terms(expression: Expression) -> Iterator[Term]:
    """Every term of an expression, from left to right."""
    if isinstance(expression, Term):
        yield expression
        return
    for part in expression.parts:
        yield from terms(part)
