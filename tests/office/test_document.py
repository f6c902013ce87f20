"""The findings will reflect a balance of good practice and areas of improvement: no word of either is lost,
changed or executed on its way into a Word file, and a mistake in a template says where it is."""

import gc
import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx.opc.package import OpcPackage
from hypothesis import given, settings
from hypothesis import strategies as st
from word_examples import PROPERTIES, Letter, Line, a_template, said

from audit_kit.errors import AuditKitError
from audit_kit.office.clean_text import clean
from audit_kit.office.document import fields_of, render
from audit_kit.office.template_check import check_template
from audit_kit.office.word_package import opened

ONE_FIELD = a_template("Dear {{ chair }},", "Yours sincerely")


def refusal(template: bytes, **context: object) -> str:
    with pytest.raises(AuditKitError) as refused:
        render(template, context, name="letter.docx", makes="letter", properties=PROPERTIES)
    return refused.value.sentence()


@pytest.mark.parametrize(
    "text",
    [
        "Smith & Jones, score < 5 > 3",
        "<w:p>not markup</w:p> ]]> &amp;",
        "{{ 7 * 7 }} {% for x in y %} {# note #}",
        "{_{ chair }_} {_% if %_} %}",
        "=SUM(A1) + - @",
        "Llŷr, Ångström, Ayọ̀, 👶🏽, “curly” – dash",
        "مرحبا بك",
        " leading and trailing ",
        "two\nlines\tand a tab",
        "⟦chart 1⟧",
    ],
)
def test_any_text_arrives_as_typed(text):
    assert said(ONE_FIELD, chair=text)[0] == f"Dear {text},"


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_whatever_is_typed_arrives_as_it_was_cleaned(text):
    assert said(ONE_FIELD, chair=text)[0] == f"Dear {clean(text)},"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("bell\a null\x00 end", "bell null end"),
        ("a line\vits next\fa page\x85more", "a line\nits next\na page\nmore"),  # two words never run together
        ("half a pair \ud83d of two", "half a pair  of two"),
        ("_x000D_ as somebody typed it", "_x000D_ as somebody typed it"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("e\u0301", "é"),
        ("\ufffe\uffff\ufdd0", ""),
    ],
)
def test_what_xml_forbids_is_taken_out_and_nothing_after_it_is_lost(typed, kept):
    assert clean(typed) == kept
    assert said(ONE_FIELD, chair=typed)[-1] == "Yours sincerely"


def test_dates_are_written_in_words_and_nothing_is_written_as_nothing():
    assert said(a_template("By {{ due }}{{ missing }}."), due=date(2026, 3, 4), missing=None) == ["By 4 March 2026."]


def test_a_long_answer_arrives_whole():
    answer = "Seen at home. " * 2_300

    assert said(ONE_FIELD, chair=answer)[0] == f"Dear {answer},"


def test_an_unknown_name_is_told_with_its_place_and_the_nearest_known_one():
    sentence = refusal(a_template("Dear {{ chair_name }},"), chair="x", due="y")

    assert sentence == (
        "The letter was not made. The template letter.docx asks for *chair_name* in paragraph 1 "
        "(“Dear {{ chair_name }},”); the nearest thing we have is *chair*. Nothing was written. Change it in the "
        "template and run the command again."
    )


def test_an_unknown_field_of_a_row_is_told_with_its_table_row_and_cell():
    template = a_template("Hello", cells=("{% for line in lines %}{{ line.txt }}{% endfor %}", "x"))

    assert "asks for *txt* in table 1, row 1, cell 1; the nearest thing we have is *text*" in refusal(
        template, lines=(Line("x"),)
    )


def test_a_loop_that_does_not_close_is_told_as_such():
    assert "does not close or is mistyped" in refusal(a_template("{% for line in lines %}{{ line }}"), lines=())


@pytest.mark.parametrize(
    "tag", ["{{ ''.__class__.__mro__ }}", "{{ cycler.__init__.__globals__.os.name }}", "{{ chair.__class__ }}"]
)
def test_a_template_reaches_nothing_but_its_fields(tag):
    assert "The letter was not made." in refusal(a_template(f"Dear {tag}"), chair="x")


