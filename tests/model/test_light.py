"""Light dataclasses are what `dataclasses` makes of the same class, to whoever asks."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stdgraph.model import light
from stdgraph.model.results import Source, Table


def classes(kind: ModuleType) -> dict[str, Any]:
    """Return the same classes, made by a module."""

    @kind.dataclass(frozen=True, order=True)
    class Place:
        """A place."""

        name: str
        number: int = 0
        aside: tuple[str, ...] = kind.field(default=(), compare=False)
        KNOWN: ClassVar[int] = 1

        def __str__(self) -> str:
            return self.name

    @kind.dataclass(frozen=True)
    class Held(Place):
        """A place that holds something."""

        data: bytes = kind.field(default=b"", repr=False)
        is_large: bool = kind.field(default=False, kw_only=True)

    @kind.dataclass
    class Told:
        """What was told, in order."""

        lines: list[str] = kind.field(default_factory=list)
        number: int = 0

        def __post_init__(self) -> None:
            self.number += 1

    @kind.dataclass(frozen=True, repr=False)
    class Quiet:
        one: str

        def __repr__(self) -> str:
            return "quiet"

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Quiet)

        def __hash__(self) -> int:
            return 7

    return {made.__name__: made for made in (Place, Held, Told, Quiet)}


OURS, THEIRS = classes(light), classes(dataclasses)
VALUES = {
    "Place": st.tuples(st.text(), st.integers(), st.tuples(st.text())),
    "Held": st.tuples(st.text(), st.integers(), st.tuples(st.text()), st.binary()),
    "Told": st.tuples(st.lists(st.text()), st.integers()),
    "Quiet": st.tuples(st.text()),
}
names = st.sampled_from(sorted(OURS))


def outcome(work: Callable[[], Any]) -> Any:
    """Return what comes of some work: its value, or the kind of its error."""
    try:
        return work()
    except (TypeError, AttributeError) as error:
        return type(error)


def judged(a: Any, b: Any) -> list[Any]:
    """Return what comes of all that one does with two things; only whether they are errors, where one could not be made."""
    if isinstance(a, type) or isinstance(b, type):
        return [isinstance(a, type), isinstance(b, type)]
    deeds: list[Callable[[], Any]] = [
        *(lambda: repr(a).replace("<locals>.", ""), lambda: str(b).replace("<locals>.", "")),
        *(lambda: a == b, lambda: a != b, lambda: hash(a), lambda: a < b, lambda: a >= b, lambda: a == "else"),
        *(lambda: dataclasses.asdict(a), lambda: dataclasses.astuple(b), lambda: vars(a)),
    ]
    return [outcome(deed) for deed in deeds]


@given(st.data(), names)
def test_things_compare_hash_and_print_alike(data: st.DataObject, name: str) -> None:
    one, two = (data.draw(VALUES[name])[: data.draw(st.integers(0, 4))] for _ in range(2))
    ours, theirs = (
        judged(*(outcome(partial(made, *given)) for given in (one, two))) for made in (OURS[name], THEIRS[name])
    )
    assert ours == theirs


@given(st.data(), names, st.dictionaries(st.sampled_from(["name", "number", "is_large", "odd", "one"]), st.just(5)))
def test_values_by_name_are_taken_and_refused_alike(data: st.DataObject, name: str, named: dict[str, Any]) -> None:
    values = data.draw(VALUES[name])[: data.draw(st.integers(0, 4))]
    ours, theirs = (outcome(partial(made, *values, **named)) for made in (OURS[name], THEIRS[name]))
    if isinstance(theirs, type):
        assert ours is theirs
    else:
        assert vars(ours) == vars(theirs)


@pytest.mark.parametrize("name", sorted(OURS))
def test_dataclasses_and_inspect_are_told_the_same(name: str) -> None:
    ours, theirs = OURS[name], THEIRS[name]
    assert dataclasses.is_dataclass(ours)
    assert [str(f) for f in dataclasses.fields(ours)] == [str(f) for f in dataclasses.fields(theirs)]
    assert inspect.signature(ours) == inspect.signature(theirs)
    assert ours.__match_args__ == theirs.__match_args__
    assert repr(ours.__dataclass_params__) == repr(theirs.__dataclass_params__)


def test_a_dataclass_may_stand_on_a_light_one() -> None:
    @dataclasses.dataclass(frozen=True)
    class Wider(OURS["Held"]):
        more: int = 3

    made = Wider("a", 1, more=4)
    assert (made.name, made.number, made.is_large, made.more) == ("a", 1, False, 4)
    assert dataclasses.replace(made, name="b").name == "b"
    assert light.replace(made, more=5) == Wider("a", 1, more=5)


def test_a_dataclass_of_dataclasses_is_replaced_too() -> None:
    made = classes(dataclasses)["Place"]("a", 1)
    assert light.replace(made, number=2) == dataclasses.replace(made, number=2)


@pytest.mark.parametrize("replace", [light.replace, dataclasses.replace])
def test_a_copy_has_other_values_of_some_fields(replace: Callable[..., Any]) -> None:
    source = Source("src:a", "A", "p. 1")
    assert replace(source, locator="p. 2") == Source("src:a", "A", "p. 2")
    with pytest.raises(TypeError):
        replace(source, odd=1)
    assert replace(Table(("a",), (), whole=3), lang="zh").whole == 3


@pytest.mark.parametrize("deed", [lambda thing: setattr(thing, "title", "B"), lambda thing: delattr(thing, "title")])
def test_nothing_frozen_is_changed(deed: Callable[[Any], None]) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        deed(Source("src:a", "A", "p. 1"))


def test_a_class_of_many_things_takes_over_the_written_methods_unchanged() -> None:
    made = classes(light)["Held"]
    first = made("a", 1, data=b"x")
    slow = made.__init__
    many = [made("a", number, data=b"x") for number in range(light.MANY)]
    assert made.__init__ is not slow
    assert first == many[1]
    assert hash(first) == hash(many[1])
    assert {type(thing) for thing in many} == {made}
    assert outcome(lambda: made("a", odd=1)) is TypeError
    assert repr(made("a")).endswith("Held(name='a', number=0, aside=(), is_large=False)")


def test_things_are_pickled() -> None:
    source = Source("src:a", "A", "p. 1", forms=("x",))
    assert vars(pickle.loads(pickle.dumps(source))) == vars(source)


def test_unknown_options_are_refused() -> None:
    with pytest.raises(TypeError, match="slots"):
        light.dataclass(slots=True)
