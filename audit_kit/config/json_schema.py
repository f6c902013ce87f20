"""The JSON Schema of config.yaml, made from the keys themselves."""

from __future__ import annotations

from typing import Any

from audit_kit.config.keys import Config


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 7) of config.yaml, for editors that complete and check while typing."""
    found = Config.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    definitions = found.pop("$defs")
    whole = {"$schema": "http://json-schema.org/draft-07/schema#", **found, "definitions": definitions}
    return _refs_alone(whole)  # type: ignore[no-any-return]


def _refs_alone(part: Any) -> Any:
    """The same schema with nothing beside a $ref: draft 7 ignores what stands there."""
    if isinstance(part, list):
        return [_refs_alone(one) for one in part]
    if not isinstance(part, dict):
        return part
    inner = {key: _refs_alone(value) for key, value in part.items()}
    if "$ref" in inner and len(inner) > 1:
        inner["allOf"] = [{"$ref": inner.pop("$ref")}]
    return inner
