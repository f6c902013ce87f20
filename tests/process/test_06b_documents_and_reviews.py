"""Names of the subject child / family members will be anonymised in all paperwork: minutes, letters, reports too.

Documents that have no form, files that a person asks about, reports that come back, and what a reviewer decides.
"""

from __future__ import annotations

from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from everywhere import places_with
from mini import CHILD, RETURNED, SESSION, Mini
from openpyxl import Workbook, load_workbook
from pptx import Presentation

from audit_kit import process
from audit_kit.acts.passwords import TEAM, password_for
from audit_kit.demo import agencies
from audit_kit.domain.masked import Decision
from audit_kit.domain.progress import EventKind
from audit_kit.domain.report import Chart
from audit_kit.domain.review_form import KEEP, KEEP_EVERYWHERE, REPLACE, Marks, read_marks, review_form
from audit_kit.errors import UsageProblem
from audit_kit.office.charts import put_chart
from audit_kit.office.document import text_of
from audit_kit.office.forms import read_answers
from audit_kit.office.protect import unprotect
from audit_kit.office.safe_read import read_safely
from audit_kit.office.word_package import Properties, opened, saved
from audit_kit.privacy.model_votes import NoVotes

FIRST, LAST = CHILD.split()
DOUBTFUL = "Quendle Zorvath"  # alone on its line: nothing says whether it is a person


def minutes(*lines: str) -> bytes:
    """Minutes of a meeting with the child's name in each kind of place."""
    made = Document()
    made.add_heading(f"Core group about {CHILD}", 1)
    made.add_paragraph(f"{FIRST} was seen alone by the school nurse.", style="List Bullet")
    for line in lines:
        made.add_paragraph(line)
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip((*table.rows[0].cells, *table.rows[1].cells), ("Who", "What", f"Mrs {LAST}", "rang back"), strict=True):  # fmt: skip
        cell.text = text
    paragraph = made.add_paragraph("She said ")
    for xml in (
        f'<w:del {nsdecls("w")} w:id="1" w:author="{LAST}"><w:r><w:delText>{FIRST} deleted</w:delText></w:r></w:del>',
        f'<w:ins {nsdecls("w")} w:id="2" w:author="{LAST}"><w:r><w:t>that {FIRST} is well.</w:t></w:r></w:ins>',
        f"<w:r {nsdecls('w')}><w:rPr><w:vanish/></w:rPr><w:t>hidden {LAST}</w:t></w:r>",
    ):
        paragraph._p.append(parse_xml(xml))
    made.sections[0].header.paragraphs[0].text = f"File of {CHILD}"
    made.add_comment(made.paragraphs[0].runs, text=f"ask {FIRST}", author=LAST)
    made.core_properties.title = CHILD
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def own_file(mini: Mini, name: str, data: bytes) -> Path:
    path = mini.folder / name
    path.write_bytes(data)
    return path


def anonymised(mini: Mini, path: Path, case: str = "H1"):
    with mini.on(RETURNED) as kit:
        sentence, output = process.anonymise_document(kit, path, SESSION, case, "for the meeting")
        process.write_review_workbooks(kit)
        held = list(kit.held_back)
    assert held == []
    return sentence, output


# --- a document without a form ------------------------------------------------------------------------------------


