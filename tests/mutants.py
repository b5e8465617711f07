"""The mutants of a solution cell: the same cell with one small mistake in a line between the solution marks.

The mutation tools that are maintained work on the modules of a package; a lesson's answers are cells of a notebook,
tried in a sandboxed kernel. What such a tool would do for them is this small pass over the syntax tree: each function
of `CHANGES` makes one kind of mistake, as other nodes for the same place.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

FAMILIES = [set(family.split()) for family in """
    Add Sub / Mult Div / Mult Add / MatMult Mult / Pow Mult / FloorDiv Div / BitOr BitAnd / And Or
    Lt LtE Gt GtE / Eq NotEq / In NotIn
    tanh sigmoid relu / softmax log_softmax / exp expm1 log log1p / min max / amin amax / argmin argmax / any all
    sum mean prod / cat stack / zeros ones / zeros_like ones_like / new_zeros new_ones
""".replace("\n", "/").split("/")]  # fmt: skip
FIELDS = {ast.Name: "id", ast.Attribute: "attr", ast.Constant: "value"}  # where a name stands
NO_RECEIVERS = {"torch", "nn", "F", "math", "self"}  # what stands before a dot, but is no argument
ASSERTED = "strict"  # the keyword of zip: it changes no result
ONE = ast.Constant(1)


@dataclass(frozen=True)
class Mutant:
    """A changed solution cell.

    Args:
        line: the line that was changed, as `ast.unparse` writes it.
        change: what stands there instead.
        source: of the whole cell.
    """

    line: str
    change: str
    source: str

    def __str__(self) -> str:
        return f"{self.line}  →  {self.change}"


def mutants(source: str) -> list[Mutant]:
    """Every mutant of a solution cell, none twice."""
    tree, inside = ast.parse(source), _solution_lines(source)
    original = ast.unparse(tree)
    made: dict[str, Mutant] = {}
    for parent, field, child, names in _places(tree, _attributes_and_strings(tree)):
        for new in (new for change in CHANGES if child.lineno in inside for new in change(child, names)):
            mutated = _with_another(tree, parent, field, child, new)
            if mutated not in (original, *made):
                pairs = zip(original.splitlines(), mutated.splitlines(), strict=False)
                line, change = next((line.strip(), other.strip()) for line, other in pairs if line != other)
                made[mutated] = Mutant(line, change, mutated)
    return list(made.values())


def _solution_lines(source: str) -> set[int]:
    inside, lines = False, set()
    for number, line in enumerate(source.splitlines(), 1):
        if "### BEGIN SOLUTION" in line or "### END SOLUTION" in line:
            inside = "BEGIN" in line
        elif inside:
            lines.add(number)
    return lines


def _attributes_and_strings(tree: ast.AST) -> dict[type, list[str]]:
    """The names of self.NAME, and the strings that are names."""
    names: dict[type, list[str]] = {ast.Name: [], ast.Attribute: [], ast.Constant: []}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "self":
            names[ast.Attribute].append(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value:
            names[ast.Constant].append(node.value)
    return names


def _places(node: ast.AST, names: dict[type, list[str]]) -> Iterator[tuple[ast.AST, str, ast.AST, dict]]:
    """Every statement and expression: its parent, its field there, itself, and the names it could be mixed up with."""
    if isinstance(node, ast.FunctionDef):
        written = [part for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)]
        written.sort(key=lambda part: (part.lineno, part.col_offset))
        variables = [argument.arg for argument in node.args.args] + [part.id for part in written]
        names = names | {ast.Name: names[ast.Name] + variables}
    for field, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.expr | ast.stmt):
                yield node, field, child, names
            if isinstance(child, ast.AST) and getattr(child, "arg", "") != ASSERTED:
                yield from _places(child, names)


def _with_another(tree: ast.AST, parent: ast.AST, field: str, child: ast.AST, new: ast.AST) -> str:
    """The source of the tree with another node in one place."""
    value = getattr(parent, field)
    setattr(parent, field, [new if item is child else item for item in value] if isinstance(value, list) else new)
    source = ast.unparse(ast.fix_missing_locations(copy.deepcopy(tree)))
    setattr(parent, field, value)
    return source


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _swapped(items: list) -> Iterator[list]:
    for left in range(len(items) - 1):
        yield [*items[:left], items[left + 1], items[left], *items[left + 2 :]]


def _one_off(node: ast.expr) -> Iterator[ast.expr]:
    if not isinstance(node, ast.Constant | ast.Slice):  # a constant is changed as such, a slice at its bounds
        yield from (ast.BinOp(node, operator(), ONE) for operator in (ast.Add, ast.Sub))


def another_of_its_family(node: ast.AST, names: dict[type, list[str]]) -> Iterator[ast.AST]:
    """An operator or a function for its like, of `FAMILIES`."""
    match node:
        case ast.BinOp(op=own) | ast.BoolOp(op=own) | ast.AugAssign(op=own):
            yield from (_with(node, op=getattr(ast, name)()) for name in _relatives(type(own).__name__))
        case ast.Compare(ops=[own]):
            yield from (_with(node, ops=[getattr(ast, name)()]) for name in _relatives(type(own).__name__))
        case ast.Attribute(attr=own) | ast.Name(id=own):
            yield from (_with(node, **{FIELDS[type(node)]: name}) for name in _relatives(own))


def _relatives(name: str) -> list[str]:
    return sorted(set().union(*(family for family in FAMILIES if name in family)) - {name})


def another_order(node: ast.AST, names: dict[type, list[str]]) -> Iterator[ast.AST]:
    """Two arguments, two elements of a tuple, the sides of an operator, or two statements of a loop are swapped."""
    match node:
        case ast.Call():
            yield from (_with(node, args=args) for args in _swapped(node.args))
        case ast.Tuple(ctx=ast.Load()) | ast.List(ctx=ast.Load()):
            yield from (_with(node, elts=elements) for elements in _swapped(node.elts))
        case ast.BinOp(op=ast.Sub() | ast.Div() | ast.MatMult() | ast.FloorDiv() | ast.Pow()):
            yield _with(node, left=node.right, right=node.left)
        case ast.For() | ast.While():
            bodies = enumerate(_swapped(node.body))
            yield from (_with(node, body=body) for place, body in bodies if _depend(*body[place : place + 2]))


def _depend(one: ast.stmt, other: ast.stmt) -> bool:
    """Whether a name of both is set in one of them: elsewhere, their order doesn't matter."""
    names, others = ([node for node in ast.walk(stmt) if isinstance(node, ast.Name)] for stmt in (one, other))
    results = {node.id for node in names + others if isinstance(node.ctx, ast.Store)}
    return bool({node.id for node in names} & {node.id for node in others} & results)


