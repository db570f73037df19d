"""``NamedTuple`` and ``TYPE_CHECKING`` without importing ``typing``.

Importing ``typing`` costs 2 ms of every start. Each class made from its ``NamedTuple`` costs another 0.1 ms, mostly for
compiling annotations and a constructor. A run with an installation defines about a hundred such classes.
Here all classes with the same number of fields share the code of their constructor.
"""

from __future__ import annotations

__all__ = ["TYPE_CHECKING", "NamedTuple"]

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any, NamedTuple
else:
    from collections import _tuplegetter as getter  # the fastest descriptor that reads a field
    from functools import cache
    from types import FunctionType

    @cache
    def _constructor(count: int) -> FunctionType:
        """A function that makes a tuple of ``count`` values. Its parameters get their names later."""
        values = "".join(f"_{number}, " for number in range(count))
        return eval(f"lambda _class, {values}: _new(_class, ({values}))", {"_new": tuple.__new__})  # noqa: S307

    def _replace(self: Any, /, **changes: Any) -> Any:
        replaced = tuple.__new__(type(self), map(changes.pop, self._fields, self))
        if changes:
            raise TypeError(f"{type(self).__name__} has no fields {', '.join(changes)}")
        return replaced

    def _asdict(self: Any) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def _repr(self: Any) -> str:
        fields = ", ".join([f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True)])
        return f"{type(self).__name__}({fields})"

    def _values(self: Any) -> tuple[Any, ...]:
        return tuple(self)

    _METHODS = {"_replace": _replace, "_asdict": _asdict, "__repr__": _repr, "__getnewargs__": _values}

    class _Maker(type):
        """Metaclass that makes a named tuple from the annotations of a class, as ``typing.NamedTuple`` does."""

        def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> type:
            if not bases:  # the class NamedTuple
                return super().__new__(cls, name, bases, namespace)
            fields = tuple(namespace.pop("__annotations__"))
            defaults = tuple(namespace.pop(field) for field in fields if field in namespace)
            template = _constructor(len(fields))
            code = template.__code__.replace(co_varnames=("_class", *fields))
            constructor = FunctionType(code, template.__globals__, "__new__", defaults)
            constructor.__qualname__ = f"{name}.__new__"  # appears in the message of a TypeError
            getters = {field: getter(index, None) for index, field in enumerate(fields)}
            own = {"__slots__": (), "__new__": constructor, "_fields": fields, "__match_args__": fields}
            return type(name, (tuple,), {**_METHODS, **own, **getters, **namespace})

    class NamedTuple(metaclass=_Maker):
        """Base class of named tuples."""
