"""The optional name models of this store: added from wheels that a person downloaded, and listed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from audit_kit.acts.case_names import MODELS
from audit_kit.acts.scanning_by_hand import read_own_file
from audit_kit.kit import Kit

_NOTHING = "No model was added or changed."


@dataclass(frozen=True)
class ModelLine:
    """One model that audit-kit knows, and whether it is here and can run."""

    name: str
    what: str
    licence: str
    wheel: str
    here: bool
    usable: bool


def add_models(kit: Kit, wheels: Iterable[Path]) -> tuple[str, ...]:
    """Take the known models out of these wheels into the store; the names of those that were added.

    All wheels are checked before anything is written. AuditKitError when a wheel holds no known model, or a model
    file that is not, byte for byte, the one that was checked.
    """
    from audit_kit.models.wheels import taken_out

    found = [taken_out(read_own_file(wheel, _NOTHING)) for wheel in wheels]
    for model, files in found:
        folder = kit.folders.store / MODELS / model.name
        shutil.rmtree(folder, ignore_errors=True)  # an older one, or one that a stopped run left half
        for name, content in files.items():
            kit.disk.write(folder / name, content)
    return tuple(model.name for model, _ in found)


def list_models(kit: Kit) -> tuple[ModelLine, ...]:
    """Every model that audit-kit knows, in a fixed order."""
    from audit_kit.models.installed import installed, usable
    from audit_kit.models.wheels import KNOWN

    here = installed(kit.folders.store / MODELS)
    return tuple(
        ModelLine(model.name, model.what, model.licence, model.wheel, model in here, usable(model)) for model in KNOWN
    )
