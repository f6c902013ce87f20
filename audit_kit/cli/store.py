"""Look after the store: what is sealed, and the journal."""

from __future__ import annotations

from typing import Annotated

import typer

from audit_kit.cli.calling import EXIT_CODES, kit_for
from audit_kit.errors import AuditKitError

app = typer.Typer()


@app.command(epilog=EXIT_CODES)
def password(
    whose: Annotated[str, typer.Argument(metavar="AGENCY", help="An agency's code, or TEAM.")],
    session: Annotated[str, typer.Option(help="The session.")],
) -> None:
    """Show the password of an agency's identity slip, or the team's. It is journalled that you saw it."""
    from audit_kit import process

    with kit_for("password") as kit:
        typer.echo(process.show_password(kit, session, whose.upper()))


@app.command(epilog=EXIT_CODES)
def verify() -> None:
    """Check that the journal is whole: no line removed or changed."""
    with kit_for("verify") as kit:
        broken = kit.journal.broken_at()
        if broken is not None:
            raise AuditKitError(
                f"The journal does not fit together from event {broken} on: a line was changed or removed.",
                not_happened="Nothing was changed now.",
                next_step="Stop using this store, keep it as it is, and restore a backup beside it to compare.",
            )
        typer.echo(f"The journal is whole: {len(kit.journal.events())} events, head {kit.journal.head()[:12]}.")