def another_constant(node: ast.AST, names: dict[type, list[str]]) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() as value):
            yield from (ast.Constant(other) for other in (value + 1, value - 1, -value))
        case ast.Constant(float() as value):
            yield from (ast.Constant(other) for other in (2 * value, 0.0, -value))


def another_name(node: ast.AST, names: dict[type, list[str]]) -> Iterator[ast.AST]:
    """The next like it of the cell: of variables, attributes of self, or strings; or a string with letters swapped."""
    own = getattr(node, FIELDS.get(type(node), ""), None)
    if own not in names.get(type(node), []) or isinstance(getattr(node, "ctx", None), ast.Store):
        return
    alike = [name for name in dict.fromkeys(names[type(node)]) if _alike(name, own)]
    if len(alike) > 1:
        yield _with(node, **{FIELDS[type(node)]: alike[(alike.index(own) + 1) % len(alike)]})
    elif isinstance(node, ast.Constant) and len(own) > 1:
        yield ast.Constant(own[1] + own[0] + own[2:])


def _alike(name: str, other: str) -> bool:
    (first, *_, last), (other_first, *_, other_last) = (words.split("_") * 2 for words in (name, other))
    return first == other_first or last == other_last or len(name) == len(other) == 1


def one_off(node: ast.AST, names: dict[type, list[str]]) -> Iterator[ast.AST]:
    """An index, a bound of a slice or of a range; a bound more or less."""
    match node:
        case ast.Subscript(slice=ast.Tuple(elts=indices)):
            for place, index in enumerate(indices):
                for other in [*_one_off(index), *_other_bounds(index)]:
                    yield _with(node, slice=_with(node.slice, elts=[*indices[:place], other, *indices[place + 1 :]]))
        case ast.Subscript(slice=index):
            yield from (_with(node, slice=other) for other in [*_one_off(index), *_other_bounds(index)])
        case ast.Call(func=ast.Name("range")):
            yield from (_with(node, args=[*node.args[:-1], stop]) for stop in _one_off(node.args[-1]))
            yield _with(node, args=[ONE, node.args[-1]])


def _other_bounds(index: ast.expr) -> Iterator[ast.Slice]:
    if isinstance(index, ast.Slice) and (index.lower or index.upper):
        for bound, added in (("lower", ONE), ("upper", ast.Constant(-1))):
            value = getattr(index, bound)
            yield from (_with(index, **{bound: other}) for other in ([None, *_one_off(value)] if value else [added]))


def dropped_part(node: ast.AST, names: dict[type, list[str]]) -> Iterator[ast.AST]:
    """A term, a factor, a condition, a sign, an index, a method, a function around its argument, or a keyword."""
    match node:
        case ast.BinOp(left=one, right=other) | ast.IfExp(body=one, orelse=other) | ast.BoolOp(values=[one, other]):
            yield from (one, other)
        case (
            ast.UnaryOp(operand=part) | ast.Subscript(value=part, ctx=ast.Load()) | ast.Attribute(value=part, attr="T")
        ):
            yield part
        case ast.Call(func, args, keywords):
            yield from (argument for argument in args[:1] if not isinstance(argument, ast.Starred))
            if isinstance(func, ast.Attribute) and ast.unparse(func.value) not in NO_RECEIVERS:
                yield func.value
            for keyword in keywords:
                if keyword.arg != ASSERTED:
                    yield _with(node, keywords=[other for other in keywords if other is not keyword])


def dropped_statement(node: ast.AST, names: dict[type, list[str]]) -> Iterator[ast.AST]:
    """With all that is in it; or only its condition, or what an addition in place adds to."""
    if isinstance(node, ast.stmt) and not isinstance(node, ast.FunctionDef):
        yield ast.Pass()
    match node:
        case ast.If():
            yield _with(node, test=ast.Constant(True))
        case ast.AugAssign(target, value=value):
            yield ast.Assign([target], value)


CHANGES = [
    another_of_its_family,
    another_order,
    another_constant,
    another_name,
    one_off,
    dropped_part,
    dropped_statement,
]
