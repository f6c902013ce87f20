"""Problems that the Board's team must sort out. Each says four things and quotes nothing that came in.

What an agency must put right is no exception but a ``Query`` (``domain.queries``).
"""

from __future__ import annotations


class AuditKitError(Exception):
    """Something a person of the Board's team must look at.

    A message answers what happened, where, what has *not* happened and what to do next. It never holds an
    answer, a name or the name of a received file: messages end up in logs and on screens.
    """

    exit_code = 1  # something needs a person

    def __init__(self, what: str, *, where: str = "", not_happened: str = "", next_step: str = "") -> None:
        self.what, self.where, self.not_happened, self.next_step = what, where, not_happened, next_step
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """The four answers as one short paragraph."""
        first = f"{self.where}: {self.what}" if self.where else self.what
        return " ".join(part for part in (first, self.not_happened, self.next_step) if part)


class UsageProblem(AuditKitError):
    """The command or the configuration can't be carried out as it stands."""

    exit_code = 2


class HeldUp(AuditKitError):
    """Something on our own side is in the way: a template, or what the store should hold. A received file waits for it."""


class TemplateMissing(HeldUp, UsageProblem):
    """A template is not in the team's folder."""


class AlreadyRunning(AuditKitError):
    """Another audit-kit is at work in the same store."""

    exit_code = 3


def refused_by_the_system(problem: OSError, next_step: str) -> str:
    """What a disk or system would not do (full, read-only, away), in one paragraph and without a file's name."""
    return (
        f"The computer would not do something with a file or folder ({problem.strerror or type(problem).__name__}). "
        f"What was begun is taken up by the next run. Check that there is space and that the folders can be written to. {next_step}"
    )
