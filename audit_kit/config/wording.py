"""What is wrong with the configuration, in its reader's words: which key, what is expected, what was found."""

from __future__ import annotations

import re
from typing import Any

from audit_kit.config.keys import KeysDisagree, Loc, disagreements
from audit_kit.errors import UsageProblem


def refused(faults: list[str]) -> UsageProblem:
    """The refusal that lists these faults, each a line with its place; for the caller to raise."""
    many = (
        "One thing in the configuration needs"
        if len(faults) == 1
        else f"{len(faults)} things in the configuration need"
    )
    return UsageProblem(
        f"{many} changing:\n" + "\n".join(f"  {fault}" for fault in faults) + "\n",
        not_happened="Nothing was done.",
        next_step="Change these lines and run the command again; every key is explained in config.yaml itself.",
    )


def is_echo(error: Any, values: Any) -> bool:
    """Whether this only repeats another: a list counts as empty when each of its entries has a mistake."""
    return bool(error["type"] == "too_short" and _value_at(values, error["loc"]))


def told_of(error: Any) -> tuple[tuple[Loc, str], ...]:
    """The places that one of pydantic's errors is about, each with what is expected there."""
    cause = (error.get("ctx") or {}).get("error")
    return cause.faults if isinstance(cause, KeysDisagree) else ((error["loc"], _expected(error)),)


_EXPECTED = {
    "missing": "expected a value",
    "extra_forbidden": "expected no such key here",
    "int_type": "expected a whole number such as 5",
    "float_type": "expected a number such as 0.5",
    "string_type": "expected text (put it in quotes)",
    "bool_type": "expected true or false",
    "date_type": "expected a date such as 2026-04-01",
    "date_parsing": "expected a date such as 2026-04-01",
    "date_from_datetime_parsing": "expected a date such as 2026-04-01",
    "tuple_type": "expected a list, one '- ' line each",
    "mapping_type": "expected keys, one a line",
    "model_type": "expected keys, one a line",
    "model_attributes_type": "expected keys, one a line",
    "dict_type": "expected keys, one a line",
    "date_from_datetime_inexact": "expected a date such as 2026-04-01",
    "finite_number": "expected a number such as 0.5",
    "string_too_short": "expected text that is not blank",
}


def _expected(error: Any) -> str:
    kind, context = error["type"], error.get("ctx") or {}
    if kind in _EXPECTED:
        return _EXPECTED[kind]
    if kind == "literal_error":
        return f"expected {context['expected']}"
    if kind == "string_pattern_mismatch":
        return "expected an e-mail address" if "@" in context["pattern"] else "expected one capital letter"
    if kind in ("greater_than_equal", "greater_than", "less_than_equal", "less_than"):
        bound = next(iter(context.values()))
        words = {
            "greater_than_equal": "at least",
            "greater_than": "more than",
            "less_than_equal": "at most",
            "less_than": "less than",
        }
        return f"expected {words[kind]} {bound:g}"
    if kind == "too_short":
        return "expected at least one entry"
    return f"expected something else ({str(error['msg'])[:80].lower()})"


_OF_A_KEY = ("[key]",)  # how pydantic ends the place of a key that is itself wrong


def found_at(values: Any, loc: Loc) -> str:
    """What stands there. Configuration is the team's own text, so it may be shown, shortened."""
    value = loc[-2] if loc[-1:] == _OF_A_KEY else _value_at(values, loc)
    if value is None:
        return "nothing"
    if isinstance(value, dict | list):
        return ("a list" if value else "an empty list") if isinstance(value, list) else "keys"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{str(value)[:60]}'"


def _value_at(values: Any, loc: Loc) -> Any:
    for part in loc:
        try:
            values = values[part]
        except (KeyError, IndexError, TypeError):
            return None
    return values


def key_path(loc: Loc) -> str:
    """The way to a key as people read it, such as agencies → 2 → code; entries of a list are counted from 1."""
    loc = loc[:-1] if loc[-1:] == _OF_A_KEY else loc
    return " → ".join(str(part + 1) if isinstance(part, int) else part for part in loc) or "whole file"


def disagreements_in(values: Any) -> tuple[tuple[Loc, str], ...]:
    """``disagreements`` of values as typed, of which some may be anything at all."""
    listed = values.get("agencies")
    agencies = [agency if isinstance(agency, dict) else {} for agency in listed] if isinstance(listed, list) else []
    areas = values.get("areas")
    areas_of = [agency.get("areas") for agency in agencies]
    letters = [str(letter) for letter in areas if re.fullmatch("[A-Z]", str(letter))] if isinstance(areas, dict) else []
    faults = disagreements(
        [str(agency.get("code")) for agency in agencies],
        [given if isinstance(given, list) and letters else [] for given in areas_of],
        letters,
    )
    # what is no text is told as such, not as a wrong code
    return tuple((loc, expected) for loc, expected in faults if isinstance(_value_at(values, loc), str))
