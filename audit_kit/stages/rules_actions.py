"""Can an action be followed up? Specific, measurable, owned, in time, and for children.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": each audit feeds the action plan "with clearly
identified outcomes and actions".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.domain.dates import read_date
from audit_kit.domain.queries import Level, Query
from audit_kit.stages.rules import Desk
from audit_kit.stages.words import enumerated, months_after

_NOT_DOING = re.compile(
    r"\W*(?:to )?(?:consider|explore|remind|discuss|think about|look (?:at|into)|try|continue|be aware|raise awareness|"
    r"encourage|hope|aim|staff (?:to|should|must) (?:be|remember)|all staff)\b",
    re.I,
)
_ONLY_MAIL = re.compile(r"\W*(?:e-?mail|circulate|send (?:an? )?(?:e-?mail|message|memo|reminder))\b", re.I)
_SEVERAL_OWNERS = re.compile(r"[;/&]|\b(?:everyone|everybody|all (?:staff|managers|practitioners|teams))\b", re.I)
_CHILDREN = re.compile(
    r"\b(?:child\w*|young (?:people|person|carers?)|bab(?:y|ies)|infants?|toddlers?|sons?|daughters?|siblings?|pupils?|boys?|girls?|"
    r"brothers?|sisters?|famil(?:y|ies)|unborn|teenagers?|adolescents?|mothers?|fathers?|parents?|carers?|patients?|tenants?|adults?|"
    r"people|nobody|somebody|someone|they|them|their)\b",
    re.I,
)
_LONGEST = 2000  # characters of a text that a pattern is tried on
_ONLY_MAIL_WORDS = 14  # a longer action does something besides


def action_not_smart(desk: Desk) -> Iterator[Query]:
    """V29: a verb of doing, one owner, a day within six months, how it will be known, what changes for children."""
    if not desk.involved:
        return
    latest = months_after(desk.today, desk.thresholds.action_months)
    for question, row in desk.rows("actions"):
        if not row["what"]:
            continue
        what, due = row["what"][:_LONGEST], read_date(row["due"])
        lacks = []
        if _NOT_DOING.match(what):
            lacks.append("begins with no verb of doing")
        elif _ONLY_MAIL.match(what) and len(what.split()) <= _ONLY_MAIL_WORDS:
            lacks.append("only sends a message")
        if not row["owner"]:
            lacks.append("has no owner")
        elif _SEVERAL_OWNERS.search(row["owner"][:_LONGEST]):
            lacks.append("has several owners")
        if due is None:
            lacks.append("has no day")
        elif due > latest:
            lacks.append(f"is due later than in {desk.thresholds.action_months} months")
        if len(row["measure"].split()) < 3:
            lacks.append("does not say how it will be known")
        if not _CHILDREN.search(row["outcome"][:_LONGEST]):
            lacks.append("does not say what will be different for children")
        if lacks:
            yield desk.query("V29", Level.WARNING, f"{question.ref}.what", f"the action {enumerated(lacks)}")