def test_minutes_are_written_new_without_names_and_keep_their_headings_lists_and_tables(mini):
    sentence, output = anonymised(mini, own_file(mini, f"{FIRST}.docx", minutes()))

    assert output is not None
    document = opened((mini.outbox / output.path).read_bytes())
    said = text_of(document.element.body)
    assert "Core group about Child H1" in said
    assert "that Child H1 is well." in said
    assert [p.style.name for p in document.paragraphs if "seen alone" in p.text] == ["List Bullet"]
    assert [cell.text for row in document.tables[0].rows for cell in row.cells][:2] == ["Who", "What"]
    assert "deleted" not in said
    assert "hidden" not in said
    assert places_with((FIRST, LAST), mini.outbox, leaving_out=("/restricted/",)) == []
    assert "comments" in sentence
    assert "tracked changes" in sentence
    assert FIRST not in sentence


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml."
LEADS_TO = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def with_notes(made: bytes) -> bytes:
    """The same minutes with a note at the foot and one at the end, both referred to behind "rang back"."""
    given, written = ZipFile(BytesIO(made)), BytesIO()
    refer = "".join(f'<w:r><w:{kind}Reference w:id="2"/></w:r>' for kind in ("endnote", "footnote"))
    changed = {
        "[Content_Types].xml": ("</Types>", "".join(f'<Override PartName="/word/{k}s.xml" ContentType="{KINDS}{k}s+xml"/>' for k in ("footnote", "endnote")) + "</Types>"),
        "word/_rels/document.xml.rels": ("</Relationships>", "".join(f'<Relationship Id="rN{k}" Type="{LEADS_TO}{k}s" Target="{k}s.xml"/>' for k in ("footnote", "endnote")) + "</Relationships>"),
        "word/document.xml": ("rang back</w:t></w:r>", f"rang back</w:t></w:r>{refer}"),
    }  # fmt: skip
    with ZipFile(written, "w", ZIP_DEFLATED) as package:
        for name in given.namelist():
            text = given.read(name)
            if name in changed:
                before, after = (each.encode() for each in changed[name])
                assert before in text
                text = text.replace(before, after, 1)
            package.writestr(name, text)
        for kind in ("footnote", "endnote"):
            package.writestr(
                f"word/{kind}s.xml",
                f'<w:{kind}s {W}><w:{kind} w:id="1" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
                f'<w:{kind} w:id="2"><w:p><w:r><w:t>the {kind} says that {FIRST} left</w:t></w:r></w:p></w:{kind}></w:{kind}s>',
            )
    return written.getvalue()


def test_notes_are_kept_behind_the_text_without_names_and_a_header_is_told(mini):
    sentence, output = anonymised(mini, own_file(mini, "minutes.docx", with_notes(minutes())))

    assert output is not None, sentence
    said = text_of(opened(output.data).element.body)
    assert "rang back[1][2]" in said
    assert said.rstrip().endswith(
        "Notes\n[1] the endnote says that Child H1 left\n[2] the footnote says that Child H1 left"
    )
    assert "Left behind: comments, custom XML, header, hidden text, thumbnail, tracked changes." in sentence
    assert FIRST not in said


def test_the_copy_says_that_it_is_pseudonymised_and_never_anonymous(mini):
    _, output = anonymised(mini, own_file(mini, "minutes.docx", minutes()))

    assert output is not None
    assert "pseudonymised personal data, not anonymous" in text_of(opened(output.data).element.body)


@pytest.mark.parametrize("kind", ["xlsx", "eml", "txt"])
def test_lists_mails_and_plain_texts_too(mini, kind):
    text = f"{CHILD} missed school on Monday."
    if kind == "xlsx":
        book = Workbook()
        book.active["C7"] = text
        written = BytesIO()
        book.save(written)
        data = written.getvalue()
    elif kind == "eml":
        mail = EmailMessage()
        mail["Subject"] = f"About {FIRST}"
        mail.set_content(text)
        mail.add_attachment(b"x", maintype="image", subtype="png", filename=f"{FIRST}.png")
        data = mail.as_bytes()
    else:
        data = text.encode("utf-16")

    sentence, output = anonymised(mini, own_file(mini, f"notes.{kind}", data))

    assert output is not None
    read = _all_text(output.data)
    assert "Child H1 missed school on Monday." in read
    assert FIRST not in read
    assert ("attachment" in sentence) == (kind == "eml")


def _all_text(data: bytes) -> str:
    if b"xl/workbook" in data:
        return " ".join(str(c.value) for s in load_workbook(BytesIO(data)) for r in s.iter_rows() for c in r if c.value)
    return text_of(opened(data).element.body)


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 scan", b"\x89PNG\r\n\x1a\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600]
)
def test_what_cant_be_read_is_said_kindly_and_nothing_is_written(mini, data):
    path = own_file(mini, "scan.pdf", data)

    with mini.on(RETURNED) as kit, pytest.raises(UsageProblem, match=r"Nothing was anonymised\.") as told:
        process.anonymise_document(kit, path, SESSION, "H1", "for the meeting")

    assert "scan.pdf" not in str(told.value)