def test_no_message_holds_what_an_agency_wrote():
    assert "Nadia" not in refusal(a_template("{{ chair }} {{ nothing }}"), chair="Nadia was seen")


def test_a_file_that_the_kit_wrote_is_never_a_template():
    rendered = render(ONE_FIELD, {"chair": "{{ 7 * 7 }}"}, name="a", makes="letter", properties=PROPERTIES)

    assert "is a document that the kit wrote" in refusal(rendered, chair="x")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not really", b"\x89PNG"])
def test_what_is_no_word_file_is_refused_with_a_sentence(content):
    assert "will not open as a Word document" in refusal(content, chair="x")


def test_the_same_input_gives_the_same_bytes():
    first, second = (
        render(ONE_FIELD, {"chair": "x"}, name="a", makes="letter", properties=PROPERTIES) for _ in range(2)
    )

    assert first == second
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_document_that_is_written_is_gone_from_memory():
    template = a_template("Dear {{ lead }}")

    def write() -> None:
        render(template, {"lead": "Ms Ellis"}, name="x.docx", makes="letter", properties=PROPERTIES)

    write()  # what is loaded with the first stays
    gc.collect()
    gc.disable()  # as good as it is while thousands of returns are worked on
    try:
        before = sum(isinstance(one, OpcPackage) for one in gc.get_objects())
        write()
        after = sum(isinstance(one, OpcPackage) for one in gc.get_objects())
    finally:
        gc.enable()

    assert after == before


def test_the_file_names_the_board_and_nobody_else():
    core = opened(render(ONE_FIELD, {"chair": "x"}, name="a", makes="letter", properties=PROPERTIES)).core_properties

    assert (core.author, core.last_modified_by, core.language) == ("The Board", "The Board", "en-GB")


def test_what_the_file_says_of_itself_is_one_line_without_what_xml_forbids():
    odd = replace(PROPERTIES, title="Neglect\x00\v and\nharm", subject="a" * 300, status="DRAFT\a", author="The\tBoard")

    core = opened(render(ONE_FIELD, {"chair": "x"}, name="a", makes="letter", properties=odd)).core_properties

    assert (core.title, core.content_status, core.author) == ("Neglect and harm", "DRAFT", "The Board")
    assert core.subject == "a" * 255


def test_a_text_that_goes_missing_on_the_way_is_noticed(monkeypatch):
    # a renderer that loses text, as docxtpl does without escaping
    monkeypatch.setattr(
        "audit_kit.office.document._Template.resolve_listing", lambda self, xml: xml.replace("Jones", "")
    )

    assert "lost 1 of 1 texts on the way" in refusal(ONE_FIELD, chair="Smith & Jones")


def test_a_document_that_ends_too_early_is_noticed(monkeypatch):
    monkeypatch.setattr(
        "audit_kit.office.document._Template.resolve_listing", lambda self, xml: xml.replace("Yours sincerely", "")
    )

    assert "lost its closing paragraph on the way" in refusal(ONE_FIELD, chair="x")


def test_a_template_is_compared_with_its_model_before_it_is_used():
    template = a_template("Dear {{ chair_name }},", "{% for line in lines %}{{ line.texts }}{% endfor %}")

    faults = check_template(template, Letter, name="letter.docx")

    assert [fault.sentence for fault in faults] == [
        "The template letter.docx asks for *chair_name* in paragraph 1 (“Dear {{ chair_name }},”); the nearest thing "
        "we have is *chair*.",
        "The template letter.docx asks for *lines.texts* in paragraph 2 (“{% for line in lines %}{{ line.texts }}{% endfor "
        "%}”); the nearest thing we have is *text*.",
        "The template letter.docx never prints *chair*.",
        "The template letter.docx never prints *due*.",
        "The template letter.docx never prints *lines.text*.",
    ]
    assert [fault.stops for fault in faults] == [True, True, False, False, False]


def test_a_template_that_fits_its_model_has_no_fault():
    template = a_template("{{ chair }} {{ due }}{% for line in lines %}{{ line.text }}{{ loop.index }}{% endfor %}")

    assert check_template(template, Letter, name="letter.docx") == ()


def test_the_context_of_a_model_is_its_fields():
    assert fields_of(Letter("x", date(2026, 1, 2))) == {"chair": "x", "due": date(2026, 1, 2), "lines": ()}
