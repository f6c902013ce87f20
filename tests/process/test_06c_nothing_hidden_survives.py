"""Names will be anonymised in all paperwork: also those that hide where no answer stands.

A return with a word of its own in every place in which Excel can hide one: none of them comes out anywhere, and the
team is told by place and kind what the return also contained.
"""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from everywhere import files_below, texts_in
from mini import RETURNED, Mini, a_copy_of
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font, NamedStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from PIL import Image, PngImagePlugin

from audit_kit.acts import name_search
from audit_kit.domain.queries import Query
from audit_kit.domain.states import AuditState

PLACES = (
    "comment", "comment author", "hidden sheet", "very hidden sheet", "hidden row", "hidden column", "white text", "far cell",
    "shown by no format", "sheet name", "style name", "defined name", "hidden name", "header", "footer", "first header",
    "link target", "link tip", "chart title", "prompt", "error text", "title", "subject", "keywords", "description",
    "category", "creator", "last modified by", "company", "manager", "custom property", "picture text", "shape name",
    "alt text", "person", "threaded comment", "custom xml", "label", "protected range", "scenario",
)  # fmt: skip


def canary(place: str) -> str:
    """A word that stands in one place alone."""
    return f"Zq{PLACES.index(place):02d}xkanary"


def picture() -> BytesIO:
    made, notes = BytesIO(), PngImagePlugin.PngInfo()
    notes.add_text("Author", canary("picture text"))
    Image.new("RGB", (4, 4), "white").save(made, "PNG", pnginfo=notes)
    made.seek(0)
    return made


def with_canaries(data: bytes) -> bytes:
    """A return with a canary in each place that openpyxl can write to, and then in those that it can't."""
    from openpyxl.drawing.image import Image as Picture

    book = load_workbook(BytesIO(data))
    start, questions = book["Start"], book["Questions"]
    questions["B8"].comment = Comment(canary("comment"), canary("comment author"))
    hidden, very = book.create_sheet("h1"), book.create_sheet("h2")
    hidden["A1"], very["A1"] = canary("hidden sheet"), canary("very hidden sheet")
    hidden.sheet_state, very.sheet_state = "hidden", "veryHidden"
    notes = book.create_sheet(canary("sheet name"))
    notes["A2"], notes["F1"], notes["B1"] = canary("hidden row"), canary("hidden column"), canary("white text")
    notes.row_dimensions[2].hidden = notes.column_dimensions["F"].hidden = True
    notes["B1"].font = Font(color="FFFFFF")
    notes["C1"].number_format, notes["C1"] = ";;;", canary("shown by no format")
    notes["CA900"] = canary("far cell")
    notes["D1"].style = NamedStyle(canary("style name"))
    book.defined_names[canary("defined name")] = DefinedName(canary("defined name"), attr_text="Start!$A$1")
    book.defined_names["h"] = DefinedName("h", attr_text=f'"{canary("hidden name")}"', hidden=True)
    start.oddHeader.center.text, start.oddFooter.center.text = canary("header"), canary("footer")
    start.firstHeader.center.text = canary("first header")
    notes["E1"] = "link"
    notes["E1"].hyperlink = Hyperlink(
        "E1", target=f"https://x.example/{canary('link target')}", tooltip=canary("link tip")
    )
    chart = BarChart()
    chart.add_data(Reference(notes, min_col=1, min_row=1, max_row=3))
    chart.title = canary("chart title")
    notes.add_chart(chart, "H1")
    notes.add_image(Picture(picture()), "H20")
    rule = DataValidation(type="whole", prompt=canary("prompt"), error=canary("error text"), showInputMessage=True)
    rule.add("A9")
    notes.add_data_validation(rule)
    properties = book.properties
    for field in ("title", "subject", "keywords", "description", "category", "creator"):
        setattr(properties, field, canary(field))
    properties.lastModifiedBy = canary("last modified by")
    book.custom_doc_props.append(StringProperty(name="note", value=canary("custom property")))
    saved = BytesIO()
    book.save(saved)
    return by_hand(saved.getvalue())


