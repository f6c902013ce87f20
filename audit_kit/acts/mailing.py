"""Mail drafts in the team's own words: every draft that the kit writes is made here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from audit_kit.acts.small_forms import board_words
from audit_kit.domain.letters import MailDraft
from audit_kit.domain.mail_texts import MAIL_TEXTS
from audit_kit.errors import AuditKitError
from audit_kit.store.folders import shipped
from audit_kit.team_templates import TeamsTemplates

if TYPE_CHECKING:
    from audit_kit.office.mail_wording import Draft


def mail_draft(
    kit: TeamsTemplates, text: str, to: Iterable[str], files: Sequence[tuple[str, bytes]] = (), **words: str
) -> bytes:
    """The mail draft with the text of this name (``domain.mail_texts``). ``words``: an underscore stands for a space."""
    from audit_kit.office import mail

    said = _filled(kit, text, words)
    return mail.draft(MailDraft(tuple(to), said.subject, said.text, tuple(files)))


def mail_part(kit: TeamsTemplates, text: str, **words: str) -> str:
    """A text that stands inside another."""
    return _filled(kit, text, words).text


def _filled(kit: TeamsTemplates, text: str, words: dict[str, str]) -> Draft:
    from audit_kit.office.mail_wording import TEMPLATE, filled

    said = {name.replace("_", " "): value for name, value in words.items()}
    assert said.keys() == set(MAIL_TEXTS[text].words)  # whatever a team's text may ask for is there
    said |= board_words(kit.config)
    try:
        found = filled(kit.template(TEMPLATE), text, said)
    except AuditKitError:  # missing: doctor says so
        found = None
    # no mail waits for a template: where the team's text can't be used, the one that came with audit-kit is
    found = found or filled((shipped("templates") / TEMPLATE).read_bytes(), text, said)
    assert found is not None
    return found
