"""A document written from values: its columns are as wide as what stands in them, in every program."""

from datetime import date
from io import BytesIO

from docx import Document

from audit_kit.domain.text_document import Table, TextDocument
from audit_kit.office.document_copy import CopyCover, write_document_copy


def test_the_columns_are_as_wide_as_their_words_in_word_and_in_libreoffice():
    rows = (("Ref", "Returns"), ("G1", "C1: ASC-C, COLP, CSC-C, EDU-C, EH-C, GP, HOM, HOU-C, HVSN r2, MPS"))
    cover = CopyCover("Sources", "The Board", date(2026, 11, 20), "For the team.")

    made = Document(BytesIO(write_document_copy(TextDocument((Table(rows),)), cover)))

    (table,) = made.tables
    by_grid = [column.width for column in table.columns]  # LibreOffice goes by these
    by_cells = [cell.width for cell in table.rows[1].cells]  # and Word by these
    assert by_grid == by_cells
    assert by_grid[1] > 3 * by_grid[0]
