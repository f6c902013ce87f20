"""Nothing that anybody types becomes a live formula, link, field, page break, tag or XML in any file that is written.

A whole session is played in which every free text of the plan, the forms, the tools and the documents is such an
attempt; then every file of the outbox is opened, protected ones with their passwords. What may be live in it is what is
live in the same files of a session in which people typed plain words.
"""

from __future__ import annotations

import email
import re
from collections import Counter
from collections.abc import Iterator
from email.policy import default
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from mini import CASES, CODES, RETURNED, SESSION, Mini, a_copy_of, a_session_being_audited
from openpyxl import load_workbook
from promises import TOO_MUCH, words_in

from audit_kit import process
from audit_kit.acts.passwords import all_passwords
from audit_kit.demo import agencies
from audit_kit.domain.references import AuditRef
from audit_kit.domain.review_form import KEEP, review_form
from audit_kit.domain.standard_sheets import CONCERN
from audit_kit.domain.states import AuditState
from audit_kit.domain.tool import Kind
from audit_kit.office.protect import is_protected, unprotect
from audit_kit.office.safe_read import read_safely

MARK = "zyx1"  # in every attempt, so that it can be told from what is the kit's own
#: put into the package as Excel puts a form feed, which no XML can hold, and an equals sign at the start of a text
FORM_FEED, EQUALS = "FORMFEEDZYX1", "EQUALSZYX1"
ATTEMPTS = (
    f"{EQUALS}1+1&\"{MARK}\"", f"+cmd|' /C calc {MARK}'!A0", f"@SUM(1,1,{MARK})", f"-2+3+{MARK}", f'{EQUALS}HYPERLINK("http://{MARK}.example","go")',
    f"{EQUALS}WEBSERVICE(\"http://{MARK}.example\")", f"\t=1+1+{MARK}", f"＝1+1+{MARK}",
    f"{{{{ {MARK} }}}}", f"{{% for x in {MARK} %}}", f"{{%p if {MARK} %}}", f"{{{{ {MARK}.__class__.__mro__ }}}}", f"{{# {MARK} #}}",
    f"{MARK}</w:t></w:r><w:r><w:br w:type=\"page\"/></w:r>", f"{MARK}</t></is></c><c><f>1+1</f></c>", f"{MARK}]]><!--", f"&{MARK}; &#12; &lt;b&gt;",
    f"http://{MARK}.example/a?b=c&d=e", f"https://{MARK}.example", f"www.{MARK}.example", f"\\\\{MARK}.example\\share", f"file:///{MARK}", f"mailto:{MARK}@{MARK}.example",
    f"before{FORM_FEED}after {MARK}", f"_x000D_{MARK}_x000A_", f"_x000C_{MARK}", f"one\nBcc: {MARK}@{MARK}.example\n\n{MARK}", "TOC \\o \"1-9\" " + MARK, f"<script>alert('{MARK}')</script>",
    f"<img src=x onerror=alert('{MARK}')>", f"\"><a href='http://{MARK}.example'>{MARK}</a>", f"[{MARK}](http://{MARK}.example)",
    f"\u202e{MARK} שלום مرحبا", f"👨‍👩‍👧 {MARK} Ŵyn", f"{MARK}\u2028next\u0085line", f"#REF! {MARK}", f"&P &D &\"Arial\" {MARK}",
)  # fmt: skip
#: what the register holds is looked for in all that leaves: so these bear a mark of their own
ON_THE_SLIP = tuple(ATTEMPTS[number].replace(MARK, "zyx2") for number in (0, 1, 8, 10, 13, 14, 17, 28))
LONGEST = f"{EQUALS}{MARK} " + "=1+1 " * 6_550  # 32,765 characters: a cell holds 32,767


class Attempts:
    """One attempt after the other, in front of what would have been a good answer."""

    def __init__(self, live: bool) -> None:
        self.live, self._next = live, 0

    def before(self, text: str = "") -> str:
        attempt = ATTEMPTS[self._next % len(ATTEMPTS)] if self.live else "plain words"
        self._next += 1
        return f"{attempt} {text}".rstrip(" ")


