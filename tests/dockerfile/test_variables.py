"""The variables at every point of a stage are the same as with a separate dictionary for each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pinhook.dockerfile.variables import Variables
from pinhook.source import Source, SourceText, Span

SOURCE = Source("Dockerfile", "0123456789")
CHANGES = st.dictionaries(
    st.sampled_from("ABC"), st.integers(0, 9).map(lambda at: SourceText.of(SOURCE, Span(at, at + 1))), max_size=2
)


@given(st.lists(st.tuples(st.integers(0), CHANGES)))
def test_points_keep_their_variables(steps: list[tuple[int, dict[str, SourceText]]]) -> None:
    points = [(Variables(), dict[str, SourceText]())]
    for index, changes in steps:
        variables, model = points[-1 - index % min(2, len(points))]  # the newest point, or one with others after it
        points.append((variables.with_changes(changes), {**model, **changes}))
    for variables, model in points:
        assert dict(variables) == model
        assert (len(variables), "A" in variables) == (len(model), "A" in model)


def test_each_value_is_tested_once_and_counts_from_its_point_on() -> None:
    tested: list[str] = []

    def is_two(value: str) -> bool:
        tested.append(value)
        return value == "2"

    points = [Variables()]
    for digit in (1, 2, 3):
        points.append(points[-1].with_changes({"A": SourceText.of(SOURCE, Span(digit, digit + 1))}))
    assert [point.any_value_so_far(is_two) for point in points] == [False, False, True, True]
    assert not Variables().any_value_so_far(is_two)
    assert tested == ["1", "2"]


def test_one_behind_the_other_copies_nothing() -> None:
    value = SourceText.of(SOURCE)
    first = Variables().with_changes({"A": value})
    assert first.with_changes({"B": value})._history is first._history
    assert dict(first) == {"A": value}
