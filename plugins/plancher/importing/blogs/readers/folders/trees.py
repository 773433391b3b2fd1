"""Configuration files as data: every scalar stays the text that was typed, nothing is built, nothing is run.

YAML is composed and never constructed (« !!python/… » is a word like another), its aliases are counted; Python is parsed,
and only plain values that are given to plain names are looked at.
"""

from __future__ import annotations

import ast
import contextlib
import json
import tomllib
import warnings
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Union

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Tree = Union[str, list["Tree"], dict[str, "Tree"]]  # noqa: UP007 - an alias that names itself
_LONGEST = 1_000_000
"""Characters of a file of settings."""
_MOST_NODES = 20_000
_DEEPEST = 50


class Settings:
    """A tree of settings; what is missing or has another shape is empty."""

    def __init__(self, tree: Mapping[str, Tree] | None = None) -> None:
        self.tree = dict(tree or {})

    def _at(self, path: str) -> Tree:
        value: Tree = self.tree
        for step in path.split("."):
            if not isinstance(value, dict):
                return ""
            value = value.get(step, next((child for key, child in value.items() if key.lower() == step.lower()), ""))
        return value

    def text(self, *paths: str) -> str:
        """The first of these that is a text."""
        return next((value for path in paths if isinstance(value := self._at(path), str) and value), "")

    def items(self, *paths: str) -> tuple[str, ...]:
        """The first of these that is a list, or one text."""
        for path in paths:
            value = self._at(path)
            if isinstance(value, list):
                return tuple(item for item in value if isinstance(item, str))
            if isinstance(value, str) and value:
                return (value,)
        return ()

    def group(self, *paths: str) -> dict[str, Tree]:
        """The first of these that is a group."""
        return next((value for path in paths if isinstance(value := self._at(path), dict)), {})

    def list(self, path: str) -> list[Tree]:
        """A list, whatever it holds."""
        value = self._at(path)
        return value if isinstance(value, list) else []


def read(text: str, name: str) -> Settings:
    """The settings of a file; none where it cannot be read."""
    suffix = PurePosixPath(name).suffix.lower()
    if len(text) > _LONGEST:
        return Settings()
    if suffix == ".py":
        return Settings(_python(text))
    return Settings({".toml": of_toml, ".json": of_json}.get(suffix, of_yaml)(text))


def of_yaml(text: str) -> dict[str, Tree]:
    """A mapping of YAML."""
    if text.count("[") + text.count("{") > _MOST_NODES:
        return {}
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
        tree = _Yaml().tree(node, 0) if node is not None else ""
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    return tree if isinstance(tree, dict) else {}


class _Yaml:
    def __init__(self) -> None:
        self.left = _MOST_NODES

    def tree(self, node: Node, depth: int) -> Tree:
        """The tree below a node; an alias of aliases comes to an end."""
        self.left -= 1
        if self.left < 0 or depth > _DEEPEST:
            return ""
        if isinstance(node, ScalarNode):
            return "" if node.style is None and node.value in {"~", "null", "Null", "NULL"} else str(node.value)
        if isinstance(node, SequenceNode):
            return [self.tree(item, depth + 1) for item in node.value[: self.left + 1]]
        return self._mapping(node, depth) if isinstance(node, MappingNode) else ""

    def _mapping(self, node: MappingNode, depth: int) -> dict[str, Tree]:
        tree: dict[str, Tree] = {}
        for key, value in node.value[: self.left + 1]:
            if not isinstance(key, ScalarNode):
                continue
            child = self.tree(value, depth + 1)
            if key.value == "<<" and isinstance(child, dict):
                tree = {**child, **tree}
            else:
                tree[str(key.value)] = child
        return tree


def of_toml(text: str) -> dict[str, Tree]:
    """A file of TOML."""
    try:
        return _group(tomllib.loads(text, parse_float=str))
    except (ValueError, RecursionError):
        return {}


def of_json(text: str) -> dict[str, Tree]:
    """An object of JSON."""
    try:
        read_values = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
        return _group(read_values) if isinstance(read_values, dict) else {}
    except (ValueError, RecursionError):
        return {}


def _python(text: str) -> dict[str, Tree]:
    """« NAME = 'value' » at the first level of a file, where the value is a literal; nothing is run."""
    found: dict[str, Tree] = {}
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for statement in ast.parse(text).body:
            target = statement.targets[0] if isinstance(statement, ast.Assign) else None
            if isinstance(target, ast.Name) and isinstance(statement, ast.Assign):
                with contextlib.suppress(ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
                    found[target.id] = _plain(ast.literal_eval(statement.value))
    return found


def _group(values: Mapping[str, object]) -> dict[str, Tree]:
    return {str(key): _plain(value) for key, value in values.items()}


def _plain(value: object) -> Tree:
    if isinstance(value, dict):
        return _group(value)
    if isinstance(value, (list, tuple, set)):
        return [_plain(item) for item in value]
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def shown(tree: Tree) -> str:
    """All the words of a tree on one line."""
    if isinstance(tree, str):
        return " ".join(tree.split())
    if isinstance(tree, list):
        return ", ".join(filter(None, map(shown, tree)))
    return ", ".join(f"{key}: {shown(value)}" for key, value in tree.items())


def merged(trees: Iterable[Settings]) -> Settings:
    """Several files as one; the first ones win."""
    whole: dict[str, Tree] = {}
    for settings in trees:
        whole = {**settings.tree, **whole}
    return Settings(whole)
