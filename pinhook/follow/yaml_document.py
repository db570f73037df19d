"""A YAML document as dicts, lists and strings. Only this module imports PyYAML. Its input may be hostile.

The document is built from the events of PyYAML's parser, without its constructor: no tag creates an object, a merge key
copies nothing, and an alias is always the same object.
"""

from __future__ import annotations

import yaml

from pinhook._startup.namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Value: TypeAlias = "dict[object, Any] | list[Any] | str | None"

MAX_CHARACTERS = 200_000
"""Maximum length of a document. Without libyaml, PyYAML takes up to 10 microseconds a character."""

MAX_DEPTH = 50
"""Maximum nesting of collections. PyYAML recurses on Python's stack, or on that of C."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = frozenset({"", "~", "null", "Null", "NULL"})


def parse_yaml(text: str) -> Value:
    """The first document of a text. Raises ``ValueError`` if it is not YAML, too long or too deep.

    A scalar is a string; null is ``None``. A key that is a collection is replaced by an object that equals no other.
    """
    if len(text) > MAX_CHARACTERS:
        raise ValueError("the document is too long")
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.DocumentEndEvent):
                break
            builder.add(event)
    except (yaml.YAMLError, OverflowError) as error:  # OverflowError: "\UFFFFFFFF"
        raise ValueError(str(error)) from error
    return builder.root[0] if builder.root else None


class _Builder:
    """Builds the nodes of a document from the start and end events."""

    def __init__(self) -> None:
        self.root: list[Value] = []
        self.anchors: dict[str, Value] = {}
        self.open: list[tuple[Value, list[Value]]] = [(None, self.root)]  # open collections and their items so far

    def add(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            is_null = event.implicit[0] and event.value in _NULL
            self.node(event.anchor, None if is_null else event.value)
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                raise ValueError(f"the anchor {event.anchor} is missing")
            self.node(None, self.anchors[event.anchor])
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self.open) > MAX_DEPTH:
                raise ValueError("the document is too deep")
            collection: Value = {} if isinstance(event, yaml.MappingStartEvent) else []
            self.node(event.anchor, collection)
            self.open.append((collection, []))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.close()

    def node(self, anchor: str | None, value: Value) -> None:
        if anchor:
            self.anchors[anchor] = value
        self.open[-1][1].append(value)

    def close(self) -> None:
        collection, values = self.open.pop()
        if isinstance(collection, list):
            collection += values
        elif isinstance(collection, dict):
            keys = (key if isinstance(key, str | None) else object() for key in values[::2])
            collection.update(zip(keys, values[1::2], strict=True))
