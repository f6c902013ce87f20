"""Why each stretch of a return or a document was replaced: what stands there now, by which rule, with what score.

Kept sealed beside the copy, without the words themselves, so that it can be told when nobody can open the original.
"""

from __future__ import annotations

from audit_kit.domain.masked import Explained
from audit_kit.domain.references import AuditRef
from audit_kit.errors import UsageProblem
from audit_kit.kit import Kit


def keep_replaced(kit: Kit, stem: str, explained: tuple[Explained, ...]) -> None:
    """Seal why each stretch was replaced. ``stem``: the name of the copy, without its ending."""
    kit.vault.put(f"replaced/{stem}", explained, tuple[Explained, ...])


def replaced_in(kit: Kit, reference: str) -> tuple[Explained, ...]:
    """Every replacement of the newest round of an audit, or of a pseudonymised copy by its name, in their order.

    UsageProblem when nothing was anonymised under that reference.
    """
    audit = AuditRef.parse(reference)
    stem = reference.strip().rpartition("/")[2].partition(".")[0]
    if audit is not None:
        progress = kit.progress(audit.session).get(audit)
        stem = audit.file_stem(progress.round) if progress else ""
        if stem and kit.vault.get_bytes(f"replaced/{stem}") is None and progress and progress.round > 1:
            stem = audit.file_stem(progress.round - 1)  # sent back: the next round has not come
    found = (
        kit.vault.get(f"replaced/{stem}", tuple[Explained, ...])
        if stem.replace("-", "").replace("_", "").isalnum()
        else None
    )
    if found is None:
        raise UsageProblem(
            "Nothing was pseudonymised under that reference.",
            not_happened="Nothing was shown.",
            next_step="Give an audit such as 2026-A2-NEG/H3/MPS, or the name of a copy that anonymise wrote.",
        )
    return found
