"""From a return that is with the reviewer to its one page: grades, what is pointed out, rounds, the others of its case.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "On completion, the audits will be quality assured
by the LSCB and returned if they are not sufficiently robust, or comprehensive."
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from audit_kit.domain.history import HistoryLine
from audit_kit.domain.progress import AuditProgress, ConcernProgress
from audit_kit.domain.qa_form import GradeLine, ReturnSummary, in_the_list, version_of
from audit_kit.domain.queries import Query
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.domain.scales import GRADES, SCORE, SHORT, chosen
from audit_kit.domain.standard_sheets import CONCERN
from audit_kit.domain.tool import AuditTool, Layout, Question, Sheet
from audit_kit.stages.words import day, plural, sentence, times

_APART = 2  # grades this far from another agency's are named among the facts
_NOT_ASKED_ELSEWHERE = (CONCERN.id, "questions")  # risk is no matter of a round; questions have their own rows


@dataclass(frozen=True)
class Reviewed:
    """Everything that one page is made from. ``others``: agency's code → its return of the same case."""

    progress: AuditProgress
    agency: str
    tool: AuditTool
    anonymised: AnonymisedReturn
    queries: tuple[Query, ...]
    others: Mapping[str, AnonymisedReturn]
    history: tuple[HistoryLine, ...]  # with reasons in which no name stands
    concerns: tuple[ConcernProgress, ...]
    copy: str  # where the copy to read lies, below the outbox
    aside: tuple[str, ...] = ()  # SHA-256 of the versions that are kept beside this one
    kept: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)


def summary_of(one: Reviewed) -> ReturnSummary:
    """The page of one return."""
    return ReturnSummary(
        audit=one.progress.audit,
        agency=one.agency,
        version=version_of(one.progress),
        facts=tuple((label, lines) for label, lines in _facts(one) if lines),
        grades=tuple(_grade_line(one, kloe) for kloe in one.tool.sheet("questions").questions),
        elsewhere=tuple(elsewhere_of(one.tool, one.anonymised)),
        kept=one.kept,
        asked=one.asked,
    )


def _facts(one: Reviewed) -> Iterator[tuple[str, tuple[str, ...]]]:
    progress, answers = one.progress, one.anonymised
    yield "To read", (f"outbox/{one.copy}",)
    came = f", came in on {day(progress.received_on)}" if progress.received_on else ""
    back = f"; sent back {times(progress.sent_back_times)} before" if progress.sent_back_times else ""
    yield "Round", (f"Round {one.anonymised.round}{came}{back}.",)
    overall = (
        ("our practice", "overall.ours"), ("working together", "overall.together"), ("confidence", "overall.confidence"),
    )  # fmt: skip
    said = "; ".join(f"{what}: {answers.answer(ref) or 'not said'}" for what, ref in overall)
    yield "Overall", (sentence(said),)
    yield "What it holds", (_what_it_holds(one),)
    yield (
        "Words in doubt",
        (
            f"None open. {plural(answers.replaced, 'name or detail', 'names or details').capitalize()} replaced by roles.",
        ),
    )
    yield "Urgent concern", tuple(f"{concern.kind}: {concern.state}." for concern in one.concerns if concern.is_open)
    yield "Other agencies", _compared(one)
    yield "Another version", tuple(line for sha in one.aside for line in _kept_aside(one, sha[:8]))
    yield "Pointed out", _pointed_out(one, "")
    yield "History", tuple(line.in_words() for line in one.history)


def _kept_aside(one: Reviewed, file: str) -> tuple[str, str]:
    which = f" --file {file}" if len(one.aside) > 1 else ""
    return (
        f"The agency sent another ({file}), which does not count. Its note in outbox/team says which answers differ.",
        f"To let it take this one's place: audit-kit use-version {one.progress.audit}{which} --reason ...",
    )


def _what_it_holds(one: Reviewed) -> str:
    answers = one.anonymised
    counts = (
        plural(len(answers.rows("chronology")), "event"),
        plural(sum(bool(answers.answer(f"strength.{n}")) for n in (1, 2, 3)), "strength"),
        plural(
            sum(bool(answers.answer(f"improvement.{n}")) for n in (1, 2, 3)),
            "area for improvement",
            "areas for improvement",
        ),
        plural(len(answers.rows("action")), "action"),
        f"{plural(len(answers.rows('practitioner')), 'practitioner')} spoken to",
    )
    return f"{', '.join(counts)}.".capitalize()


