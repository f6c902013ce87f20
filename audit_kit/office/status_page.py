"""The status page: one HTML file that needs nothing else, for a screen that stays open in the team's office."""

from __future__ import annotations

from datetime import date, datetime
from difflib import get_close_matches
from traceback import extract_tb

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from audit_kit.domain.overview import TONE_WORDS, Actor, Tone, Year
from audit_kit.domain.working_days import in_words
from audit_kit.errors import UsageProblem

_GIVEN = ("board", "overviews", "years", "written", "legend", "Actor", "Tone")  # what the page is made of


class _Missing(StrictUndefined):
    """A name that there is not, told with the nearest there is."""

    @property
    def _undefined_message(self) -> str:
        wanted, owner = str(self._undefined_name), self._undefined_obj
        near = get_close_matches(wanted, _GIVEN if owner is missing else [n for n in dir(owner) if n[0] != "_"], 1)
        return f"*{wanted}*" + (f"; the nearest there is: *{near[0]}*" if near else "")


def write_status_page(template: str, years: tuple[Year, ...], board: str, written: datetime) -> bytes:
    """The page of the sessions of these years, those that need somebody first.

    The template is the team's own, so it runs in a sandbox, every value is escaped, and a name that it spells
    wrongly is told as UsageProblem instead of being left blank. ``written``: shown as the computer's local time.
    """
    environment = SandboxedEnvironment(
        autoescape=True, undefined=_Missing, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters |= {"day": _day, "long_day": in_words, "moment": _moment}
    running = tuple(sorted((one for year in years for one in year.sessions), key=lambda one: one.is_finished))
    try:
        page = environment.from_string(template).render(
            dict(zip(_GIVEN, (board, running, years, written.astimezone(), TONE_WORDS, Actor, Tone), strict=True))
        )
    except (TemplateError, SecurityError) as problem:
        raise _template_problem(problem) from None
    return page.encode("utf-8")


def _template_problem(problem: Exception) -> UsageProblem:
    if isinstance(problem, TemplateSyntaxError):
        what = f"its line {problem.lineno} can't be followed: {problem.message}"
    elif isinstance(problem, UndefinedError):
        lines = [frame.lineno for frame in extract_tb(problem.__traceback__) if frame.filename == "<template>"]
        what = (
            f"its line {lines[-1] if lines else '?'} asks for something that the page does not have: {problem.message}"
        )
    else:
        what = "it asks for something that a template may not do"
    return UsageProblem(
        f"The status page was not made from the template status.html: {what}.",
        not_happened="The status page is as it was before.",
        next_step="Change the template, or put the fresh copy back that comes with audit-kit.",
    )


def _day(day: date) -> str:
    """``13 October 2026``."""
    return f"{day.day} {day:%B %Y}"


def _moment(at: datetime) -> str:
    """``13 October 2026 at 10:42``, in the computer's local time."""
    local = at.astimezone()
    return f"{_day(local.date())} at {local:%H:%M}"
