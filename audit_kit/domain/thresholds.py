"""How much is enough: the numbers behind the checks, set in config.yaml under ``quality``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    """See config.yaml for what each one means."""

    evidence_words: int = 25
    chronology_gap_days: int = 90
    not_our_role_share: float = 0.4
    least_hours: float = 0.5
    audits_per_auditor: int = 3
    sessions_per_auditor: int = 4
    contrary_words: int = 4
    alike_percent: int = 90
    action_months: int = 6
    grades_apart: int = 2


STANDARD = Thresholds()  # where no configuration says otherwise
ONE_GRADE_FROM = 4  # so many judged questions with one grade are unusual; three are chance
