"""What was read of a file is put away until it is judged, and comes back as it was."""

from __future__ import annotations

from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from audit_kit.office.gate import Passive
from audit_kit.office.reading_kept import as_bytes, from_bytes
from audit_kit.office.safe_read import CellText, Cleaned, SheetText, WorkbookText

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
cells = st.dictionaries(
    st.tuples(st.integers(1, 1_048_576), st.integers(1, 16_384)), st.builds(CellText, words, st.booleans()), max_size=6
)
sheets = st.builds(SheetText, words, st.sampled_from(["visible", "very hidden"]), cells.map(MappingProxyType))
listed = st.dictionaries(words, words, max_size=3).map(MappingProxyType)
books = st.builds(
    WorkbookText,
    st.lists(sheets, max_size=3).map(tuple),
    listed,
    listed,
    st.lists(st.builds(Passive, words, words), max_size=3).map(tuple),
    st.lists(st.builds(Cleaned, words, st.integers(0, 9)), max_size=3).map(tuple),
)


@settings(deadline=None)
@given(books)
def test_a_reading_comes_back_as_it_was(book):
    assert from_bytes(as_bytes(book)) == book


@settings(deadline=None, max_examples=30)
@given(books)
def test_the_cells_keep_their_order(book):
    again = from_bytes(as_bytes(book))

    assert [list(sheet.cells) for sheet in again.sheets] == [list(sheet.cells) for sheet in book.sheets]
