"""Quality assurance by rule: everything this agency is asked to put right, and what the reviewer should see.

The tuple below is the table of contents; each rule is a small function in the module named after what it
protects, and ``domain.rulebook`` says of each why it is there and what would satisfy it. Those that act before a
return can be checked (V01 to V04, the fast lane of V00) stand in ``receive``, ``escalate`` and the gate. A return with nothing wrong yields nothing.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach".
"""

from __future__ import annotations

from audit_kit.domain.queries import Query
from audit_kit.stages import reconcile, rules_actions, rules_risk, rules_words
from audit_kit.stages import rules_completeness as complete
from audit_kit.stages import rules_independence as independent
from audit_kit.stages import rules_robustness as robust
from audit_kit.stages.rules import Desk, Rule

RULES: tuple[Rule, ...] = (
    rules_risk.risk_told_elsewhere,
    complete.risk_question_unanswered,
    complete.involvement_blank,
    complete.nil_but_something_told,
    reconcile.nil_but_contact_told,
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
    complete.open_action_unanswered,
    complete.file_said_to_be_wrong,
    complete.formula_as_answer,
    complete.late,
    independent.auditor_held_or_supervised_the_case,
    independent.auditor_has_a_caseworkers_role,
    independent.conflict_declared,
    independent.other_declaration_refused,
    independent.auditor_of_lower_grade,
    independent.one_auditor_for_many,
    robust.thin_evidence,
    robust.placeholder,
    rules_words.grade_against_words,
    rules_words.copied_within,
    rules_words.copied_across,
    rules_words.grades_far_apart,
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
    rules_actions.action_not_smart,
)


def queries_about(desk: Desk) -> tuple[Query, ...]:
    """Everything that the rules found about this return, in the order of the questions."""
    if desk.audit_return.is_blank:
        return (complete.nothing_filled_in(desk),)
    found = [query for rule in RULES for query in rule(desk)]
    position = {ref: number for number, ref in enumerate(desk.tool.answer_refs)}
    return tuple(sorted(found, key=lambda query: position.get(query.answer_ref, -1)))
