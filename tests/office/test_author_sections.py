"""What an author does in a titled section with Word's own buttons is there when the report is written again."""

import io
from copy import deepcopy

import pytest
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml.etree import _Element
from report_builder import TEMPLATE, content

from audit_kit.demo.reviewer import write_into
from audit_kit.office.author_sections import around, author_sections
from audit_kit.office.document import text_of
from audit_kit.office.report_document import write_report
from audit_kit.office.word_package import opened

#: as Word makes them: bullets out of the font Symbol, and steps with letters below
BULLETS = (("bullet", "\uf0b7"), ("bullet", "o"))
STEPS = (("decimal", "%1)"), ("lowerLetter", "%2)"))


@pytest.fixture
def draft() -> DocumentType:
    return opened(write_report(TEMPLATE, content()))


def again(document: DocumentType) -> DocumentType:
    """The report, written again with what this author wrote."""
    return opened(write_report(TEMPLATE, content(), author_sections(saved(document))))


def saved(document: DocumentType) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def section(document: DocumentType, title: str) -> _Element:
    aliases = (node for node in document.element.iter(qn("w:alias")) if node.get(qn("w:val")) == title)
    return next(aliases).getparent().getparent()


def content_of(document: DocumentType, title: str) -> _Element:
    return section(document, title).find(qn("w:sdtContent"))


def writes(document: DocumentType, title: str, *lines: str) -> None:
    """What an author writes there, a paragraph a line."""
    write_into(document, title, lines[0])
    content = content_of(document, title)
    first, *others = content
    for other in others:
        content.remove(other)
    for line in lines[1:]:
        content.append(deepcopy(first))
        next(content[-1].iter(qn("w:t"))).text = line


def a_list(document: DocumentType, levels: tuple[tuple[str, str], ...], number: int) -> None:
    """A list of the author's own in the file, as Word's buttons make it."""
    numbering = document.part.numbering_part.element
    inside = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (kind, text) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{inside}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def listed(content: _Element, number: int, *levels: int) -> None:
    """Put the paragraphs of a section into that list, each at its level."""
    for paragraph, level in zip(content.iter(qn("w:p")), levels, strict=True):
        properties = paragraph.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = level, number


def kinds(document: DocumentType, title: str) -> list[str]:
    """What each paragraph of a section is: "bullet", "decimal", "lowerLetter", or "" when it is in no list."""
    numbering, found = document.part.numbering_part.element, []
    for paragraph in content_of(document, title).iter(qn("w:p")):
        properties = paragraph.pPr.numPr if paragraph.pPr is not None else None
        named = [] if properties is None else numbering.xpath(f"w:num[@w:numId={properties.numId.val}]/w:abstractNumId")
        meant = [numbering.xpath(f"w:abstractNum[@w:abstractNumId={each.val}]")[0] for each in named]
        levels = [one.findall(f"{qn('w:lvl')}/{qn('w:numFmt')}")[properties.ilvl.val] for one in meant]
        found.append(levels[0].get(qn("w:val")) if levels else "")
    return found


def test_bullets_and_steps_that_an_author_made_are_bullets_and_steps_again(draft):
    writes(draft, "The children", "Crowded homes", "No cooker", "Damp")
    writes(draft, "Five key messages", "First", "Ask", "Then")
    a_list(draft, BULLETS, 901)
    a_list(draft, STEPS, 902)
    listed(content_of(draft, "The children"), 901, 0, 1, 0)
    listed(content_of(draft, "Five key messages"), 902, 0, 1, 0)

    first = again(draft)
    once_more = again(first)

    for report in (first, once_more):
        assert kinds(report, "The children") == ["bullet", "bullet", "bullet"]
        assert kinds(report, "Five key messages") == ["decimal", "lowerLetter", "decimal"]


def test_steps_in_two_sections_each_count_from_one(draft):
    a_list(draft, STEPS, 902)
    for title in ("The children", "Five key messages"):
        writes(draft, title, "First", "Then")
        listed(content_of(draft, title), 902, 0, 0)

    report = again(draft)

    numbers = {
        title: {node.get(qn("w:val")) for node in content_of(report, title).iter(qn("w:numId"))}
        for title in ("The children", "Five key messages")
    }
    assert all(len(each) == 1 for each in numbers.values())
    assert numbers["The children"] != numbers["Five key messages"]


