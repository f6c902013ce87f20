"""A planning workbook as it was filled in: its answers by reference, and the dates that follow from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from audit_kit.domain.dates import read_date
from audit_kit.domain.plan_form import ASK
from audit_kit.domain.queries import Level, Query
from audit_kit.domain.question_bank import Theme
from audit_kit.domain.register import ROLE_LABELS
from audit_kit.domain.scales import NO, chosen
from audit_kit.domain.session import AskedAgency, SessionDates
from audit_kit.domain.tool import AuditTool
from audit_kit.domain.working_days import add_working_days, months_before


@dataclass(frozen=True)
class PlanRules:
    """What a plan is checked against: the configuration's quotas and calendar, the bank's theme, today."""

    theme: Theme
    agencies: tuple[AskedAgency, ...]
    areas_of: Mapping[str, tuple[str, ...]]  # agency code → areas
    today: date
    window_months: int
    involvement_days: int
    response_days: int
    report_days: int
    closed_on: tuple[date, ...] = ()
    standing: tuple[str, ...] = ()  # sessions that stand already


@dataclass(frozen=True)
class Plan:
    """A planning workbook on the desk."""

    answers: Mapping[str, str]
    form: AuditTool
    rules: PlanRules

    def text(self, ref: str) -> str:
        """The answer of this reference, "" if blank; a question's own reference means its answer."""
        return (self.answers.get(ref) or self.answers.get(f"{ref}.answer", "")).strip()

    def day(self, ref: str) -> date | None:
        """The answer as a date, None when blank or not one date."""
        return read_date(self.text(ref))

    def rows(self, sheet_id: str) -> Iterator[tuple[str, dict[str, str]]]:
        """The filled rows of a table: row reference, and field id → text, or the word of the list that was meant."""
        sheet = self.form.sheet(sheet_id)
        for question in sheet.questions:
            row = {}
            for field in sheet.fields:
                text = self.text(f"{question.ref}.{field.id}")
                row[field.id] = chosen(text, field.choices) or text
            if any(row.values()):
                yield question.ref, row

    @property
    def cases(self) -> tuple[str, ...]:
        """The references of the cases that the plan must fill."""
        return tuple(question.number for question in self.form.sheet("cases").questions)

    def problem(self, ref: str, request: str) -> Query:
        """Something to change in the plan, at the cell of this reference."""
        full = ref if self.form.place(ref) else f"{ref}.answer"
        place = self.form.place(full)
        return Query("PLAN", Level.RETURN, full, place.in_words() if place else "the plan", request)

    def asked(self, case: str) -> tuple[str, ...]:
        """The codes of the agencies that are asked about this case, in the order of the configuration."""
        codes = (agency.code for agency in self.rules.agencies)
        return tuple(code for code in codes if chosen(self.text(f"known.{case}.{code}"), (ASK,)))

    @property
    def kloes(self) -> tuple[str, ...]:
        """What this session asks. Blank means Yes: a line of enquiry is left out only when somebody says so."""
        refs = (kloe.ref for kloe in self.rules.theme.kloes)
        return tuple(ref for ref in refs if chosen(self.text(f"kloe.{ref}.ask"), (NO,)) is None)

    def known_day(self, ref: str) -> date:
        """A date that the checks have seen to be there."""
        day = self.day(ref)
        assert day is not None
        return day

    def dates(self) -> SessionDates:
        """The calendar worked back from the QA Sub Committee; dates that the team gave stay as given."""
        closed = self.rules.closed_on
        window_end, qa_committee = self.known_day("session.window_end"), self.known_day("session.qa_committee")
        due = self.day("session.due") or add_working_days(qa_committee, -self.rules.report_days, closed)
        issued = self.day("session.issued") or add_working_days(due, -self.rules.response_days, closed)
        involvement_due = self.day("session.involvement_due") or issued
        notified = self.day("session.notified") or add_working_days(
            involvement_due, -self.rules.involvement_days, closed
        )
        return SessionDates(
            window_start=months_before(window_end, self.rules.window_months) + timedelta(days=1),
            window_end=window_end,
            notified=notified,
            involvement_due=involvement_due,
            issued=issued,
            due=due,
            meeting=self.day("session.meeting") or add_working_days(qa_committee, -self.rules.report_days // 2, closed),
            qa_committee=qa_committee,
            executive=self.day("session.executive") or qa_committee,
            board=self.day("session.board") or self.day("session.executive") or qa_committee,
        )


def role_in(row: Mapping[str, str]) -> str:
    """The register's role for the word that was chosen: "Mother's partner" → mothers_partner."""
    words = {label.casefold(): role for role, label in ROLE_LABELS.items()}
    return words.get(row["role"].casefold(), row["role"].casefold().replace(" ", "_"))
