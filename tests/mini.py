"""A whole session in small: three cases, two agencies, real files. For tests that walk the process."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from docx import Document

from audit_kit import process
from audit_kit.acts.involvement import form_for as involvement_form_for
from audit_kit.acts.papers import compiled_tool, tool_cover, tool_of
from audit_kit.acts.planning import form_for as plan_form_for
from audit_kit.acts.setting_up import set_up
from audit_kit.demo import agencies
from audit_kit.demo.cast import demo_case, role_word
from audit_kit.domain.check_code import check_code
from audit_kit.domain.clock import Clock
from audit_kit.domain.progress import AuditProgress
from audit_kit.domain.references import AuditRef
from audit_kit.kit import Kit, opened
from audit_kit.store.disk import Disk
from audit_kit.store.folders import shipped

SESSION = "2026-A2-NEG"
CASES = {"H1": "H1", "H2": "H2", "C1": "C2"}  # case of the mini session → the invented case it borrows from
CODES = ("GP", "HVSN")
PLANNED, ANSWERED, RETURNED = date(2026, 10, 1), date(2026, 10, 8), date(2026, 11, 6)

#: a folder of name models with which every session here is played; none, unless the run asks for it
MODELS = os.environ.get("AUDIT_KIT_MODELS", "")

JOURNAL_URL = ""  # a database server for the journal; a file in the store, unless a test sets one

CHILD = "Xanthippe Quarrelmonger"  # unmistakable: no other text in the project holds either word


class Mini:
    """One installation with a session that is being audited."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.config = folder, folder / "config.yaml"
        self.said: list[str] = []  # everything that passes told the console
        self.inbox, self.outbox, self.store = folder / "inbox", folder / "outbox", folder / "store"

    @contextmanager
    def on(self, day: date, disk: Disk | None = None):
        with opened(self.config, Clock(day), "test", disk) as kit:
            yield kit

    def drop(self, name: str, data: bytes) -> None:
        (self.inbox / name).write_bytes(data)

    def run(self, day: date = RETURNED, disk: Disk | None = None):
        with self.on(day, disk) as kit:
            done = process.work_through_inbox(kit, lambda seconds: None)
        self.said += done.sentences
        return done

    def progress(self, case: str, agency: str) -> AuditProgress:
        with self.on(RETURNED) as kit:
            return kit.progress(SESSION)[AuditRef(SESSION, case, agency)]

    def returned(
        self,
        case: str,
        agency: str,
        change: Mapping[str, str | None] | None = None,
        round_number: int = 1,
        code_of: str | None = None,
    ) -> bytes:
        """A good return of this agency, with these answers changed; None takes an answer out.

        ``code_of``: it has the check code of this other case; "" for none at all.
        """
        with self.on(RETURNED) as kit:
            audit, session = AuditRef(SESSION, case, agency), kit.session(SESSION)
            answers = {**good_answers(kit, case, agency), **(change or {})}
            cover = tool_cover(kit, session, audit, round_number, session.dates.due)
            if code_of is not None:
                other = check_code(kit.tool_secret, AuditRef(SESSION, code_of, agency), round_number)
                cover = replace(cover, code=other if code_of else "")
            typed = {ref: text for ref, text in answers.items() if text is not None}
            return compiled_tool(kit, session, audit).personalise(cover, typed)

    def good(self, case: str, agency: str) -> dict[str, str]:
        with self.on(RETURNED) as kit:
            return good_answers(kit, case, agency)

    def tool(self, case: str, agency: str):
        with self.on(RETURNED) as kit:
            return tool_of(kit, kit.session(SESSION), AuditRef(SESSION, case, agency))

    def in_outbox(self, pattern: str) -> list[str]:
        return sorted(path.relative_to(self.outbox).as_posix() for path in self.outbox.glob(pattern) if path.is_file())


def good_answers(kit: Kit, case: str, agency: str) -> dict[str, str]:
    tool = tool_of(kit, kit.session(SESSION), AuditRef(SESSION, case, agency))
    return {ref: text for ref, text in demo_case(CASES[case]).returns[agency].items() if tool.place(ref)}


def an_installation(folder: Path) -> Mini:
    """Folders, keys and a configuration with three cases, made as the team makes them."""
    folder.mkdir(parents=True)
    text = shipped("config.yaml").read_text(encoding="utf-8")
    text = text.replace("    cases: 5", "    cases: 2").replace("    cases: 3", "    cases: 1")
    text = text.replace('  folder: ""', '  folder: "store"').replace(
        '  service_key_file: ""', '  service_key_file: "service.key"'
    )
    text = text.replace("settle_seconds: 2.0", "settle_seconds: 0.0")
    text = text.replace('  journal_url: ""', f'  journal_url: "{JOURNAL_URL}"')
    # laying the report out takes seconds; the tests of page numbers do it
    text = text.replace("page_numbers: true", "page_numbers: false")
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    shutil.copytree(shipped("templates"), folder / "templates")
    set_up(folder / "config.yaml", folder / "keys")
    if MODELS:
        (folder / "store" / "models").symlink_to(MODELS)
    return Mini(folder)


