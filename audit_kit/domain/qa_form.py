"""The QA workbook of a case: one page a return, on which the reviewer accepts it or sends it back.

Values alone: what a page shows (``ReturnSummary``) and what a reviewer marked on it (``QaMarks``). A page names the
agency, the round and the very version that it was written from, so that a mark never decides another return.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "On completion, the audits will be quality assured
by the LSCB and returned if they are not sufficiently robust, or comprehensive."
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audit_kit.domain.progress import AuditProgress
from audit_kit.domain.references import AuditRef
from audit_kit.domain.scales import chosen
from audit_kit.domain.tool import AuditTool, Field, Layout, Question, Sheet

ACCEPT, SEND_BACK = "Accept", "Send back"
DECISIONS = (ACCEPT, SEND_BACK)
OTHER_ROWS = 5  # further answers that a reviewer may ask about on one page
#: the columns that are read: which answer a row is about, and what the reviewer marked there
FIELDS = (Field("what", "No."), Field("mark", "Your mark"))
_WORDS_OF_LIST = 70  # characters that a list to choose from shows
_PAGE = re.compile(r"qa:(?P<agency>[A-Z0-9-]{1,12}):(?P<version>[0-9a-f]{16})")


@dataclass(frozen=True)
class GradeLine:
    """One line of enquiry as a page shows it."""

    ref: str  # "N6"
    title: str
    grades: str  # of this return: "Good / Requires improvement"
    others: str  # of the case's other returns: "MPS G/RI, HVSN RI/RI"
    pointed_out: tuple[str, ...]  # what the checks point out there: "V17: ..."


@dataclass(frozen=True)
class ReturnSummary:
    """One return on one page. ``kept``, ``asked``: marks given back, and what must be changed in them."""

    audit: AuditRef
    agency: str
    version: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]  # (label, lines)
    grades: tuple[GradeLine, ...]
    elsewhere: tuple[tuple[str, str], ...]  # other answers that may be asked about: (in words, reference)
    kept: Mapping[str, str]
    asked: Mapping[str, str]

    @property
    def page(self) -> str:
        """What the page is known by when it comes back."""
        return f"qa:{self.audit.agency}:{self.version}"


@dataclass(frozen=True)
class CaseSummary:
    """The returns of a case that are with the reviewer, and where its other audits stand."""

    session: str
    case: str
    board: str
    returns: tuple[ReturnSummary, ...]
    others: tuple[tuple[str, str], ...]  # (agency's name, where its audit stands)


def in_the_list(question: Question) -> str:
    """How a question of a form reads in the list of other answers that may be asked about."""
    return f"{question.number} {question.wording}"[:_WORDS_OF_LIST].strip()


def version_of(progress: AuditProgress) -> str:
    """The very return that a page was written from: another file, round, or thing pointed out gives another."""
    parts = (str(progress.audit), str(progress.round), progress.item, progress.since.isoformat(), *progress.flags)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def page_of(sheet_id: str) -> tuple[str, str] | None:
    """Agency and version of a page; None when the sheet is no page of a QA workbook."""
    match = _PAGE.fullmatch(sheet_id)
    return (match["agency"], match["version"]) if match else None


def read_form(pages: Mapping[str, Iterable[str]]) -> AuditTool:
    """A form to read pages by: page → the references of its rows. Messages call a page by its agency, as its tab does."""
    sheets = (
        Sheet(
            page,
            (page_of(page) or (page,))[0],
            "",
            Layout.GRID,
            tuple(Question(ref, ref) for ref in dict.fromkeys(refs)),
            FIELDS,
        )
        for page, refs in pages.items()
    )
    return AuditTool("qa", "", "", tuple(sheets))


@dataclass(frozen=True)
class QaMarks:
    """What a reviewer marked on one page. While ``problems`` are open, nothing is decided by it."""

    decision: str  # ACCEPT, SEND_BACK, or "" while undecided
    reason: str
    who: str  # in which role
    asked: Mapping[str, str]  # reference → what the agency is asked there
    problems: Mapping[str, str]  # row of the page → what must be changed there
    typed: Mapping[str, str]  # every mark as typed: row and field → text

    @property
    def blank(self) -> bool:
        """Whether nothing was marked at all: the return simply stays undecided."""
        return not self.typed


def read_page(answers: Mapping[str, str], agency: str, elsewhere: Mapping[str, str]) -> QaMarks:
    """The marks of one page. ``elsewhere``: the words of the list → the answer they mean."""
    own = {
        ref.removeprefix(f"{agency}."): text.strip() for ref, text in answers.items() if ref.startswith(f"{agency}.")
    }
    typed = {ref: text for ref, text in own.items() if text and (ref.endswith(".mark") or ref.startswith("other."))}
    marked = {ref.removesuffix(".mark"): text for ref, text in typed.items() if ref.endswith(".mark")}
    said, reason, who = (marked.pop(name, "") for name in ("decision", "reason", "who"))
    decision = chosen(said, DECISIONS) or ""
    asked, problems = _asked(typed, marked, elsewhere)
    if said and not decision:
        problems["decision"] = f"choose {ACCEPT} or {SEND_BACK} from the list"
    elif typed and not decision:
        problems["decision"] = f"choose {ACCEPT} or {SEND_BACK}, or empty the other cells to leave it undecided"
    if decision and not who:
        problems["who"] = "say in which role you decide, such as Board QA officer"
    if decision == SEND_BACK and not reason and not asked:
        problems["reason"] = "say what the agency is asked to put right, here or at a question"
    if decision == ACCEPT and asked:
        problems["decision"] = "you accept it and ask something as well: send it back, or empty what you ask"
    return QaMarks(decision, reason, who, asked, problems, typed)


def _asked(
    typed: Mapping[str, str], marked: Mapping[str, str], elsewhere: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """What is asked at which answer, and which rows were begun and not finished."""
    asked = {ref: text for ref, text in marked.items() if not ref.startswith("other.")}
    problems: dict[str, str] = {}
    for number in range(1, OTHER_ROWS + 1):
        row = f"other.{number}"
        what, text = typed.get(f"{row}.what", ""), typed.get(f"{row}.mark", "")
        words = chosen(what, tuple(elsewhere)) if what else None
        if not what and not text:
            continue
        if words is None:
            problems[row] = "choose from the list which answer this is about"
        elif not text:
            problems[row] = "say what the agency is asked to put right there"
        else:
            ref = elsewhere[words]
            asked[ref] = f"{asked[ref]}; {text}" if ref in asked else text
    return asked, problems