def _compared(one: Reviewed) -> tuple[str, ...]:
    """Where this agency's grade for its own practice lies far from what another says of the same question."""
    far = []
    for kloe in one.tool.sheet("questions").questions:
        own = _score(one.anonymised, kloe.ref, "ours")
        apart = [code for code, other in one.others.items() if _far(own, _score(other, kloe.ref, "ours"))]
        if apart:
            far.append(f"{kloe.ref} ({', '.join(apart)})")
    if not one.others:
        return ("No other return of this case has come in yet.",)
    said = (
        f"Grades two or more apart: {', '.join(far)}."
        if far
        else "No grade is two or more apart from another agency's."
    )
    return (f"Compared with {plural(len(one.others), 'return')} of the case. {said}",)


def _far(own: int | None, other: int | None) -> bool:
    return own is not None and other is not None and abs(own - other) >= _APART


def _score(anonymised: AnonymisedReturn, kloe: str, which: str) -> int | None:
    return SCORE.get(chosen(anonymised.answer(f"{kloe}.{which}"), GRADES) or "")


def _pointed_out(one: Reviewed, kloe: str) -> tuple[str, ...]:
    """What the checks point out at this question; for "", what is about no line of enquiry, and what others' returns say."""
    lines = [query for query in one.queries if not query.sends_back]
    of_kloes = {question.ref for question in one.tool.sheet("questions").questions}
    here = [query for query in lines if _kloe_of(query, of_kloes) == kloe]
    told = tuple(f"{query.rule}: {query.request}{'' if kloe else _where(query)}" for query in here)
    if kloe:
        return told
    known = {query.rule for query in lines}
    besides = tuple(
        f"{rule}: pointed out because of another return" for rule in one.progress.flags if rule not in known
    )
    return (*told, *besides)


def _where(query: Query) -> str:
    return f" ({query.place})" if query.answer_ref and query.place not in query.request else ""


def _kloe_of(query: Query, kloes: Iterable[str]) -> str:
    ref = query.answer_ref.partition(".")[0]
    return ref if ref in kloes else ""


def _grade_line(one: Reviewed, kloe: Question) -> GradeLine:
    ours, together = (one.anonymised.answer(f"{kloe.ref}.{which}") or "no grade" for which in ("ours", "together"))
    others = (f"{code} {_short(other, kloe.ref)}" for code, other in one.others.items() if _short(other, kloe.ref))
    return GradeLine(kloe.ref, kloe.wording, f"{ours} / {together}", ", ".join(others), _pointed_out(one, kloe.ref))


def _short(other: AnonymisedReturn, kloe: str) -> str:
    """``G/RI``: own practice and working together in the letters of the scale; "" when neither was graded."""
    both = [SHORT.get(chosen(other.answer(f"{kloe}.{which}"), GRADES) or "", "–") for which in ("ours", "together")]
    return "" if both == ["–", "–"] else "/".join(both)


def elsewhere_of(tool: AuditTool, anonymised: AnonymisedReturn) -> Iterator[tuple[str, str]]:
    """Every other answer that the reviewer may ask about: questions of forms, filled rows and further rows of tables."""
    for sheet in tool.sheets:
        if sheet.id in _NOT_ASKED_ELSEWHERE:
            continue
        if sheet.layout is Layout.TABLE:
            yield from _rows_of(sheet, anonymised)
        else:
            for question in sheet.questions:
                yield in_the_list(question), question.ref


def _rows_of(sheet: Sheet, anonymised: AnonymisedReturn) -> Iterator[tuple[str, str]]:
    filled = [q for q in sheet.questions if any(anonymised.answers.get(f"{q.ref}.{f.id}") for f in sheet.fields)]
    for question in filled:
        yield f"{sheet.title}, row {question.number}", question.ref
    empty = next((question for question in sheet.questions if question not in filled), None)
    if empty is not None:
        yield f"{sheet.title}, further rows", empty.ref
