"""The configuration's text as YAML's tree, which knows the line and column of each key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from audit_kit.config.keys import Loc
from audit_kit.config.wording import refused

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same in C: a tenth of the time


def tree_and_values(text: str, file: str) -> tuple[yaml.MappingNode, dict[Any, Any]]:
    """The text as YAML's tree, which knows lines and columns, and as values. Refused where it is no YAML of keys."""
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if not isinstance(node, yaml.MappingNode):
                raise refused([f"{file}:1:1: expected keys such as board, areas and agencies, found none"])
            _check_scalars(node, file, ())
            return node, loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else file
        raise refused([f"{place}: this is not YAML yet: {problem.problem or problem.context}"]) from None
    except yaml.YAMLError:
        raise refused([f"{file}: this holds characters that YAML does not allow"]) from None


def _check_scalars(node: yaml.Node, file: str, above: tuple[int, ...]) -> None:
    """Refuse what refers to itself, and read what only looks like a date (2026-02-31) as text, to be told as such."""
    if id(node) in above:
        raise refused([f"{file}:{line_and_column(node)}: expected a value, found a reference to itself"])
    children: list[yaml.Node] = []
    if isinstance(node, yaml.MappingNode):
        children = [child for pair in node.value for child in pair]
    elif isinstance(node, yaml.SequenceNode):
        children = node.value
    elif node.tag == "tag:yaml.org,2002:timestamp":
        try:
            yaml.constructor.SafeConstructor().construct_yaml_timestamp(node)
        except ValueError:
            node.tag = "tag:yaml.org,2002:str"
    for child in children:
        _check_scalars(child, file, (*above, id(node)))


def line_and_column(node: yaml.Node) -> str:
    """Where it begins, as editors count: from 1, with a colon between."""
    return f"{node.start_mark.line + 1}:{node.start_mark.column + 1}"


def node_at(node: yaml.Node, loc: Loc) -> yaml.Node:
    """The node that this key path points at, or the nearest one above it that exists."""
    for part in loc:
        found = None
        if isinstance(node, yaml.MappingNode):
            pairs = ((key, value) for key, value in reversed(node.value) if key.value == str(part))
            found = next((key if value.tag == "tag:yaml.org,2002:null" else value for key, value in pairs), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            found = node.value[part]
        if found is None:
            return node
        node = found
    return node


def repeated(node: yaml.Node, path: str = "") -> Iterator[tuple[str, yaml.Node]]:
    """Keys that stand twice in one mapping: YAML would silently keep the last."""
    if isinstance(node, yaml.SequenceNode):
        for number, child in enumerate(node.value, start=1):
            yield from repeated(child, f"{path}{number} → ")
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in seen:
                yield f"{path}{key.value}", key
            seen.add(key.value)
            yield from repeated(value, f"{path}{key.value} → ")
