"""The two things of ``typing`` that are needed at run time, without the time they take.

Importing ``typing`` costs 2 ms of every start, and each class made from its ``NamedTuple`` another 0.1 ms, most of it
for the compilation of annotations that nobody looks at and of a constructor; a run with an installation defines ninety
such classes. Here the constructors of all classes with as many fields share their code.
"""

from __future__ import annotations

__all__ = ["TYPE_CHECKING", "NamedTuple"]

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any, NamedTuple
else:
    from collections import _tuplegetter as getter  # what reads a field; there is no quicker one
    from functools import cache
    from types import FunctionType

    @cache
    def _constructor(count: int) -> FunctionType:
        """What makes a tuple of so many values; the names of its parameters do not matter yet."""
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
        """Makes of a class with annotated names a named tuple with these fields, as that of ``typing`` does."""

        def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> type:
            if not bases:  # NamedTuple itself
                return super().__new__(cls, name, bases, namespace)
            fields = tuple(namespace.pop("__annotations__"))
            defaults = tuple(namespace.pop(field) for field in fields if field in namespace)
            template = _constructor(len(fields))
            code = template.__code__.replace(co_varnames=("_class", *fields))
            constructor = FunctionType(code, template.__globals__, "__new__", defaults)
            constructor.__qualname__ = f"{name}.__new__"  # for who calls it wrongly
            getters = {field: getter(index, None) for index, field in enumerate(fields)}
            own = {"__slots__": (), "__new__": constructor, "_fields": fields, "__match_args__": fields}
            return type(name, (tuple,), {**_METHODS, **own, **getters, **namespace})

    class NamedTuple(metaclass=_Maker):
        """What to derive from."""