def test_a_word_file_with_a_macro_is_not_opened(mini):
    poisoned = BytesIO(minutes())
    with ZipFile(poisoned, "a") as package:
        package.writestr("word/vbaProject.bin", b"macro")

    with mini.on(RETURNED) as kit, pytest.raises(UsageProblem, match="not opened"):
        process.anonymise_document(kit, own_file(mini, "m.docx", poisoned.getvalue()), SESSION, "H1", "why")


def test_where_the_name_models_give_no_answer_more_is_asked_and_it_stands_in_the_journal(mini, monkeypatch):
    def silent(_):
        raise NoVotes

    monkeypatch.setattr("audit_kit.acts.case_names.name_voters", lambda kit: (silent,))

    sentence, output = anonymised(mini, own_file(mini, "silent.txt", b"Zor\n\nThe plan was reviewed."), "H2")

    assert output is None
    assert "The name models gave no answer on one text." in sentence
    with mini.on(RETURNED) as kit:
        event = [e for e in kit.journal.events(SESSION) if e.kind is EventKind.DOCUMENT_ANONYMISED][-1]
    assert dict(event.codes)["models silent"] == "1"


def test_a_reason_is_asked_for_and_the_opening_is_journalled(mini):
    path = own_file(mini, "minutes.docx", minutes())

    with mini.on(RETURNED) as kit, pytest.raises(UsageProblem, match="reason"):
        process.anonymise_document(kit, path, SESSION, "H1", " ")
    anonymised(mini, path)

    with mini.on(RETURNED) as kit:
        opened_for = [event.code("why") for event in kit.journal.events() if event.kind == "register opened"]
    assert "anonymise a document" in opened_for


# --- words in doubt -----------------------------------------------------------------------------------------------


@pytest.fixture
def unsure(mini) -> Mini:
    """An installation without name models, for which the doubtful words are doubtful."""
    (mini.store / "models").unlink(missing_ok=True)
    return mini


def review_of(mini: Mini, case: str = "H1"):
    """The case's review workbook, opened: its bytes, its form and the phrase of each row."""
    with mini.on(RETURNED) as kit:
        password = password_for(kit, SESSION, TEAM)
    sealed = (mini.outbox / f"team/restricted/{SESSION}_{case}_review.xlsx").read_bytes()
    data = unprotect(sealed, password)
    assert data is not None
    book = read_safely(data)
    form = review_form(case, sum(name.startswith("ans_doubt_") for name in book.defined_names), ())
    return data, form, read_answers(book, form).answers


def decide(mini: Mini, action: str, label: str = "", case: str = "H1"):
    data, form, answers = review_of(mini, case)
    rows = len(form.sheets[0].questions)
    typed = {f"doubt.{n}.action": action for n in range(1, rows + 1)}
    typed |= {f"doubt.{n}.label": label for n in range(1, rows + 1)}
    mini.drop("decided.xlsx", agencies.typed_into(data, form, typed))
    done = mini.run()
    return answers, done


def test_nothing_is_released_while_a_word_is_in_doubt(unsure):
    sentence, output = anonymised(unsure, own_file(unsure, "minutes.docx", minutes(DOUBTFUL)))

    assert output is None
    assert "No copy was written" in sentence
    assert unsure.in_outbox("team/*document*") == []
    _, _, answers = review_of(unsure)
    assert "Zorvath" in answers["doubt.1.phrase"]


def test_once_it_is_decided_the_copy_is_written(unsure):
    anonymised(unsure, own_file(unsure, "minutes.docx", minutes(DOUBTFUL)))

    _, done = decide(unsure, REPLACE, "Professional")

    written = unsure.in_outbox("team/*document*")
    assert len(written) == 1
    said = text_of(opened((unsure.outbox / written[0]).read_bytes()).element.body)
    assert "Professional" in said
    assert "Zorvath" not in said
    assert not any("Zorvath" in sentence for sentence in done.sentences)