def by_hand(data: bytes) -> bytes:
    """What openpyxl has no words for, put into the package itself."""
    with ZipFile(BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    app = f"<Company>{canary('company')}</Company><Manager>{canary('manager')}</Manager>"
    parts["docProps/app.xml"] = parts["docProps/app.xml"].replace(b"</Properties>", f"{app}</Properties>".encode())
    drawing = next(
        name for name in parts if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name) and b"pic" in parts[name]
    )
    named = f'name="{canary("shape name")}" descr="{canary("alt text")}"'.encode()
    parts[drawing] = re.sub(rb"(?<=<)(\w+:)?cNvPr [^>]*?(/?)>", rb'\1cNvPr id="1" ' + named + rb"\2>", parts[drawing])
    parts["xl/persons/person.xml"] = (
        '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        f'<person displayName="{canary("person")}" id="{{1}}" userId="x" providerId="None"/></personList>'
    ).encode()
    parts["xl/threadedComments/threadedComment1.xml"] = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        f'<threadedComment ref="A1" id="{{2}}" personId="{{1}}"><text>{canary("threaded comment")}</text></threadedComment>'
        "</ThreadedComments>"
    ).encode()
    parts["customXml/item1.xml"] = f"<a>{canary('custom xml')}</a>".encode()
    parts["docMetadata/LabelInfo.xml"] = f'<l xmlns="urn:x" siteId="{canary("label")}"/>'.encode()
    last = max((name for name in parts if name.startswith("xl/worksheets/sheet")), key=lambda name: len(name) * 100)
    ranges = f'<protectedRanges><protectedRange name="{canary("protected range")}" sqref="A1"/></protectedRanges>'
    scenario = f'<scenarios><scenario name="{canary("scenario")}"><inputCells r="A1" val="1"/></scenario></scenarios>'
    parts[last] = parts[last].replace(b"</sheetData>", f"</sheetData>{ranges}{scenario}".encode(), 1)
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


@pytest.fixture(scope="module")
def hidden_words(audited, tmp_path_factory) -> tuple[Mini, bytes]:
    mini = a_copy_of(audited, tmp_path_factory.mktemp("hidden") / "kit")
    data = with_canaries(mini.returned("H1", "GP"))
    mini.drop("return.xlsx", data)
    mini.run()
    return mini, data


def test_every_canary_stands_in_the_return(hidden_words):
    _, data = hidden_words
    text = " ".join(text for _, text in texts_in("return.xlsx", data))

    assert [place for place in PLACES if canary(place) not in text] == []


def test_the_return_is_read_all_the_same(hidden_words):
    mini, _ = hidden_words

    assert mini.progress("H1", "GP").state is AuditState.WITH_REVIEWER, mini.said


def test_no_canary_comes_out_anywhere(hidden_words):
    mini, _ = hidden_words
    out = [text for path, data in files_below(mini.outbox) for _, text in texts_in(path, data)]
    everything = " ".join([*out, *mini.said])

    assert [place for place in PLACES if canary(place).casefold() in everything.casefold()] == []


def test_the_team_is_told_what_it_also_contained_by_kind_and_place(hidden_words):
    mini, _ = hidden_words
    with mini.on(RETURNED) as kit:
        queries = kit.vault.get("queries/2026-A2-NEG_H1_GP_r1", tuple[Query, ...])

    said = " ".join(query.request for query in queries or () if query.rule == "V31")
    kinds = ("comments", "hidden sheet", "very hidden sheet", "picture", "link", "chart", "people's names in comments")
    assert [kind for kind in kinds if kind not in said] == []


@pytest.mark.parametrize(
    "text", [bytes(range(128)).decode(), "Zoe's 2nd_visit: 12thMay, O'Brien-Smith", "Zoë šla 3x", ""]
)
def test_the_words_of_what_leaves_are_taken_apart_alike_in_any_alphabet(text):
    assert name_search._words_of(text) == re.findall(r"[^\W\d_]+", text)
    assert name_search._as_code(text.lower()) == re.sub(r"[^a-z0-9]+", "", text.lower())