def test_a_paragraph_of_a_list_that_the_file_does_not_have_is_in_no_other_list(draft):
    writes(draft, "The children", "Crowded homes")
    listed(content_of(draft, "The children"), 1, 0)
    draft.part.numbering_part.element.xpath("w:num[@w:numId=1]")[0].set(qn("w:numId"), "903")

    assert kinds(again(draft), "The children") == [""]


def test_a_list_is_made_also_where_the_boards_template_has_none(draft):
    writes(draft, "The children", "Crowded homes")
    a_list(draft, BULLETS, 901)
    listed(content_of(draft, "The children"), 901, 0)
    template = opened(TEMPLATE)
    for key, rel in list(template.part.rels.items()):
        if rel.reltype.endswith("/numbering"):
            del template.part.rels[key]

    report = opened(write_report(saved(template), content(), author_sections(saved(draft))))

    assert kinds(report, "The children") == ["bullet"]


def a_style(document: DocumentType, style: str, name: str, based_on: str, properties: str) -> None:
    """A style in the file, as Word's own dialog makes it."""
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{style}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="{based_on}"/><w:link w:val="{style}Char"/><w:pPr>{properties}</w:pPr></w:style>'
        )
    )


def test_a_style_that_an_author_made_is_there_with_that_on_which_it_is_based(draft):
    a_style(draft, "Ours", "Ours", "Normal", '<w:ind w:left="700"/>')
    a_style(
        draft, "OursStrong", "Ours strong", "Ours", '<w:numPr><w:numId w:val="907"/></w:numPr><w:jc w:val="right"/>'
    )
    writes(draft, "The children", "Crowded homes")
    next(content_of(draft, "The children").iter(qn("w:p"))).style = "OursStrong"

    first = again(draft)
    once_more = again(first)

    for report in (first, once_more):
        style = report.styles["Ours strong"]
        assert next(content_of(report, "The children").iter(qn("w:p"))).style == style.style_id
        assert style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT
        assert style.base_style.paragraph_format.left_indent.twips == 700
        assert style.element.find(qn("w:link")) is None
        assert [node.get(qn("w:val")) for node in style.element.iter(qn("w:numId"))] == ["0"]  # a list that is gone
        assert [each.name for each in report.styles].count("Ours") == 1


def test_a_style_with_a_list_of_its_own_has_it_again_in_every_section_that_uses_it(draft):
    a_list(draft, STEPS, 902)
    number = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="902"/></w:numPr>'.format
    a_style(draft, "Step", "Step", "Normal", number(0))
    a_style(draft, "StepBelow", "Step below", "Step", number(1))
    writes(draft, "The children", "First", "Ask", "Then")
    writes(draft, "Five key messages", "Last")
    for paragraph, style in zip(
        content_of(draft, "The children").iter(qn("w:p")), ("Step", "StepBelow", "Step"), strict=True
    ):
        paragraph.style = style
    next(content_of(draft, "Five key messages").iter(qn("w:p"))).style = "Step"

    first = again(draft)
    once_more = again(first)

    for report in (first, once_more):
        numbering = report.part.numbering_part.element
        named = {each: report.styles[each].element.pPr.numPr for each in ("Step", "Step below")}
        (list_named,) = {each.numId.val for each in named.values()}
        (meant,) = numbering.xpath(f"w:num[@w:numId={list_named}]/w:abstractNumId/@w:val")
        kinds_of_levels = numbering.xpath(f"w:abstractNum[@w:abstractNumId={meant}]/w:lvl/w:numFmt/@w:val")
        assert {each: kinds_of_levels[number.ilvl.val] for each, number in named.items()} == {
            "Step": "decimal",
            "Step below": "lowerLetter",
        }
        styles = [
            each.style
            for title in ("The children", "Five key messages")
            for each in content_of(report, title).iter(qn("w:p"))
        ]
        assert styles == ["Step", "StepBelow", "Step", "Step"]


def test_a_style_of_the_boards_template_keeps_the_meaning_that_it_has_there(draft):
    template = opened(TEMPLATE)
    a_style(template, "Ours", "Ours", "Normal", '<w:jc w:val="center"/>')
    a_style(draft, "Ours", "Ours", "Normal", '<w:jc w:val="right"/>')
    writes(draft, "The children", "Crowded homes")
    next(content_of(draft, "The children").iter(qn("w:p"))).style = "Ours"

    report = opened(write_report(saved(template), content(), author_sections(saved(draft))))

    assert [each.paragraph_format.alignment for each in report.styles if each.name == "Ours"] == [
        WD_ALIGN_PARAGRAPH.CENTER
    ]


