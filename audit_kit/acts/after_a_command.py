"""What a pass writes at its end, written by itself: after a command that decided something or met words in doubt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from audit_kit.kit import Kit

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.acts.workers import Workers


def qa_workbooks(kit: Kit) -> Pass:
    """The QA workbooks that are due."""
    from audit_kit.acts.qa_papers import write_qa_workbooks

    return _by_itself(kit, write_qa_workbooks)


def review_workbooks(kit: Kit) -> Pass:
    """The review workbooks that are due."""
    from audit_kit.acts.review_papers import write_review_workbooks

    return _by_itself(kit, write_review_workbooks)


def _by_itself(kit: Kit, write: Callable[[Kit, Workers, Pass], None]) -> Pass:
    from audit_kit.acts.inbox import Pass
    from audit_kit.acts.workers import Workers

    done = Pass()
    with Workers.up_to(kit.config.watch.workers) as workers:
        write(kit, workers, done)
    return done