def test_a_second_copy_of_the_workbook_changes_nothing_that_was_decided(unsure):
    anonymised(unsure, own_file(unsure, "minutes.docx", minutes(DOUBTFUL)))
    data, form, _ = review_of(unsure)
    decide(unsure, REPLACE, "Professional")

    unsure.drop("again.xlsx", agencies.typed_into(data, form, {"doubt.1.action": KEEP}))
    done = unsure.run()

    assert any("Decided before in another way, and left as it was: 1 phrase." in said for said in done.sentences)
    _, output = anonymised(unsure, own_file(unsure, "other.txt", DOUBTFUL.encode()))
    assert output is not None
    assert "Zorvath" not in text_of(opened(output.data).element.body)


def test_but_a_name_that_was_kept_by_mistake_can_still_be_replaced(unsure):
    anonymised(unsure, own_file(unsure, "minutes.docx", minutes(DOUBTFUL)))
    data, form, _ = review_of(unsure)
    decide(unsure, KEEP)

    replaced = {"doubt.1.action": REPLACE, "doubt.1.label": "Professional"}
    unsure.drop("again.xlsx", agencies.typed_into(data, form, replaced))
    unsure.run()

    _, output = anonymised(unsure, own_file(unsure, "other.txt", DOUBTFUL.encode()))
    assert output is not None
    assert "Zorvath" not in text_of(opened(output.data).element.body)


def test_what_is_kept_everywhere_is_asked_in_no_other_case(unsure):
    anonymised(unsure, own_file(unsure, "minutes.docx", minutes(DOUBTFUL)))
    decide(unsure, KEEP_EVERYWHERE)

    _, output = anonymised(unsure, own_file(unsure, "other.txt", DOUBTFUL.encode()), "H2")

    assert output is not None
    assert DOUBTFUL in text_of(opened(output.data).element.body)


def test_but_a_registered_name_of_another_case_is_kept_nowhere_else(unsure):
    anonymised(unsure, own_file(unsure, "minutes.docx", minutes(DOUBTFUL)))
    with unsure.on(RETURNED) as kit:
        name = kit.register_of(SESSION, "H2", "test").people[0].name.split()[-1]
        from audit_kit.acts.inbox import Pass
        from audit_kit.acts.reviewing import _keep_everywhere

        done = Pass()
        _keep_everywhere(kit, SESSION, (Decision(name, "keep everywhere"),), done)

        assert kit.vault.get("kept/everywhere", tuple[str, ...]) == ()
    assert done.for_a_person == 1
    assert not any(name in sentence for sentence in done.sentences)


def test_a_label_that_holds_a_name_decides_nothing(unsure):
    anonymised(unsure, own_file(unsure, "minutes.docx", minutes(DOUBTFUL)))

    _, done = decide(unsure, REPLACE, CHILD)

    assert unsure.in_outbox("team/*document*") == []
    assert any("the label holds a name or what may be one" in sentence for sentence in done.sentences)


def test_a_label_typed_by_hand_that_may_name_a_stranger_decides_nothing_either(unsure):
    anonymised(unsure, own_file(unsure, "minutes.docx", minutes(DOUBTFUL)))

    _, done = decide(unsure, REPLACE, "Mrs Quennerstedt")

    assert unsure.in_outbox("team/*document*") == []
    assert not any("Quennerstedt" in sentence for sentence in done.sentences)


def test_every_label_that_is_offered_is_taken(unsure):
    with unsure.on(RETURNED) as kit:
        from audit_kit.acts.review_papers import labels_for
        from audit_kit.acts.reviewing import _names_somebody

        named = [label for label in labels_for(kit, SESSION, "H1", ()) if _names_somebody(kit, SESSION, "H1", label)]

    assert named == []


