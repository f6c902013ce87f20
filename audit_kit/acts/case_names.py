"""What finds the names of one case: its register, everybody whom agencies named, what reviewers decided, name models."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from audit_kit.acts.kept_words import KEPT_EVERYWHERE, kept_by_the_board, kept_words
from audit_kit.domain.masked import Decision
from audit_kit.domain.register import CaseRegister
from audit_kit.domain.returns import RosterEntry
from audit_kit.kit import Kit
from audit_kit.privacy import CaseAnonymiser, Strangers
from audit_kit.privacy.family_places import FamilyPlaces
from audit_kit.privacy.model_votes import Voter
from audit_kit.stages.anonymise import anonymiser_for

MODELS = "models"  # the folder of the store for optional name models


@dataclass(frozen=True)
class CaseNames:
    """All that finds the names of one case, but for name models. Values: they can be handed to another process."""

    register: CaseRegister
    kept: tuple[str, ...]  # what the Board and its reviewers keep, beside the trade's own words
    decisions: tuple[Decision, ...]
    strangers: Strangers | None
    on: date  # the day on which ages are counted

    def anonymiser(
        self, roster: tuple[RosterEntry, ...], voters: tuple[Voter, ...] = (), places: FamilyPlaces | None = None
    ) -> CaseAnonymiser:
        """What takes these names out, and those of the people whom agencies named. ``places``: the register's, if at hand."""
        return anonymiser_for(
            self.register, roster, kept_words(self.kept), self.decisions, self.strangers, voters, self.on, places
        )


def names_of(kit: Kit, session: str, case: str, why: str) -> CaseNames:
    """The names of a case, for one act: the register is opened, and journalled, with ``why`` (a code)."""
    key = f"{session}/{case}"
    return CaseNames(
        kit.register_of(session, case, why),
        kept_by_the_board(kit),
        kit.vault.get(f"decisions/{key}", tuple[Decision, ...]) or (),
        kit.vault.get(f"strangers/{key}", Strangers),
        kit.session(session).dates.window_end,
    )


def names_as_of(kit: Kit, session: str, case: str) -> tuple[object, ...]:
    """What changes whenever the names of a case do, or the people whom its agencies named. Opens nothing."""
    names = ("register", "roster", "decisions", "strangers")
    return tuple(kit.vault.as_of(name) for name in (*(f"{one}/{session}/{case}" for one in names), KEPT_EVERYWHERE))


def anonymiser_of(kit: Kit, session: str, case: str, why: str, roster: tuple[RosterEntry, ...]) -> CaseAnonymiser:
    """The anonymiser of a case, for one act: the register is opened, and journalled, with ``why`` (a code)."""
    return names_of(kit, session, case, why).anonymiser(roster, name_voters(kit))


def roster_kept(kit: Kit, session: str, case: str) -> tuple[RosterEntry, ...]:
    """Everybody whom the agencies of a case have named where the tool asks for a name. Sealed."""
    return kit.vault.get(f"roster/{session}/{case}", tuple[RosterEntry, ...]) or ()


def name_voters(kit: Kit) -> tuple[Voter, ...]:
    """The optional name models of this store, loaded once and kept while this process runs; none without them."""
    from audit_kit.models.installed import voters

    return voters((kit.folders.store / MODELS).resolve())


def without_models(unanswered: int) -> tuple[tuple[str, str], ...]:
    """The code in the journal for texts on which the name models gave no answer; none where they answered."""
    return (("models silent", str(unanswered)),) if unanswered else ()


def told_without_models(unanswered: int) -> tuple[str, ...]:
    """What the team is told when the name models gave no answer."""
    if not unanswered:
        return ()
    texts = "one text" if unanswered == 1 else f"{unanswered} texts"
    return (
        f"The name models gave no answer on {texts}. The rules went on alone, and more words are asked about. If it comes "
        "again, run audit-kit models list, and add the models anew.",
    )
