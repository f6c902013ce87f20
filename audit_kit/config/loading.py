"""A file or text → ``Config``, or a refusal that lists everything that is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from audit_kit.config.keys import Config
from audit_kit.config.wording import disagreements_in, found_at, is_echo, key_path, refused, told_of
from audit_kit.config.yaml_tree import line_and_column, node_at, repeated, tree_and_values
from audit_kit.errors import UsageProblem


def load(path: Path) -> Config:
    """The configuration in this file. UsageProblem lists everything that is wrong with it, with its place."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageProblem(
            f"There is no configuration file at {path}.",
            not_happened="Nothing was done.",
            next_step="Run audit-kit in the folder where your config.yaml lies, or name the file with --config. A new installation begins "
            "with the config.yaml that comes with audit-kit; audit-kit demo shows one at work.",
        ) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise UsageProblem(
            f"The configuration file {path} can't be read as text ({type(problem).__name__}).",
            not_happened="Nothing was done.",
            next_step="Check that it is a text file in UTF-8 that you may read.",
        ) from None
    return parse(text, path.name)


def parse(text: str, file: str = "config.yaml") -> Config:
    """The configuration in this text; ``file`` is how messages call it. UsageProblem as in ``load``."""
    node, values = tree_and_values(text, file)
    faults = [(key, f"{path}: expected once, found twice") for path, key in repeated(node)]
    config = None
    try:
        config = Config.model_validate_json(json.dumps(values, default=str))
    except ValidationError as problem:
        errors = [error for error in problem.errors(include_url=False) if not is_echo(error, values)]
        told = [told for error in errors for told in told_of(error)]
        # pydantic asks how the keys fit together only when each is right by itself; people are told at once
        told += [fault for fault in disagreements_in(values) if fault not in told]
        faults += [
            (node_at(node, loc), f"{key_path(loc)}: {expected}, found {found_at(values, loc)}")
            for loc, expected in told
        ]
    if config is None or faults:
        faults.sort(key=lambda fault: (fault[0].start_mark.line, fault[0].start_mark.column))
        raise refused([f"{file}:{line_and_column(key)}: {fault}" for key, fault in faults])
    return config
