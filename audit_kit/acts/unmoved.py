"""Which sessions' papers need a look: of sixty that stand one has moved, and those of the others are as they were."""

from __future__ import annotations

from collections.abc import Callable

from audit_kit.domain.session import AuditSession
from audit_kit.kit import Kit


def look_at_what_moved(
    kit: Kit, what: str, look: Callable[[AuditSession], bool], beside: Callable[[AuditSession], object]
) -> None:
    """Look at each session, but for those in which the last look found nothing to do and to which nothing has happened since.

    ``what``: what is looked for; ``look``: gives whether it found nothing to do, so that what a stop or the disk prevents
    is looked at again; ``beside``: on what a look hangs besides the session and its events, such as which papers lie there.
    """
    happened = kit.journal.count_by_session()
    for session in kit.sessions():
        stands = (happened.get(session.ref, 0), session, beside(session))
        if kit.nothing_to_do.get((what, session.ref)) == stands:
            continue
        if look(session):
            kit.nothing_to_do[what, session.ref] = stands