def test_a_phrase_is_shown_with_every_place_where_it_stands(unsure):
    twice = f"{DOUBTFUL}\n\nOn Friday there was nothing. {DOUBTFUL} Then all went home early and slept."
    anonymised(unsure, own_file(unsure, "minutes.txt", twice.encode()))

    _, _, answers = review_of(unsure)

    assert answers["doubt.1.context"].startswith("1. …")
    assert "\n2. … On Friday" in answers["doubt.1.context"]


@pytest.mark.parametrize("ending", ["html", "eml"])
def test_of_a_web_page_only_what_is_seen_is_kept(mini, ending):
    page = (
        f"<html><head><title>{LAST}</title></head><body><p>{FIRST[:2]}<b>{FIRST[2:]}</b> was seen.</p><p>All &amp; well</p>"
        f'<div style="display:none">secret</div><!-- remark --><img alt="{LAST}"></body></html>'
    )
    head = "" if ending == "html" else "Subject: x\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"

    sentence, output = anonymised(mini, own_file(mini, f"page.{ending}", (head + page).encode()))

    assert output is not None
    said = text_of(opened(output.data).element.body)
    assert "Child H1 was seen." in said
    assert "All & well" in said
    assert not [word for word in ("secret", "remark", "<b>", FIRST, LAST) if word in said]
    assert "hidden text" in sentence


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("Fenwicke", KEEP, "")], Marks((Decision("Fenwicke", "keep"),), 0, 0)),
        ([("fenwicke", REPLACE, "Mother")], Marks((Decision("Fenwicke", "replace", "Mother"),), 0, 0)),
        ([("Fenwicke", REPLACE, "")], Marks((), 0, 0, 1)),
        ([("Fenwicke", "", "Mother")], Marks((), 0, 0)),
        ([("Fenwicke", "", "")], Marks((), 0, 0)),
        ([("Fenwicke", "maybe", "")], Marks((), 0, 0, 1)),
        ([("Fenwicke", KEEP, ""), ("Fenwicke", REPLACE, "Mother")], Marks((), 1, 0)),
        ([("Fenwicke", KEEP, ""), ("FENWICKE", KEEP, "")], Marks((Decision("Fenwicke", "keep"),), 0, 0)),
        ([("Somebody Else", KEEP, "")], Marks((), 0, 1)),
    ],
)
def test_only_what_is_in_doubt_is_decided_and_never_in_two_ways(rows, expected):
    answers = {f"doubt.{n}.{field}": text for n, row in enumerate(rows, 1) for field, text in zip(("phrase", "action", "label"), row, strict=True)}  # fmt: skip

    assert read_marks(answers, len(rows), ["Fenwicke"]) == expected


# --- files that a person asks about -------------------------------------------------------------------------------


def files_with(text: str) -> dict[str, bytes]:
    """The text in one file of each kind, in a place where it is easily overlooked."""
    made: dict[str, bytes] = {}
    document = Document()
    document.add_paragraph("Nothing here.")
    document.core_properties.comments = text
    book = Workbook()
    book.active["A1"] = "Nothing here."
    book.create_sheet("x").sheet_state = "hidden"
    book["x"]["B2"] = text
    slides = Presentation()
    slides.slides.add_slide(slides.slide_layouts[5]).notes_slide.notes_text_frame.text = text
    for properties in (slides.core_properties, document.core_properties):
        properties.author = properties.last_modified_by = properties.title = ""  # else a program's author stands there
    for name, file in (("a.docx", document), ("b.xlsx", book), ("c.pptx", slides)):
        written = BytesIO()
        file.save(written)
        made[name] = written.getvalue()
    mail = EmailMessage()
    mail["Subject"] = "Nothing here"
    mail.set_content("Nothing here.")
    mail.add_attachment(made["a.docx"], maintype="application", subtype="octet-stream", filename="a.docx")
    packed = BytesIO()
    with ZipFile(packed, "w") as outer:
        outer.writestr("inner.xlsx", made["b.xlsx"])
    return {**made, "d.eml": mail.as_bytes(), "e.txt": text.encode("utf-16-le"), "f.zip": packed.getvalue()}


