"""Words in doubt by command: what the review workbook of a case shows, and one decision at a time.

Both ways lead to the same function, ``reviewing.settle``. On the command line a word is named by a code and not by its
number: numbers move when another word is decided or comes in, and the wrong one would be decided.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field

from audit_kit.acts.documents import take_up_waiting
from audit_kit.acts.feedback import take_up_feedback
from audit_kit.acts.inbox import Pass
from audit_kit.acts.reasons import OPENING, require_reason
from audit_kit.acts.reviewing import labels_offered, open_phrases, phrases_decided, settle
from audit_kit.domain.masked import Decision
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import is_case_ref, is_session_ref
from audit_kit.domain.review_form import REPLACE
from audit_kit.errors import UsageProblem
from audit_kit.kit import Kit

_NOT_SHOWN, _NOT_DECIDED = "Nothing was shown.", "Nothing was decided."
_CODE_LETTERS = 5  # of a hash: a million codes, for a few dozen phrases


@dataclass(frozen=True)
class WordInDoubt:
    """One open phrase as the command shows it to whoever asked; its ``repr`` shows nothing that was typed."""

    row: str
    phrase: str = field(repr=False)
    context: str = field(repr=False)
    why: str
    suggestion: str


@dataclass(frozen=True)
class WordsInDoubt:
    """The open phrases of a case, and as whom each can be replaced."""

    words: tuple[WordInDoubt, ...]
    labels: tuple[str, ...]


def words_in_doubt(kit: Kit, case_ref: str, reason: str) -> WordsInDoubt:
    """Every open phrase of a case with its context, as the review workbook has it. The showing is journalled, with why.

    UsageProblem for a missing reason or a case that does not stand.
    """
    session, case = _case_of(kit, case_ref, _NOT_SHOWN)
    require_reason(reason, OPENING, _NOT_SHOWN)
    phrases = open_phrases(kit, session, case)
    codes = (("phrases", str(len(phrases))),)
    event = kit.event(EventKind.DOUBTS_SHOWN, session, case, codes=codes, note=kit.vault.keep_note(reason))
    kit.carry_out(f"shown:{session}:{case}:{event.at.isoformat()}", [event])
    words = tuple(
        WordInDoubt(_code(kit, case_ref, phrase), phrase, one.context, one.why, one.suggestion)
        for phrase, one in phrases.items()
    )
    return WordsInDoubt(words, labels_offered(kit, session, case) if words else ())


def decide_word(kit: Kit, case_ref: str, row: str, action: str, label: str, reason: str, done: Pass) -> None:
    """Decide one phrase of a case; what came of it, in figures, is said in ``done``.

    ``action``: one of ``review_form.ACTIONS``. UsageProblem for a code of no phrase, a phrase that was decided in another
    way, and a label that holds a name or what may be one; nothing is changed then.
    """
    session, case = _case_of(kit, case_ref, _NOT_DECIDED)
    require_reason(reason, "A decision about a word in doubt", _NOT_DECIDED)
    known, open_now = phrases_decided(kit, session, case), open_phrases(kit, session, case)
    phrases = {_code(kit, case_ref, phrase): phrase for phrase in (*known, *open_now)}
    phrase = phrases.get(row.strip().casefold())
    if phrase is None:
        raise UsageProblem(
            "No word with this code is or was in doubt there.",
            where=f"{session}/{case}",
            not_happened=_NOT_DECIDED,
            next_step=f"See the codes with audit-kit review {session}/{case} --reason WHY.",
        )
    wanted = Decision(phrase, action.casefold(), label.strip() if action == REPLACE else "")
    if known.get(phrase) == wanted and phrase not in open_now:  # else a run was stopped before it was brought about
        done.say(f"{session} {case}: this word was decided so before. Nothing was changed.")
        return
    note = kit.vault.keep_note(reason)
    batch = f"decided:{session}:{case}:{row}:{kit.clock.now().isoformat()}"
    settled = settle(kit, session, case, (wanted,), batch, done, note=note)
    if settled.settled:
        raise UsageProblem(
            "This word was decided before in another way, and a word is decided once.",
            where=f"{session}/{case}",
            not_happened="It stays as it was decided.",
            next_step="Only a word that was kept can still be replaced, with --replace-as.",
        )
    if settled.named:
        raise UsageProblem(
            "The label holds a name, or what may be one.",
            where=f"{session}/{case}",
            not_happened=_NOT_DECIDED,
            next_step="Choose a role instead; those that fit are listed with the words in doubt.",
        )
    done.say(settled.sentence, for_a_person=settled.left > 0)
    take_up_waiting(kit, session, case, done)
    take_up_feedback(kit, session, case, done)


def _case_of(kit: Kit, case_ref: str, nothing: str) -> tuple[str, str]:
    session, _, case = case_ref.strip().upper().partition("/")
    if not is_session_ref(session) or not is_case_ref(case) or kit.session(session).case(case) is None:
        raise UsageProblem(
            "That is no case that stands here.",
            not_happened=nothing,
            next_step="Write session and case, such as 2026-A2-NEG/H3; audit-kit status shows them.",
        )
    return session, case


def _code(kit: Kit, case_ref: str, phrase: str) -> str:
    """A short code that stands for this phrase in this case and gives nothing of it away."""
    said = f"{case_ref.strip().upper()}|{phrase.casefold()}".encode()
    return hmac.new(kit.tool_secret, said, hashlib.sha256).hexdigest()[:_CODE_LETTERS]