def as_excel_saves(data: bytes) -> bytes:
    """The package with each marked place changed to what it stands for."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as package, ZipFile(made, "w", ZIP_DEFLATED) as changed:
        for info in package.infolist():
            part = package.read(info).replace(FORM_FEED.encode(), b"_x000C_")
            changed.writestr(info, part.replace(EQUALS.encode(), b"="))
    return made.getvalue()


def planned(attempts: Attempts) -> dict[str, str]:
    """Every free text of the plan."""
    answers = {f"theme.{field}.answer": attempts.before() for field in ("why", "approved_by", "minute")}
    for case in CASES:
        answers |= {f"case.{case}.why": attempts.before(), f"case.{case}.mix": attempts.before("girl aged 2-4")}
    for number in range(1, 4):
        answers |= {f"engagement.{number}.{field}": attempts.before() for field in ("reason", "asked_by")}
    for number, attempt in enumerate(ON_THE_SLIP if attempts.live else ("plain words",) * len(ON_THE_SLIP), start=1):
        answers[f"person.{number}.address"] = attempt  # what is looked for in what leaves; so only a few
    for code in CODES:
        answers |= {
            f"lead.{code}.{field}": attempts.before("The Lead").replace("\n", " ") for field in ("name", "role")
        }
    return answers


def involved(attempts: Attempts) -> dict[str, str]:
    """Every free text of an involvement form."""
    return {
        f"known.{case}.{field}": attempts.before()
        for case in CASES
        for field in ("auditor", "auditor_role", "engagement")
    }


def typed_everywhere(mini: Mini, case: str, agency: str, attempts: Attempts, good: bool = True) -> bytes:
    """A return with an attempt in each free text, before the good answer or instead of it."""
    answers = mini.good(case, agency)
    tool = mini.tool(case, agency)
    free = [
        ref
        for ref in tool.answer_refs
        if tool.place(ref).kind in (Kind.TEXT, Kind.LONG) and not ref.startswith("concern.")
    ]
    rows = [ref for ref in free if answers.get(ref) or not re.search(r"\.\d+\.", ref)]
    change = {
        ref: attempts.before(answers.get(ref, "") if good else "") for ref in rows if answers.get(ref) or not good
    }
    return as_excel_saves(mini.returned(case, agency, change))


def whole(folder: Path, live: bool) -> Mini:
    """Everything that people can type, in a session of its own."""
    attempts = Attempts(live)
    mini = a_session_being_audited(folder, planned(attempts), involved(attempts), as_excel_saves)
    for case in ("H1", "H2"):
        for agency in CODES:
            mini.drop(f"{case}{agency}.xlsx", typed_everywhere(mini, case, agency, attempts))
    longest = LONGEST if live else "plain words"
    mini.drop("C1HVSN.xlsx", as_excel_saves(mini.returned("C1", "HVSN", {"N1.evidence": longest, **risk(attempts)})))
    return written_up(mini, attempts)


def sample(mini: Mini, live: bool) -> Mini:
    """Two returns: one that is accepted and one that goes back."""
    attempts = Attempts(live)
    mini.drop("H1GP.xlsx", typed_everywhere(mini, "H1", "GP", attempts))
    return written_up(mini, attempts)


def written_up(mini: Mini, attempts: Attempts) -> Mini:
    mini.drop("C1GP.xlsx", typed_everywhere(mini, "C1", "GP", attempts, good=False))
    mini.run()
    keep_every_word(mini)
    decide(mini, attempts)
    write_up(mini, attempts)
    return mini


def risk(attempts: Attempts) -> dict[str, str]:
    """The concern sheet, wholly filled in."""
    questions = [question.ref for question in CONCERN.questions if question.kind in (Kind.TEXT, Kind.LONG)]
    return {"concern.any.answer": "Yes", **{f"{ref}.answer": attempts.before() for ref in questions}}


def keep_every_word(mini: Mini) -> None:
    with mini.on(RETURNED) as kit:
        passwords = all_passwords(kit)
    for path in sorted((mini.outbox / "team" / "restricted").glob("*_review.xlsx")):
        workbook = next(data for word in passwords if (data := unprotect(path.read_bytes(), word)))
        form = review_form("H1", sum(name.startswith("ans_doubt_") for name in read_safely(workbook).defined_names), ())
        rows = {question.ref for question in form.sheets[0].questions}
        mini.drop(path.name, agencies.typed_into(workbook, form, {f"{ref}.action": KEEP for ref in rows}))
    mini.run()


def decide(mini: Mini, attempts: Attempts) -> None:
    with mini.on(RETURNED) as kit:
        for progress in kit.progress(SESSION).values():
            if progress.state is AuditState.WITH_REVIEWER:
                if progress.audit == AuditRef(SESSION, "H2", "HVSN"):
                    process.send_back(kit, progress.audit, _typed(attempts.before("say more")), ("N1.evidence",))
                else:
                    process.accept(kit, progress.audit, _typed(attempts.before("fine")))
        process.raise_concern(
            kit, AuditRef(SESSION, "H1", "GP"), _typed(attempts.before("told on the telephone")), "now", "child"
        )


def _typed(text: str) -> str:
    return text.replace(FORM_FEED, "\f").replace(EQUALS, "=")


def write_up(mini: Mini, attempts: Attempts) -> None:
    own = {"notes.txt": _typed("\n\n".join(attempts.before("was said.") for _ in ATTEMPTS)).encode()}
    mail = email.message.EmailMessage()
    mail["Subject"] = _typed(attempts.before("minutes")).splitlines()[0].strip()
    mail.set_content(_typed("\n\n".join(attempts.before("was written.") for _ in ATTEMPTS)))
    own["mail.eml"] = bytes(mail)
    from docx import Document

    document, saved = Document(), BytesIO()
    for _ in ATTEMPTS:
        document.add_paragraph(_typed(attempts.before("in a document.")).replace("\f", ""))
    document.save(saved)
    own["minutes.docx"] = saved.getvalue()
    for name, data in own.items():
        (mini.folder / name).write_bytes(data)
        with mini.on(RETURNED) as kit:
            process.anonymise_document(kit, mini.folder / name, SESSION, "C1", "to try it")
    with mini.on(RETURNED) as kit:
        process.write_report(kit, SESSION)
        process.write_overview(kit)


# --- what is live in a file ------------------------------------------------------------------------------


def opened(mini: Mini) -> Iterator[tuple[str, bytes]]:
    """Every file of the outbox, and what is attached to drafts; protected ones opened."""
    with mini.on(RETURNED) as kit:
        passwords = all_passwords(kit)
    for path in sorted(mini.outbox.rglob("*")):
        if path.is_file():
            yield from _and_inside(path.relative_to(mini.outbox).as_posix(), path.read_bytes(), passwords)


def _and_inside(name: str, data: bytes, passwords: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    if is_protected(data):
        data = next(content for word in passwords if (content := unprotect(data, word)))
    yield name, data
    if name.endswith(".eml"):
        for part in email.message_from_bytes(data, policy=default).iter_attachments():
            content = part.get_content()
            attached = content if isinstance(content, bytes) else str(content).encode()
            yield from _and_inside(f"{name}!{part.get_filename()}", attached, passwords)


LIVE_IN_PACKAGES = {
    "formula": re.compile(r"<f(?: [^>]*)?>(.*?)</f>", re.DOTALL),
    "formula of a rule": re.compile(r"<(?:\w+:)?formula[12]?>(.*?)</(?:\w+:)?formula[12]?>", re.DOTALL),
    "name": re.compile(r"<definedName [^>]*>(.*?)</definedName>"),
    "link": re.compile(r"<(?:\w+:)?hyperlink [^>]*>"),
    "field": re.compile(r"<w:instrText[^>]*>(.*?)</w:instrText>|<w:fldSimple [^>]*>", re.DOTALL),
    "page break": re.compile(r"<w:br [^>]*w:type=.(?:page|column)[^>]*>|<w:pageBreakBefore[^>]*>|<w:lastRenderedPageBreak"),
    "header": re.compile(r"<(?:odd|even|first)(?:Header|Footer)>(.*?)</"),
    "outside": re.compile(r"<Relationship [^>]*TargetMode=.External.[^>]*>"),
    "tag": re.compile(r"<(?:\w+:)?sdt>|<w:altChunk|<oleObject|<w:object"),
}  # fmt: skip


def live(name: str, data: bytes) -> Counter[tuple[str, str]]:
    """What a program that opens this file would act on, by kind; numbers in it (rows, ids) made alike."""
    found: Counter[tuple[str, str]] = Counter()
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as package:
            for part in package.namelist():
                text = package.read(part).decode("utf-8", "replace")
                for kind, pattern in LIVE_IN_PACKAGES.items():
                    found.update((kind, _alike(match.group())) for match in pattern.finditer(text))
    elif name.endswith(".html"):
        found.update(("html", tag) for tag in _tags(data.decode("utf-8")))
    elif name.endswith(".eml"):
        message = email.message_from_bytes(data, policy=default)
        found.update(("mail header", key.casefold()) for part in message.walk() for key in part)
        body = message.get_body(("html",))
        found.update(("html", tag) for tag in _tags(body.get_content() if body else ""))
    return found


def _alike(found: str) -> str:
    """Without what is another in each file: numbers of rows and parts, check codes, a concern's key, the head."""
    found = re.sub(r"\b[0-9a-f]{8,12}\b", "", found)
    return re.sub(r"\d+", "#", re.sub(r'(name="audit_kit_\w+">)"[A-Za-z0-9-]+"', r"\1", found))


