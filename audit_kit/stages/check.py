"""Quality assurance by rule: everything this agency is asked to put right, and what the reviewer should see.

The two tuples below are the table of contents; each rule is a small function in the module named after what
it protects. A return with nothing wrong yields nothing.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach".
"""

from __future__ import annotations

from audit_kit.domain.queries import Query
from audit_kit.stages import rules_completeness as complete
from audit_kit.stages import rules_independence as independent
from audit_kit.stages import rules_robustness as robust
from audit_kit.stages.rules import Desk, Rule

RULES: tuple[Rule, ...] = (
    complete.risk_question_unanswered,
    complete.involvement_blank,
    complete.nil_but_something_told,
    complete.involved_but_nothing_told,
    complete.records_not_named,
    complete.no_practitioner,
    complete.declaration_missing,
    complete.kloe_ungraded,
    complete.answer_not_of_the_list,
    complete.grade_without_evidence,
    complete.no_why,
    complete.voice_blank,
    complete.weak_grade_without_action,
    complete.formula_as_answer,
    independent.auditor_held_or_supervised_the_case,
    independent.conflict_declared,
    independent.other_declaration_refused,
    independent.auditor_of_lower_grade,
    independent.one_auditor_for_many,
    robust.thin_evidence,
    robust.placeholder,
    robust.all_one_grade,
    robust.much_not_our_role,
    robust.impossible_dates,
    robust.outside_the_window,
    robust.long_gap,
    robust.not_in_order,
    robust.siblings_never_mentioned,
    robust.one_sided,
    robust.something_besides,
    robust.hardly_any_time,
)


def queries_about(desk: Desk) -> tuple[Query, ...]:
    """Everything that the rules found about this return, in the order of the questions."""
    found = [query for rule in RULES for query in rule(desk)]
    position = {ref: number for number, ref in enumerate(desk.tool.answer_refs)}
    return tuple(sorted(found, key=lambda query: position.get(query.answer_ref, -1)))