def test_a_name_is_found_in_each_kind_of_file_and_said_by_place(mini):
    paths = [own_file(mini, name, data) for name, data in files_with(f"about {CHILD}").items()]

    with mini.on(RETURNED) as kit:
        scanned = process.scan(kit, paths, SESSION, "before the committee")

    assert [bool(one.found) for one in scanned] == [True] * 6
    said = " ".join(line for one in scanned for line in one.sentences)
    assert "(H1: Child H1" in said
    assert FIRST not in said
    assert LAST not in said


def test_clean_files_are_said_to_be_clean(mini):
    paths = [own_file(mini, name, data) for name, data in files_with("about a child of seven").items()]

    with mini.on(RETURNED) as kit:
        scanned = process.scan(kit, paths, SESSION, "before the committee")

    assert [one.found for one in scanned] == [()] * 6


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 x",
        b"{\\rtf1 x}",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        b"\x1f\x8bx",
    ],
)
def test_what_cant_be_read_is_never_called_clean(mini, data):
    alone, mail = own_file(mini, "a.bin", data), EmailMessage()
    mail["Subject"] = "Nothing here"
    mail.set_content("Nothing here.")
    mail.add_attachment(data, maintype="application", subtype="octet-stream", filename="a.bin")

    with mini.on(RETURNED) as kit:
        one, attached = process.scan(kit, [alone, own_file(mini, "b.eml", mail.as_bytes())], SESSION, "why")

    assert [found.unread != "" for found in one.found] == [True]
    assert one.sentences[0].endswith(("can't be read", ")", "from", "unpack it", ".pptx"))
    assert bool(attached.found) == (not data.startswith(b"\x89PNG"))


# --- a report that comes back -------------------------------------------------------------------------------------


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def report_with(text: str, form: str = "report") -> bytes:
    made = Document()
    made.add_paragraph(text)
    return saved(made, Properties("Report", "The Board", RETURNED, form=form))


def test_a_clean_report_is_given_back_as_it_came(mini):
    data = report_with("In two of three cases the plan was clear.")
    mini.drop("report final v3.docx", data)

    done = mini.run()

    checked = mini.in_outbox("reports/*checked.docx")
    assert len(checked) == 1
    assert (mini.outbox / checked[0]).read_bytes() == data
    assert done.for_a_person == 0


def test_a_report_from_a_template_on_a_server_is_given_back_without_that(mini):
    """Word would fetch it, and tell that server who opens the paper, whenever somebody of the committee reads it."""
    made = Document()
    made.add_paragraph("In two of three cases the plan was clear.")
    settings = made.part._settings_part
    key = settings.relate_to("https://templates.example/report.dotm", f"{OFFICE}/attachedTemplate", is_external=True)
    settings.element.insert(0, parse_xml(f'<w:attachedTemplate {nsdecls("w", "r")} r:id="{key}"/>'))
    mini.drop("report.docx", saved(made, Properties("Report", "The Board", RETURNED, form="report")))

    mini.run()

    (checked,) = mini.in_outbox("reports/*checked.docx")
    with ZipFile(mini.outbox / checked) as package:
        assert not [name for name in package.namelist() if b"templates.example" in package.read(name)]
        assert b"the plan was clear" in package.read("word/document.xml")


