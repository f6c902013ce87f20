"""The models that lie in a folder: added once, whole or not at all, and run in one process that stays."""

from __future__ import annotations

import hashlib
import importlib.util
from functools import lru_cache
from pathlib import Path

from audit_kit.models.wheels import KNOWN, RAMPART, SPACY, KnownModel, is_whole
from audit_kit.privacy.model_votes import Voter

#: what each model needs, from the extra [ner]
_NEEDS = {SPACY.name: ("spacy",), RAMPART.name: ("onnxruntime", "tokenizers", "numpy")}


def installed(folder: Path) -> tuple[KnownModel, ...]:
    """The models that are whole in this folder, every file by its SHA-256. 60 MB are read: not for every text."""
    return tuple(model for model in KNOWN if is_whole(model, _digests(folder / model.name, model)))


def usable(model: KnownModel) -> bool:
    """Whether the packages that run this model are here: the extra [ner]."""
    return all(importlib.util.find_spec(name) is not None for name in _NEEDS[model.name])


def voters(folder: Path) -> tuple[Voter, ...]:
    """Every model of this folder that can run, together one voter beside this process; none where there are none."""
    return _beside(folder) if folder.is_dir() else ()


@lru_cache(maxsize=4)
def _beside(folder: Path) -> tuple[Voter, ...]:
    from audit_kit.models.beside import ModelsBeside

    names = tuple(model.name for model in installed(folder) if usable(model))
    return (ModelsBeside(folder, names),) if names else ()


def loaded(folder: Path, name: str) -> Voter:
    """One model, loaded into this process: for the worker alone."""
    if name == SPACY.name:
        from audit_kit.models.spacy_model import SpacyVoter

        return SpacyVoter(folder / name)
    from audit_kit.models.rampart import RampartVoter

    return RampartVoter(folder / name)


def _digests(folder: Path, model: KnownModel) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in model.files:
        path = folder / name
        if path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found
