"""The build contexts that compose and bake files name, as far as their lines say so to one who reads no YAML."""

from __future__ import annotations

import posixpath

from pinhook.light_re import regex
from pinhook.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from pinhook.following.tree import Tree

_COMPOSE = regex(r"(?:.*/)?(?:docker-)?compose[\w.-]*\.ya?ml")
_BAKE = regex(r"(?:.*/)?docker-bake[\w.-]*\.hcl")
_BUILD = regex(r"(?P<indent> *)build:(?: +(?P<short>[^#\s].*))?")
_KEY = regex(r"(?P<indent> *)(?P<key>context|dockerfile): +(?P<value>[^#\s].*)")
_TARGET = regex(r"(?ms)^target +\"[^\"]*\" *\{(?P<body>.*?)^\}")
_ATTRIBUTE = regex(r"(?m)^\s*(?P<key>context|dockerfile) *= *\"(?P<value>[^\"]*)\"")
_COMMENT = regex(r"\s+#.*")
_PLAIN = regex(r"[\w./@+ -]+")


def declared(tree: Tree) -> set[str]:
    """The folders of the repository that some compose or bake file builds the Dockerfile in.

    None at all where one of them builds something that only it knows: that may be this Dockerfile, elsewhere.
    """
    found: set[str] = set()
    for path in tree.files():
        reader = _of_compose if _COMPOSE.fullmatch(path) else _of_bake if _BAKE.fullmatch(path) else None
        data = tree.read(path) if reader else None
        if reader and data is not None:
            for context, dockerfile in reader(data.decode("utf-8", "replace")):
                if not (_PLAIN.fullmatch(context) and _PLAIN.fullmatch(dockerfile)):
                    return set()
                folder = _inside(posixpath.dirname(path), context)
                if folder is not None and _inside(folder, dockerfile) == tree.path:
                    found.add(folder)
    return found


def _inside(folder: str, path: str) -> str | None:
    """A path of the repository; ``None`` for one that leads out of it."""
    whole = posixpath.normpath(posixpath.join(folder, path))
    return None if whole.startswith(("/", "..")) else "" if whole == "." else whole


def _of_compose(text: str) -> Iterator[tuple[str, str]]:
    """Context and Dockerfile of each ``build``."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        build = _BUILD.fullmatch(_COMMENT.sub("", line).rstrip())
        if build and build["short"]:
            yield _unquoted(build["short"]), "Dockerfile"
        elif build:
            keys = {key["key"]: _unquoted(key["value"]) for key in _keys_below(lines[number + 1 :], build)}
            yield keys.get("context", "."), keys.get("dockerfile", "Dockerfile")


def _keys_below(lines: list[str], build: re.Match[str]) -> Iterator[re.Match[str]]:
    level = len(build["indent"])
    inner = 0
    for line in lines:
        text = _COMMENT.sub("", line).rstrip()
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        indent = len(text) - len(text.lstrip())
        if indent <= level:
            return
        inner = inner or indent
        if indent == inner and (key := _KEY.fullmatch(text)):
            yield key


def _of_bake(text: str) -> Iterator[tuple[str, str]]:
    """Context and Dockerfile of each ``target``."""
    for target in _TARGET.finditer(text):
        keys = {key["key"]: key["value"] for key in _ATTRIBUTE.finditer(target["body"])}
        yield keys.get("context", "."), keys.get("dockerfile", "Dockerfile")


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in {"'", '"'} and value[-1:] == value[:1] else value
