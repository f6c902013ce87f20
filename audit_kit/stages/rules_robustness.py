"""Is the return robust? Evidence that can be found again, dates that can be true, findings that balance.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": audits are returned if "not sufficiently
robust"; "The findings will reflect a balance of good practice and areas of improvement."
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from audit_kit.domain import evidence
from audit_kit.domain.dates import read_date
from audit_kit.domain.queries import Level, Query
from audit_kit.domain.scales import JUDGED, NOT_OUR_ROLE, YES
from audit_kit.domain.standard_sheets import BALANCE
from audit_kit.domain.thresholds import ONE_GRADE_FROM
from audit_kit.stages.rules import Desk

_PLACEHOLDER = re.compile(
    r"((please )?(as|see|refer to) (the |our )?(above|below|previous|before|file|files|records?|case ?file|case notes?|system|attached|"
    r"attachment|notes?|chronology|over)|as (stated|discussed|mentioned)( above| before)?|same as (above|before|N ?\d+)|ditto|"
    r"on (the )?file|n/?a|not applicable|none|nil|tbc|tba|to follow|to be (confirmed|added)|lorem.*|[.]+|-+|[?]+|x+) ?[.]?",
    re.I,
)
_LONGEST_PLACEHOLDER = 60  # a longer text says something, and a pattern is never tried on 30,000 characters
_SIBLINGS = re.compile(
    r"\b(siblings?|brothers?|sisters?|half-(?:brothers?|sisters?)|twin\w*|"
    r"(?:the|both|all|her|his|their|other|two|three|four|five|six|older|younger|these) (?:\w+ )?(?:children|boys|girls)|"
    r"(?:the|her|his) (?:baby|toddler|older child|younger child|eldest|youngest))\b",
    re.I,
)


def thin_evidence(desk: Desk) -> Iterator[Query]:
    """V15: evidence says what was seen, where on file it is and when.

    Short or undated evidence goes back. Whether it says where on file it is can only be guessed from words
    such as "minutes", and no list of them is whole: without one, the reviewer looks.
    """
    for kloe in desk.kloes:
        ref = f"{kloe.ref}.evidence"
        text = desk.answer(ref)
        if not text or not desk.involved or desk.choice(f"{kloe.ref}.ours") not in JUDGED:
            continue
        thin = []
        if evidence.word_count(text) < desk.thresholds.evidence_words:
            thin.append(f"is shorter than {desk.thresholds.evidence_words} words")
        if not evidence.has_date(text):
            thin.append("has no date")
        nowhere = [] if evidence.names_source(text) else ["doesn't say where on file it is"]
        if desk.explained(kloe.ref):  # a reason that was given once is not asked for again
            if thin or nowhere:
                told = f"the evidence {_listed([*thin, *nowhere])}; the agency gives a reason"
                yield desk.query("V15", Level.WARNING, ref, told)
        elif thin:
            yield desk.query(
                "V15", Level.RETURN, ref,
                f"add to the evidence in question {kloe.number} ({kloe.wording}) – it {_listed([*thin, *nowhere])}",
            )  # fmt: skip
        elif nowhere:
            yield desk.query("V15", Level.WARNING, ref, "the evidence may not say where on file it is")


def placeholder(desk: Desk) -> Iterator[Query]:
    """V20: "as above" and "see file" answer nothing."""
    for kloe in desk.kloes:
        for field in ("evidence", "why"):
            text = " ".join(desk.answer(f"{kloe.ref}.{field}").split())
            if desk.involved and 0 < len(text) <= _LONGEST_PLACEHOLDER and _PLACEHOLDER.fullmatch(text):
                yield desk.query(
                    "V20", Level.WARNING, f"{kloe.ref}.{field}", "the answer refers elsewhere and says nothing itself"
                )


def all_one_grade(desk: Desk) -> Iterator[Query]:
    """V18: eight questions, one grade: was each one asked? Judged once every question is graded or explained."""
    grades = [desk.choice(f"{kloe.ref}.ours") for kloe in desk.kloes]
    judged = [grade for grade in grades if grade in JUDGED]
    if desk.all_graded and len(judged) >= ONE_GRADE_FROM and len(set(judged)) == 1:
        yield desk.query("V18", Level.WARNING, f"{desk.kloes[0].ref}.ours", "all questions have the same grade")


def much_not_our_role(desk: Desk) -> Iterator[Query]:
    """V19: an agency that was involved had a part in more than this."""
    grades = [desk.choice(f"{kloe.ref}.ours") for kloe in desk.kloes]
    if desk.involved and grades and grades.count(NOT_OUR_ROLE) / len(grades) > desk.thresholds.not_our_role_share:
        yield desk.query(
            "V19", Level.WARNING, f"{desk.kloes[0].ref}.ours",
            f"{grades.count(NOT_OUR_ROLE)} of {len(grades)} questions are answered with Not our role",
        )  # fmt: skip


def impossible_dates(desk: Desk) -> Iterator[Query]:
    """V21: a chronology has whole dates, none in the future, none that ends before it began."""
    for question, row in desk.rows("chronology"):
        start, end = read_date(row["date"]), read_date(row["end"])
        what = None
        if start is None:
            what = "date", "give the day, month and year"
        elif start > desk.today:
            what = "date", "correct the date: it lies in the future"
        elif row["end"] and end is None:
            what = "end", "give the day, month and year of the end"
        elif end is not None and end < start:
            what = "end", "correct the end date: it lies before the start"
        if what:
            yield desk.query(
                "V21",
                Level.RETURN,
                f"{question.ref}.{what[0]}",
                f"{what[1]} in row {question.number} of the Chronology",
            )
    for ref in ("involvement.first", "involvement.last"):
        if desk.answer(ref) and read_date(desk.answer(ref)) is None:
            yield desk.query("V21", Level.RETURN, ref, f"give the day, month and year in {desk.words_for(ref)}")
    first, last = read_date(desk.answer("involvement.first")), read_date(desk.answer("involvement.last"))
    if first and last and last < first:
        yield desk.query(
            "V21", Level.RETURN, "involvement.last",
            f"correct {desk.words_for('involvement.last')}: it lies before the first contact",
        )  # fmt: skip


def outside_the_window(desk: Desk) -> Iterator[Query]:
    """V22: events outside the review period are welcome as context, when they are marked so."""
    for question, row in desk.rows("chronology"):
        day = read_date(row["date"])
        if day and not desk.window_start <= day <= desk.window_end and not row["in_window"].casefold().startswith("no"):
            yield desk.query(
                "V22",
                Level.WARNING,
                f"{question.ref}.date",
                "the event lies outside the review period and is not marked so",
            )


def long_gap(desk: Desk) -> Iterator[Query]:
    """V23: months without an event while the case was open: was there none, or is it missing?"""
    days = _days(desk)
    if desk.choice("involvement.open") == YES and len(days) > 1:
        longest = max(pairwise(sorted(days)), key=lambda pair: pair[1] - pair[0])
        if (longest[1] - longest[0]).days > desk.thresholds.chronology_gap_days:
            yield desk.query(
                "V23", Level.WARNING, "chronology.1.date",
                f"no event for {(longest[1] - longest[0]).days} days while the case was open",
            )  # fmt: skip


def not_in_order(desk: Desk) -> Iterator[Query]:
    """V24: oldest first."""
    days = _days(desk)
    if days != sorted(days):
        yield desk.query("V24", Level.WARNING, "chronology.1.date", "the chronology is not in the order of dates")


def siblings_never_mentioned(desk: Desk) -> Iterator[Query]:
    """V26: "the subject child, sibling group": where there are siblings, somebody saw them."""
    number = desk.answer("involvement.siblings")
    narratives = " ".join((*desk.audit_return.answers.values(), desk.in_roles))
    if number.isdecimal() and int(number) > 1 and not _SIBLINGS.search(narratives):
        yield desk.query(
            "V26", Level.WARNING, "involvement.siblings", "there are siblings, but nothing is said of them"
        )


def one_sided(desk: Desk) -> Iterator[Query]:
    """V27: a balance of good practice and areas for improvement. Judged once every question is graded or explained."""
    if not desk.all_graded:
        return
    for side, told in zip(BALANCE, ("no good practice is named", "no area for improvement is named"), strict=True):
        refs = (*(f"{kloe.ref}.{side.field}" for kloe in desk.kloes), *side.findings)
        if not any(desk.answer(ref) for ref in refs) and not desk.explained(side.findings[0]):
            yield desk.query("V27", Level.WARNING, side.findings[0], f"{told} at all")


def something_besides(desk: Desk) -> Iterator[Query]:
    """V31: what else the file held is told by kind and place; it is never carried on."""
    for kind, place in desk.audit_return.extras:
        yield desk.query("V31", Level.WARNING, "", f"the file also held {kind} ({place}): left out")


def name_replaced(desk: Desk, replaced: int) -> Iterator[Query]:
    """V30: a name stood where a role belongs. It is replaced; how often is told, which never."""
    if replaced:
        times = "once" if replaced == 1 else f"{replaced} times"
        yield desk.query(
            "V30", Level.WARNING, "", f"names or other identifiers stood in it {times}; they were replaced"
        )


def hardly_any_time(desk: Desk) -> Iterator[Query]:
    """V33: an audit of a year in less than half an hour."""
    try:
        hours = float(desk.answer("involvement.hours").split()[0])
    except (ValueError, IndexError):
        return
    if desk.involved and hours < desk.thresholds.least_hours:
        yield desk.query("V33", Level.WARNING, "involvement.hours", "hardly any time was spent on this audit")


def _days(desk: Desk) -> list[date]:
    found = (read_date(row["date"]) for _, row in desk.rows("chronology"))
    return [day for day in found if day is not None]


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
