"""A report detailing systemic findings: its charts are Word's own, can be edited, and say their numbers in words."""

import io
import zipfile

import openpyxl
from docx import Document
from docx.shared import Cm
from lxml import etree

from audit_kit.domain.report import Chart
from audit_kit.office.charts import put_chart

CHART = Chart(
    "Grades of own practice",
    ("N1 Recognition", "N6 Plan & drift"),
    (("Good", (3, 0)), ("Inadequate", (1, 4))),
    'Stacked bar chart. N1: Good 3, Inadequate 1; N6 "Plan & drift": Inadequate 4.',
)
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def drawn() -> zipfile.ZipFile:
    document = Document()
    put_chart(document, document.add_paragraph("here"), CHART, 1, Cm(16))
    buffer = io.BytesIO()
    document.save(buffer)
    return zipfile.ZipFile(io.BytesIO(buffer.getvalue()))


def test_the_numbers_are_in_the_chart():
    chart = etree.fromstring(drawn().read("word/charts/chart1.xml"))

    values = [[v.text for v in series.findall(f"{C}val//{C}v")] for series in chart.iter(f"{C}ser")]

    assert values == [["3", "0"], ["1", "4"]]


def test_a_word_user_finds_the_numbers_in_a_workbook_behind_it():
    book = openpyxl.load_workbook(io.BytesIO(drawn().read("word/embeddings/chart1.xlsx")))

    assert [[cell.value for cell in row] for row in book.active.iter_rows()] == [
        [None, "Good", "Inadequate"],
        ["N1 Recognition", 3, 1],
        ["N6 Plan & drift", 0, 4],
    ]


def test_the_chart_says_its_numbers_to_those_who_cannot_see_it():
    document = etree.fromstring(drawn().read("word/document.xml"))
    frame = document.find(".//{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")

    assert (frame.get("title"), frame.get("descr")) == (CHART.title, CHART.alt)


def test_the_chart_takes_the_place_of_what_the_paragraph_said():
    assert b"here" not in drawn().read("word/document.xml")


def test_the_same_chart_gives_the_same_bytes():
    first, second = drawn(), drawn()

    for part in ("word/charts/chart1.xml", "word/embeddings/chart1.xlsx"):
        assert first.read(part) == second.read(part)
