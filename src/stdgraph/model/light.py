"""Dataclasses that are made without writing and compiling source, which costs `dataclasses` a millisecond for each.

They read, compare, hash, order, print and are replaced as those of `dataclasses` do, whose functions take them too: what
these ask for (and `inspect` for a signature) is made when it is asked for. A class of which many things are made takes
over the methods that `dataclasses` writes, which are faster.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from dataclasses import dataclass, field, replace
else:

    def dataclass(cls: type | None = None, /, **options: bool) -> Any:
        """Return a class with what its annotations call for; options as in `dataclasses`: `frozen`, `order`, `repr`, `eq`."""
        if odd := options.keys() - OPTIONS:
            raise TypeError(f"a light dataclass knows no {', '.join(sorted(odd))}")
        return (lambda cls: _made(cls, options)) if cls is None else _made(cls, options)

    def field(**options: Any) -> Any:
        """Return what a field has beside its annotation: `default`, `default_factory`, `compare`, `repr`, `kw_only`."""
        return _Given(options)

    def replace(thing: Any, /, **changes: Any) -> Any:
        """Return a copy with other values of some fields; a thing of `dataclasses` is replaced by these."""
        if "_fields" not in vars(type(thing)):
            import dataclasses

            return dataclasses.replace(thing, **changes)
        return type(thing)(**{name: getattr(thing, name) for name in type(thing)._fields} | changes)


__all__ = ["dataclass", "field", "replace"]

MANY = 1000
"""After so many things of a class it pays to have its methods written."""
OPTIONS = {"eq", "frozen", "order", "repr"}
ORDER = ("__lt__", "__le__", "__gt__", "__ge__")


class _Given(dict[str, Any]):
    """The options of a field."""

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__(options)


class _Twin:
    """The dataclass that `dataclasses` makes of a class of ours, when it is asked for."""

    def __init__(self, owner: Any, options: dict[str, bool]) -> None:
        self.owner, self.options = owner, options
        self.made: Any = None

    def __call__(self) -> Any:
        if self.made is None:
            import dataclasses
            import inspect

            own = {name: dataclasses.field(**given) for name, given in self.owner._own.items()}
            more = {
                "__annotations__": inspect.get_annotations(self.owner),
                "__module__": self.owner.__module__,
            }
            if hasattr(self.owner, "__post_init__"):
                more["__post_init__"] = self.owner.__post_init__
            bases = tuple(base.__dict__["_twin"]() for base in self.owner.__mro__[1:] if "_twin" in base.__dict__)
            self.made = dataclasses.dataclass(**self.options)(type(self.owner.__name__, bases[:1], {**own, **more}))
        return self.made


class _Asked:
    """An attribute that `dataclasses` or `inspect` ask a class for: that of its twin."""

    def __init__(self, name: str, owner: Any) -> None:
        self.name, self.owner = name, owner

    def __get__(self, thing: Any, cls: type) -> Any:
        twin = self.owner._twin()
        if self.name == "__signature__":
            import inspect

            return inspect.signature(twin)
        return getattr(twin, self.name)


def _made(cls: Any, options: dict[str, bool]) -> Any:
    cls._own = dict(_own(cls))
    fields = {name: given for base in cls.__mro__[::-1] for name, given in base.__dict__.get("_own", {}).items()}
    typed = [name for name, given in fields.items() if not given.get("kw_only")]
    compared = [name for name, given in fields.items() if given.get("compare", True)]
    cls._fields, cls._twin = tuple(fields), staticmethod(_Twin(cls, options))
    methods: dict[str, Any] = {}
    if options.get("eq", True):
        methods["__eq__"] = _compared("__eq__", cls, compared)
        methods["__hash__"] = _hash(compared) if options.get("frozen") else None
    if options.get("order"):
        methods |= {name: _compared(name, cls, compared) for name in ORDER}
    methods = {name: method for name, method in methods.items() if cls.__dict__.get(name) is None}
    cls.__init__ = _init(cls, fields, typed, list(methods))
    if options.get("repr", True) and "__repr__" not in cls.__dict__:
        methods["__repr__"] = _repr([name for name, given in fields.items() if given.get("repr", True)])
    if options.get("frozen"):
        methods |= {"__setattr__": _refusal("assign to", cls), "__delattr__": _refusal("delete", cls)}
    for name, method in {**methods, "__match_args__": tuple(typed)}.items():
        setattr(cls, name, method)
    for name in ("__dataclass_fields__", "__dataclass_params__", "__signature__"):
        setattr(cls, name, _Asked(name, cls))
    return cls


def _own(cls: Any) -> Iterator[tuple[str, _Given]]:
    """Yield the fields that a class adds; a default stays readable as the class's own attribute."""
    import inspect

    for name, kind in inspect.get_annotations(cls).items():
        if str(kind).removeprefix("typing.").startswith("ClassVar"):
            continue
        given = cls.__dict__.get(name, _Given({}))
        if not isinstance(given, _Given):
            given = _Given({"default": given})
        elif "default" in given:
            setattr(cls, name, given["default"])
        elif name in cls.__dict__:
            delattr(cls, name)
        yield name, given


def _init(cls: Any, fields: dict[str, _Given], typed: list[str], written: list[str]) -> Callable[..., None]:
    """Return what makes a thing; of many it has the methods written."""
    defaults = {name: given["default"] for name, given in fields.items() if "default" in given}
    factories = {name: given["default_factory"] for name, given in fields.items() if "default_factory" in given}
    known, number, more, left = fields.keys(), len(fields), hasattr(cls, "__post_init__"), MANY

    def made(self: Any, *values: Any, **named: Any) -> None:
        nonlocal left
        state = {**defaults, **dict(zip(typed, values)), **named}  # noqa: B905 (too many are refused below)
        if len(values) > len(typed) or (named and not named.keys().isdisjoint(typed[: len(values)])):
            raise TypeError(
                f"{cls.__qualname__}() takes {', '.join(typed)}: {len(values)} and {sorted(named)} are given"
            )
        if len(state) != number:
            state |= {name: make() for name, make in factories.items() if name not in state}
        if state.keys() != known:
            raise TypeError(f"{cls.__qualname__}() lacks, or does not know: {', '.join(sorted(state.keys() ^ known))}")
        self.__dict__.update(state)
        if more:
            self.__post_init__()
        left -= 1
        if not left:
            for name in ("__init__", *written):
                setattr(cls, name, getattr(cls._twin(), name))

    return made


def _values(names: list[str]) -> Callable[[Any], Any]:
    return attrgetter(*names) if len(names) > 1 else lambda thing: tuple(getattr(thing, name) for name in names)


def _compared(method: str, cls: Any, names: list[str]) -> Callable[[Any, Any], Any]:
    values, compare = _values(names), getattr(tuple, method)

    def compared(self: Any, other: Any) -> Any:
        return compare(values(self), values(other)) if other.__class__ is self.__class__ else NotImplemented

    compared.__name__, compared.__qualname__ = method, f"{cls.__qualname__}.{method}"
    return compared


def _hash(names: list[str]) -> Callable[[Any], int]:
    values = _values(names)
    return lambda self: hash(values(self))


def _repr(names: list[str]) -> Callable[[Any], str]:
    return lambda self: f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"


def _refusal(deed: str, cls: Any) -> Callable[..., None]:
    put = object.__setattr__ if deed == "assign to" else object.__delattr__

    def refuse(self: Any, name: str, *value: Any) -> None:
        if type(self) is cls or name in cls._fields:
            from dataclasses import FrozenInstanceError

            raise FrozenInstanceError(f"cannot {deed} field {name!r}")
        put(self, name, *value)

    return refuse
