"""Finding and replacing what identifies a person. Pure: text and register in, text and doubts out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit_kit.privacy.anonymiser import CaseAnonymiser
    from audit_kit.privacy.keep import KeepWords
    from audit_kit.privacy.labels import Strangers
    from audit_kit.privacy.residual import Residual, ResidualScan, residual_names

__all__ = ["CaseAnonymiser", "KeepWords", "Residual", "ResidualScan", "Strangers", "residual_names"]

_WHERE = {
    "CaseAnonymiser": "anonymiser",
    "KeepWords": "keep",
    "Residual": "residual",
    "ResidualScan": "residual",
    "Strangers": "labels",
    "residual_names": "residual",
}


def __getattr__(name: str) -> object:
    """What is asked for, loaded then: all that finds names takes eight megabytes, and whoever looks files over needs a part."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"audit_kit.privacy.{_WHERE[name]}"), name)
    return found
