"""Whoever calls a function reads in its docstring what it may raise: in a program that guards children, no surprise is small."""

import ast
import re
from collections.abc import Iterator

from builders import ROOT

PACKAGE = ROOT / "audit_kit"
SAYS_SO = re.compile(r"[Rr]aise|[Rr]efus|Error\b|Problem\b|AlreadyRunning|HeldUp|TemplateMissing|NotStarted")
#: called for each element of a part while it is read; the class says what it refuses
EVENTS = {"start", "end", "line"}


def raised_in(function: ast.AST) -> Iterator[str]:
    """What is raised by the function's own lines, not by those of functions inside it."""
    for node in ast.iter_child_nodes(function):
        if isinstance(node, ast.Raise) and node.exc is not None:
            yield ast.unparse(node.exc)
        if not isinstance(node, ast.FunctionDef | ast.Lambda):
            yield from raised_in(node)


def silent(source: str) -> list[str]:
    """Public functions with a docstring that says nothing of what they raise."""
    return [
        f"{node.lineno} {node.name}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and node.name not in EVENTS
        and (told := ast.get_docstring(node))
        and not SAYS_SO.search(told)
        and any(error.partition("(")[0] not in told for error in raised_in(node))
    ]


def test_a_function_that_says_nothing_of_what_it_raises_is_seen():
    quiet = (
        'def half(of):\n    """Half of it."""\n    if of % 2:\n        raise ValueError("odd")\n    return of // 2\n'
    )

    assert silent(quiet) == ["1 half"]
    assert silent(quiet.replace("Half of it.", "Half of it. ValueError for an odd number.")) == []


def test_every_public_function_says_what_it_raises():
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{one}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if "cli" not in path.parts  # what a command says for people is its help
        for one in silent(path.read_text(encoding="utf-8"))
    ]

    assert found == []
