"""The report's charts as values, each with the numbers in words for those who can't see it."""

from __future__ import annotations

from collections.abc import Sequence

from audit_kit.domain import scales
from audit_kit.domain.findings import AGENCY_TYPES, Analysis, GradeCounts, KloeGrades
from audit_kit.domain.report import Chart

_STATES = ("Returned", "No involvement", "Sent back, awaited again", "Not returned")


def grades(kloes: Sequence[KloeGrades], way: str) -> Chart:
    """Judged grades by key line of enquiry: ``way`` is "ours" or "together"."""
    counted = [(f"{k.ref} {k.title}", k.ours if way == "ours" else k.together) for k in kloes]
    shown = [pair for pair in counted if pair[1].judged] or counted
    rows = [(label, _judged(counts)) for label, counts in shown]
    what = "own practice" if way == "ours" else "working together"
    return _stacked(f"Grades of {what} by key line of enquiry, number of returns", rows, scales.JUDGED)


def returns_by_type(analysis: Analysis) -> Chart:
    """What became of the audits that were asked for, by type of agency."""
    rows = []
    for name in AGENCY_TYPES:
        lines = [line for line in analysis.agencies if line.type == name]
        if lines:
            counts = (
                sum(line.returned for line in lines),
                sum(line.no_involvement for line in lines),
                sum(line.sent_back for line in lines),
                sum(line.awaited + line.set_aside for line in lines),
            )
            rows.append((name, counts))
    return _stacked("Audits asked for, by type of agency and what became of them", rows, _STATES)


def _judged(counts: GradeCounts) -> tuple[int, ...]:
    return counts.outstanding, counts.good, counts.requires_improvement, counts.inadequate


def _stacked(title: str, rows: Sequence[tuple[str, tuple[int, ...]]], names: Sequence[str]) -> Chart:
    lines = [
        f"{label}: " + ", ".join(f"{name} {n}" for name, n in zip(names, counts, strict=True) if n)
        for label, counts in rows
        if any(counts)
    ]
    return Chart(
        title,
        tuple(label for label, _ in rows),
        tuple((name, tuple(counts[i] for _, counts in rows)) for i, name in enumerate(names)),
        f"Stacked bar chart. {title}. {'; '.join(lines)}.",
    )