def test_a_style_that_no_section_uses_is_not_taken_over(draft):
    a_style(draft, "Ours", "Ours", "Normal", '<w:jc w:val="right"/>')
    writes(draft, "The children", "Crowded homes")

    assert "Ours" not in [each.name for each in again(draft).styles]


def test_what_was_written_over_a_prompt_is_kept_also_where_a_program_left_the_mark_of_the_prompt(draft):
    control = section(draft, "The children")
    next(control.iter(qn("w:t"))).text = "Four families in one room."
    assert control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None

    report = again(draft)

    assert "Four families in one room." in text_of(content_of(report, "The children"))
    assert list(author_sections(saved(report))) == ["children"]


def test_a_prompt_that_nobody_touched_is_a_prompt_again(draft):
    report = again(again(draft))

    assert author_sections(saved(report)) == {}
    assert section(report, "The children").find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None


def test_a_section_that_another_program_put_inside_a_paragraph_is_kept(draft):
    control = section(draft, "The children")
    tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))
    control.addprevious(
        parse_xml(
            f'<w:p {nsdecls("w")}><w:sdt><w:sdtPr><w:alias w:val="The children"/><w:tag w:val="{tag}"/></w:sdtPr>'
            "<w:sdtContent><w:r><w:t>Four families.</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        )
    )
    control.getparent().remove(control)

    report = again(draft)

    assert [text_of(each).strip() for each in content_of(report, "The children")] == ["Four families."]


def test_what_people_said_in_comments_on_a_section_is_there_again_once(draft):
    writes(draft, "The children", "Crowded homes", "No cooker")
    first, second = (Paragraph(each, draft._body) for each in content_of(draft, "The children").iter(qn("w:p")))
    draft.add_comment(first.runs, "Is that so in the City?", "Ann", "A")
    draft.add_comment(second.runs, "Kept as you wrote it.", "audit_kit", "ak")
    before = around(saved(draft))

    report = again(again(draft))

    asked = [(one.author, one.text) for one in report.comments if one.author == "Ann"]
    assert asked == [("Ann", "Is that so in the City?")]
    one = next(each for each in report.comments if each.author == "Ann")
    held = content_of(report, "The children").iter(qn("w:commentReference"))
    assert [node.get(qn("w:id")) for node in held] == [str(one.comment_id)]
    assert around(write_report(TEMPLATE, content())) == before  # nothing of it is lost


def test_a_comment_outside_the_sections_would_be_lost(draft):
    before = around(saved(draft))

    draft.add_comment(draft.paragraphs[0].runs, "Which Board?", "Ann", "A")

    assert around(saved(draft)) != before


def test_what_stands_in_a_content_control_inside_a_section_is_kept(draft):
    writes(draft, "The children", "Four families.")
    inner = OxmlElement("w:sdt")
    inner.append(OxmlElement("w:sdtContent"))
    pasted = deepcopy(next(content_of(draft, "The children").iter(qn("w:p"))))
    next(pasted.iter(qn("w:t"))).text = "Pasted from a form."
    inner[-1].append(pasted)
    content_of(draft, "The children").append(inner)

    assert text_of(content_of(again(draft), "The children")).strip() == "Four families.\nPasted from a form."


def test_a_section_that_was_copied_loses_neither_what_it_says_nor_what_its_copy_says(draft):
    """Word copies the tag of a content control with it."""
    writes(draft, "The children", "Four families.")
    copy = deepcopy(section(draft, "The children"))
    section(draft, "Five key messages").addnext(copy)
    next(copy.iter(qn("w:t"))).text = "Changed in the copy."

    for report in (again(draft), again(again(draft))):
        said = text_of(report.element)
        assert said.count("Four families.") == said.count("Changed in the copy.") == 1


def test_a_section_moved_into_another_is_said_once(draft):
    writes(draft, "Five key messages", "Plans drift.")
    writes(draft, "The children", "Four families.")
    content_of(draft, "Five key messages").append(section(draft, "The children"))

    report = again(draft)

    assert text_of(content_of(report, "Five key messages")).strip() == "Plans drift.\nFour families."
    assert text_of(report.element).count("Four families.") == 1
