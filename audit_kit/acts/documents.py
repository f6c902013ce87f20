"""A document without a form, anonymised for one case: at once, or once its words in doubt are decided.

Nothing is released while a doubt is open: the document waits sealed, and the words stand in the case's review workbook.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from audit_kit.acts.case_names import anonymiser_of, roster_kept, told_without_models, without_models
from audit_kit.acts.reasons import OPENING, require_reason
from audit_kit.acts.replaced import keep_replaced
from audit_kit.acts.scanning_by_hand import read_own_file
from audit_kit.domain import outputs
from audit_kit.domain.doubts import DoubtfulPhrase
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import EventKind
from audit_kit.errors import UsageProblem
from audit_kit.kit import Kit
from audit_kit.privacy import Strangers
from audit_kit.stages.documents import DocumentWithoutNames, document_without_names

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass

_NOTHING = "Nothing was anonymised."
_NOTE = (
    "Written new by audit-kit from the text of another document. Names and what identifies people were replaced by "
    "roles. It is pseudonymised personal data, not anonymous: keep and send it like any paper of the audit."
)


def anonymise_document(kit: Kit, file: Path, session_ref: str, case: str, reason: str) -> tuple[str, Output | None]:
    """A pseudonymised copy of the team's own file in outbox/team, and a sentence; no copy while words are in doubt.

    UsageProblem for an unknown session or case, a missing reason, or a file that can't be read.
    """
    session = kit.session(session_ref)
    if session.case(case) is None:
        raise UsageProblem(
            f"{session_ref} has no case {case}.", not_happened=_NOTHING, next_step="Name a case such as H3."
        )
    require_reason(reason, OPENING, _NOTHING)
    data = read_own_file(file, _NOTHING)
    sha = kit.vault.digest(data)
    without = _without_names(kit, session_ref, case, data, file.suffix)
    if without.doubts:
        kit.vault.put_bytes(_waiting_name(session_ref, case, sha), file.suffix.encode()[:12] + b"\n" + data)
        kit.vault.put(_doubts_name(session_ref, case, sha), without.doubts, tuple[DoubtfulPhrase, ...])
        many, them = (f"{len(without.doubts)} words are", "them") if len(without.doubts) > 1 else ("One word is", "it")
        _journal(kit, session_ref, case, sha, without, (), reason)
        return (
            f"{many} in doubt. No copy was written. Decide {them} in the review workbook of case {case} in "
            "outbox/team/restricted and move it into the inbox: the copy is written then."
            + "".join(f" {told}" for told in told_without_models(without.unanswered))
        ), None
    return _release(kit, session_ref, case, sha, data, without, reason)


def waiting_documents(kit: Kit, session: str, case: str) -> tuple[DoubtfulPhrase, ...]:
    """The open doubts of a case's documents that wait."""
    waiting = (name.rpartition("/")[2] for name in kit.vault.names(f"documents/{session}/{case}"))
    found = (kit.vault.get(_doubts_name(session, case, sha), tuple[DoubtfulPhrase, ...]) for sha in waiting)
    return tuple(doubt for doubts in found for doubt in doubts or ())


def take_up_waiting(kit: Kit, session: str, case: str, done: Pass) -> None:
    """After words of a case were decided: write the copies of the documents that have none in doubt any more."""
    for name in kit.vault.names(f"documents/{session}/{case}"):
        sha = name.rpartition("/")[2]
        ending, _, data = (kit.vault.get_bytes(name) or b"").partition(b"\n")
        without = _without_names(kit, session, case, data, ending.decode())
        if without.doubts:
            kit.vault.put(_doubts_name(session, case, sha), without.doubts, tuple[DoubtfulPhrase, ...])
            continue
        sentence, _ = _release(kit, session, case, sha, data, without, "")
        done.say(sentence)


def _without_names(kit: Kit, session: str, case: str, data: bytes, ending: str) -> DocumentWithoutNames:
    """The document read and anonymised. The register is opened for this one act."""
    from audit_kit.office.document_reading import read_document

    document = read_document(data, ending)
    roster = roster_kept(kit, session, case)
    anonymiser = anonymiser_of(kit, session, case, "anonymise a document", roster)
    without = document_without_names(document, anonymiser)
    kit.vault.put(f"strangers/{session}/{case}", without.strangers, Strangers)
    return without


def _release(
    kit: Kit, session: str, case: str, sha: str, data: bytes, without: DocumentWithoutNames, reason: str
) -> tuple[str, Output]:
    """Write the copy; what waited for it goes."""
    from audit_kit.office.document_copy import CopyCover, write_document_copy, write_workbook_copy
    from audit_kit.office.document_reading import is_workbook

    cover = CopyCover(f"Pseudonymised copy, {session} {case}", kit.config.board.name, kit.clock.today(), _NOTE)
    as_workbook = is_workbook(data)
    content = (write_workbook_copy if as_workbook else write_document_copy)(without.document, cover)
    stem, ending = f"{session}_{case}_document_{sha[:8]}", "xlsx" if as_workbook else "docx"
    output = Output(outputs.for_team(f"{stem}.{ending}"), content)
    keep_replaced(kit, stem, without.explained)
    _journal(kit, session, case, sha, without, (output,), reason)
    for name in (_waiting_name(session, case, sha), _doubts_name(session, case, sha)):
        kit.vault.remove(name)
    left = f" Left behind: {', '.join(without.document.beside)}." if without.document.beside else ""
    count = len(without.explained)
    many = f"{count} stretches were" if count != 1 else "One stretch was"
    told = "".join(f" {told}" for told in told_without_models(without.unanswered))
    return f"{many} replaced. The copy is in outbox/{output.path}.{left} Read it before you use it.{told}", output


def _journal(
    kit: Kit, session: str, case: str, sha: str, without: DocumentWithoutNames, files: tuple[Output, ...], reason: str
) -> None:
    codes = (
        ("replaced", str(len(without.explained))),
        ("doubts", str(len(without.doubts))),
        ("of", sha[:16]),
        *without_models(without.unanswered),
    )
    event = kit.event(
        EventKind.DOCUMENT_ANONYMISED, session, case, codes=codes, note=kit.vault.keep_note(reason)
    )  # fmt: skip
    kit.carry_out(f"document:{sha}:{event.at.isoformat()}", [event], files)


def _waiting_name(session: str, case: str, sha: str) -> str:
    return f"documents/{session}/{case}/{sha}"


def _doubts_name(session: str, case: str, sha: str) -> str:
    return f"doubts/{session}/{case}/document-{sha[:16]}"