def _tags(text: str) -> list[str]:
    seen: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            named = [
                f"{key}={value}" if key in ("href", "src", "action") or key.startswith("on") else key
                for key, value in attrs
            ]
            seen.append(re.sub(r"\d+", "#", " ".join((tag, *named))))

    Tags().feed(text)
    return seen


@pytest.fixture(scope="module", params=["sample", pytest.param("whole", marks=pytest.mark.proof)])
def sessions(request, audited, tmp_path_factory) -> tuple[dict[str, bytes], frozenset[tuple[str, str]]]:
    """Every file of a session of attempts, and what is live in those of one in which people typed plain words."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "whole":
        plain, attacked = (whole(folder / name, live) for name, live in (("plain", False), ("attacked", True)))
    else:
        plain, attacked = (
            sample(a_copy_of(audited, folder / name), name == "attacked") for name in ("plain", "attacked")
        )
    return dict(opened(attacked)), frozenset(one for name, data in opened(plain) for one in live(name, data))


def test_the_session_is_written_up_whole(sessions):
    files, _ = sessions
    kinds = {re.sub(r".*/|20\d\d-A2-NEG_|[A-Z]+\d?_", "", name) for name in files}

    assert len(files) > 40
    assert kinds >= {
        "action-plan_DRAFT.xlsx",
        "report_DRAFT.docx",
        "tracker.xlsx",
        "status.html",
        "plan.xlsx",
        "involvement.xlsx",
    }
    assert any(name.startswith("on-file/") for name in files)
    assert any("identity-slip.docx" in name for name in files)


def test_nothing_is_live_but_what_is_the_kits_own(sessions):
    files, plain = sessions

    alive = {name: sorted(set(live(name, data)) - plain) for name, data in files.items()}
    assert {name: found[:3] for name, found in alive.items() if found} == {}


def test_what_was_typed_is_there_as_text(sessions):
    files, _ = sessions
    said = {name: data for name, data in files.items() if data.startswith(b"PK")}
    cells = sum(
        MARK in str(cell.value)
        for name, data in said.items()
        if name.endswith(".xlsx") and "!" not in name
        for sheet in load_workbook(BytesIO(data), read_only=True)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value
    )
    documents = sum(
        ZipFile(BytesIO(data)).read("word/document.xml").count(MARK.encode())
        for name, data in said.items()
        if name.endswith(".docx") and "!" not in name
    )
    assert cells > 100
    assert documents > 10


def test_no_file_promises_that_anything_is_anonymous(sessions):
    files, _ = sessions

    promised = {name: TOO_MUCH.findall(words_in(name, data)) for name, data in files.items()}
    assert {name: words for name, words in promised.items() if words} == {}


def test_each_of_these_would_be_found():
    from docx import Document

    def document(change) -> bytes:
        made, saved = Document(), BytesIO()
        change(made.add_paragraph("x").add_run("y"))
        made.save(saved)
        return saved.getvalue()

    from docx.enum.text import WD_BREAK
    from openpyxl import Workbook

    book, saved = Workbook(), BytesIO()
    book.active["A1"] = "=1+1"
    book.active["A2"].hyperlink = "http://x.example"
    book.save(saved)

    assert {kind for kind, _ in live("x.xlsx", saved.getvalue())} == {"formula", "link", "outside"}
    assert {kind for kind, _ in live("x.docx", document(lambda run: run.add_break(WD_BREAK.PAGE)))} == {"page break"}
    assert live("x.html", b"<p>a</p><script>1</script><a href='http://x'>x</a>").keys() == {
        ("html", "p"),
        ("html", "script"),
        ("html", "a href=http://x"),
    }
    assert ("mail header", "bcc") in live("x.eml", b"To: a@b.example\nBcc: c@d.example\n\nx")
