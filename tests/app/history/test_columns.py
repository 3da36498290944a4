"""Tables on a terminal line up, whatever the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.history.columns import aligned, fitted, width

_TEXTS = st.text(st.sampled_from("指标abc12万元—·"), max_size=30)


@given(text=_TEXTS, columns=st.integers(2, 40))
def test_a_text_takes_exactly_its_columns(text: str, columns: int) -> None:
    assert width(fitted(text, columns)) == columns


def test_the_second_column_begins_at_one_place() -> None:
    lines = aligned([["指标", "2021年"], ["党员(名)", "63"], ["a", "1"]])

    assert [line[: line.index(end)] for line, end in zip(lines, ("2", "6", "1"), strict=True)] == [
        "指标      ",
        "党员(名)  ",
        "a         ",
    ]