def a_plan(kit: Kit, session: str = SESSION) -> tuple[bytes, dict[str, str]]:
    """A fresh planning workbook of a session that doesn't stand yet, and answers with which it is right."""
    fresh = process.new_plan(kit, session, "neglect").data
    answers = {
        "session.window_end.answer": "2026-09-30",
        "session.notified.answer": "2026-10-01",
        "session.involvement_due.answer": "2026-10-08",
        "session.issued.answer": "2026-10-08",
        "session.due.answer": "2026-11-05",
        "session.qa_committee.answer": "2027-01-14",
        "session.executive.answer": "2027-02-04",
        "session.board.answer": "2027-03-11",
        "theme.why.answer": "neglect was named late",
        "theme.source.answer": "Learning review",
        "theme.approved_by.answer": "QA Sub Committee",
        "theme.approved_on.answer": "2026-09-10",
        "theme.minute.answer": "QASC item 6",
        **{f"kloe.N{number}.ask": "No" for number in (4, 5, 8, 9, 11, 12, 34)},
    }
    codes = [agency.code for agency in kit.config.agencies]
    people = 0
    for number, (case, source) in enumerate(CASES.items(), start=1):
        invented = demo_case(source)
        answers |= {f"case.{case}.tier": invented.tier, f"case.{case}.mix": invented.mix}
        answers |= {f"known.{case}.{code}": "Ask" if code in CODES else "" for code in codes}
        answers |= {f"engagement.{number}.{field}": text for field, text in (
            ("case", case), ("who", "Mother"), ("decision", "Yes"), ("reason", "asked to be heard"), ("asked_by", "health visitor"),
        )}  # fmt: skip
        for person in invented.people:
            people += 1
            is_child = person.role == "subject_child"
            row = {
                "case": case, "role": role_word(person.role),
                "name": CHILD if is_child and case == "H1" else person.name, "aliases": "; ".join(person.aliases),
                "dob": person.dob, "nhs_number": person.nhs_number, "address": person.address, "postcode": person.postcode,
                "school": person.school, "gp_practice": person.gp_practice,
            }  # fmt: skip
            answers |= {f"person.{people}.{field}": text for field, text in row.items() if text}
    return fresh, answers


def a_session_being_audited(
    folder: Path,
    planned: Mapping[str, str] | None = None,
    involved: Mapping[str, str] | None = None,
    as_saved: Callable[[bytes], bytes] = lambda workbook: workbook,
) -> Mini:
    """An installation in which the plan stands, agencies have said that they were involved, and tools are out.

    ``planned`` and ``involved``: answers of the plan and of the involvement forms that are typed instead.
    ``as_saved``: what the program that saved these workbooks made of them.
    """
    mini = an_installation(folder)
    with mini.on(PLANNED) as kit:
        fresh, answers = a_plan(kit)
        theme = kit.bank.theme("neglect")
        assert theme is not None
        typed = agencies.typed_into(fresh, plan_form_for(kit, theme), {**answers, **(planned or {})})
        mini.drop("plan.xlsx", as_saved(typed))
        done = process.work_through_inbox(kit, lambda seconds: None)
        assert "stands" in " ".join(done.sentences), done.sentences
        process.notify(kit, SESSION)
    with mini.on(ANSWERED) as kit:
        session = kit.session(SESSION)
        for code in CODES:
            sent = (mini.outbox / f"agencies/{code}/{SESSION}_{code}_involvement.xlsx").read_bytes()
            said = {"concern.any.answer": "No", **{f"known.{case}.known": "Yes" for case in CASES}, **(involved or {})}
            mini.drop(f"{code}.xlsx", as_saved(agencies.typed_into(sent, involvement_form_for(session, code), said)))
        process.work_through_inbox(kit, lambda seconds: None)
        assert process.issue(kit, SESSION).tools == 6
    return mini


def a_copy_of(mini: Mini, folder: Path) -> Mini:
    shutil.copytree(mini.folder, folder, symlinks=True)
    return Mini(folder)


def until(holds: Callable[[], object], seconds: float = 60) -> None:
    """Wait for what another process does; an error when it does not come about in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def words_in_document(path: Path) -> str:
    """What stands in a Word file, its paragraphs before its tables."""
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def with_two_accepted(mini: Mini, folder: Path) -> Mini:
    """A copy in which HVSN's audits of H1 and H2 are accepted; GP's are still awaited."""
    copy = a_copy_of(mini, folder)
    for case in ("H1", "H2"):
        copy.drop(f"{case}.xlsx", copy.returned(case, "HVSN"))
    copy.run()
    with copy.on(RETURNED) as kit:
        for case in ("H1", "H2"):
            process.accept(kit, AuditRef(SESSION, case, "HVSN"), "robust")
    return copy
