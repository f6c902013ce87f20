"""Which returns stand behind what a report says: for the Board's team, apart from the report.

A report's draft goes to a committee whose members are the agencies. A list of cases with the agencies that knew
each tells them whose case it is, and a comment in the draft would tell it as well as the text. So neither says
it, and this paper does.

Source: Multi-Agency Case Audit Process (Sept 2017), "Confidentiality and consent": names are anonymised "in all
paperwork"; who knew a family is as good as its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from audit_kit.domain.actions import ActionPlan
from audit_kit.domain.findings import Analysis, Extract, Source
from audit_kit.domain.text_document import Block, Paragraph, Table, TextDocument


def sources(analysis: Analysis, plan: ActionPlan) -> TextDocument:
    """The returns behind findings, extracts, proposals, case actions and thin places, in the order of the report."""
    parts = (
        ("Returns behind each finding", ("Ref", "Finding", "Returns (r2: sent back once)"), _findings(analysis)),
        ("Where the extracts are from", ("Place in the report", "Returns, in the order of the extracts"), _extracts(analysis)),
        ("Cases proposed for the multi-agency meeting", ("In the report", "Case", "Score"), _proposals(analysis)),
        ("Grades to moderate", ("Case", "Question", "Type of agency", "Own practice", "Partners"), _apart(analysis)),
        ("Returns without a grade", ("Question", "Returns"), _thin(analysis)),
        ("Cases of the case actions", ("Action", "Case"), tuple((each.ref, ", ".join(each.cases)) for each in plan.case)),
        ("Returns with more on identity (question 4.9)", ("Returns",), _identity(analysis)),
    )  # fmt: skip
    blocks: list[Block] = []
    for title, head, rows in parts:
        if rows:
            blocks += [Paragraph(title, level=1), Table((head, *rows))]
    return TextDocument(tuple(blocks))


def _findings(analysis: Analysis) -> tuple[tuple[str, ...], ...]:
    found = (*analysis.good_practice, *analysis.improvements)
    return tuple((each.ref, f"{each.kloe} {each.title}", _by_case(each.sources)) for each in found)


def _extracts(analysis: Analysis) -> tuple[tuple[str, ...], ...]:
    return tuple((place, _in_words([each.source for each in found])) for place, found in _with_extracts(analysis))


def _with_extracts(analysis: Analysis) -> Iterator[tuple[str, Sequence[Extract]]]:
    places = [(found.ref, found.extracts) for found in (*analysis.good_practice, *analysis.improvements)]
    places += [
        ("What auditors wrote about children", analysis.voice.children),
        ("What auditors wrote about parents and carers", analysis.voice.families),
        ("What agencies want others to learn", analysis.learning),
        ("Training needs", analysis.training),
        ("Policies and procedures", analysis.policy),
    ]
    return (place for place in places if place[1])


def _proposals(analysis: Analysis) -> tuple[tuple[str, ...], ...]:
    return tuple((str(n), each.case, str(each.score)) for n, each in enumerate(analysis.deep_dives, start=1))


def _apart(analysis: Analysis) -> tuple[tuple[str, ...], ...]:
    return tuple((each.case, each.kloe, each.type, each.ours, each.together) for each in analysis.disagreements)


def _thin(analysis: Analysis) -> tuple[tuple[str, ...], ...]:
    return tuple((each.kloe, _in_words(each.sources)) for each in analysis.thin)


def _identity(analysis: Analysis) -> tuple[tuple[str, ...], ...]:
    found = analysis.equality.sources
    return ((_in_words(found),),) if found else ()


def _in_words(found: Sequence[Source]) -> str:
    return ", ".join(source.in_words() for source in found)


def _by_case(found: Sequence[Source]) -> str:
    """A line a case, ``C1: COLP, CSC-C r2``: the round only where it is not the first."""
    ordered = sorted(found, key=lambda source: source.audit)
    return "\n".join(
        f"{case}: " + ", ".join(f"{s.audit.agency}{f' r{s.round}' if s.round > 1 else ''}" for s in group)
        for case, group in groupby(ordered, key=lambda source: source.audit.case)
    )