def report_with_a_chart(typed: str) -> bytes:
    """A report in whose chart somebody opened the data and typed this beside them."""
    made = Document(BytesIO(report_with("In two of three cases the plan was clear.")))
    put_chart(made, made.add_paragraph("here"), Chart("Grades", ("N1",), (("Good", (3,)),), "Good 3."), 1, Cm(16))
    with ZipFile(BytesIO(saved(made, Properties("Report", "The Board", RETURNED, form="report")))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    book, typed_in, stream = load_workbook(BytesIO(parts["word/embeddings/chart1.xlsx"])), BytesIO(), BytesIO()
    book.active["J40"] = typed
    book.save(typed_in)
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, part in {**parts, "word/embeddings/chart1.xlsx": typed_in.getvalue()}.items():
            package.writestr(name, part)
    return stream.getvalue()


def test_a_name_in_the_workbook_behind_a_chart_is_found(mini):
    mini.drop("report.docx", report_with_a_chart(f"as {CHILD} said"))

    said = " ".join(mini.run().sentences)

    assert "A chart's workbook, sheet 1, cell J40: a registered name or number (H1: Child H1)" in said
    assert CHILD.split()[0] not in said
    assert mini.in_outbox("reports/*") == []


def test_a_report_with_a_chart_comes_back_as_it_came(mini):
    mini.drop("report.docx", report_with_a_chart("as one of the children said"))

    mini.run()

    assert len(mini.in_outbox("reports/*checked.docx")) == 1


def test_a_report_with_a_picture_from_elsewhere_is_told_as_that(mini):
    made = Document(BytesIO(report_with("In two of three cases the plan was clear.")))
    made.part.relate_to("https://pictures.example/logo.png", f"{OFFICE}/image", is_external=True)
    mini.drop("report.docx", saved(made, Properties("Report", "The Board", RETURNED, form="report")))

    said = " ".join(mini.run().sentences)

    assert (
        "a picture or a text in it lies elsewhere and would be fetched from there. Nothing in it has been read." in said
    )
    assert "Break Link for each" in said
    assert mini.in_outbox("reports/*") == []


def test_what_may_be_a_name_in_the_kits_own_sentences_holds_no_report_back(mini):
    with mini.on(RETURNED) as kit:
        from audit_kit.acts.scanning_by_hand import found_by_hand, remember_own_texts

        may_be = next(f"{FIRST[:-1]}{letter}" for letter in "eiouy" if letter != FIRST[-1])  # a typing error
        text = f"The family of {may_be} was helped."
        before = found_by_hand(kit, "report.docx", report_with(text), "test")
        remember_own_texts(kit, SESSION, "report.docx", report_with(text))
        own = found_by_hand(kit, "report.docx", report_with(text), "test")
        authors = found_by_hand(kit, "report.docx", report_with(f"I think {may_be} was late."), "test")
        certain = report_with(f"The plan for {CHILD}.")
        remember_own_texts(kit, SESSION, "report.docx", certain)
        named = found_by_hand(kit, "report.docx", certain, "test")

    assert [bool(one.found) for one in (before, own, authors, named)] == [True, False, True, True]


def test_a_place_in_a_report_is_told_with_the_kits_own_heading_above_it_and_with_no_other(mini):
    made = Document()
    for heading in ("What worked well", f"About {CHILD}"):
        made.add_heading(heading)
        made.add_paragraph("All was well.")
        made.add_paragraph(f"{CHILD} was helped.")
    own = Document()
    own.add_heading("What worked well")
    with mini.on(RETURNED) as kit:
        from audit_kit.acts.scanning_by_hand import found_by_hand, remember_own_texts

        remember_own_texts(kit, SESSION, "report.docx", saved(own, Properties("Report", "The Board", RETURNED)))
        data = saved(made, Properties("Report", "The Board", RETURNED))
        sentences = " ".join(found_by_hand(kit, "report.docx", data, "test").sentences)

    assert "Paragraph 3 (under “What worked well”)" in sentences
    assert "Paragraph 6: a registered" in sentences
    assert LAST not in sentences


def test_a_report_that_names_a_child_is_kept_and_its_author_told_where(mini):
    mini.drop("report.docx", report_with(f"In the case of {CHILD} the plan was clear."))

    done = mini.run()

    assert mini.in_outbox("reports/*") == []
    assert mini.in_outbox("urgent/*.docx") == []
    assert any("a registered name or number (" in sentence for sentence in done.sentences)
    assert len(mini.in_outbox("team/set-aside_*.docx")) == 1
    assert places_with((FIRST, LAST), mini.outbox, leaving_out=("/restricted/",)) == []
    assert list(mini.inbox.glob("*.docx")) == []


def test_a_word_file_without_the_mark_gets_the_wrong_type_sentence_and_the_board_manager_is_told(mini):
    mini.drop("letter.docx", minutes())

    done = mini.run()

    assert any("not an Excel workbook" in sentence for sentence in done.sentences)
    assert mini.in_outbox("urgent/*.eml") != []
