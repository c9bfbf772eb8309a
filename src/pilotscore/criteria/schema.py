"""The JSON Schema of criteria files, for editors: whole ones, and those that extend another."""

from __future__ import annotations

import copy
from typing import Any

from pilotscore.criteria.model import CriteriaSet

_OWN = ("id", "version", "title")


def criteria_schema() -> dict[str, Any]:
    """Return a schema by which a file with ``extends`` is held as the partial set that it is."""
    whole = CriteriaSet.model_json_schema()
    definitions = whole.pop("$defs")
    partial = _loosened({"root": whole, **definitions})
    variant = partial.pop("root")
    variant["required"] = [*_OWN, "extends"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "pilotscore criteria set",
        "type": "object",
        "if": {"required": ["extends"]},
        "then": variant,
        "else": whole,
        "$defs": {**definitions, **{f"{name}Change": d for name, d in partial.items()}},
    }


def _loosened(definitions: dict[str, Any]) -> dict[str, Any]:
    """Return definitions in which only an id is needed, and null and ``remove`` may stand."""
    loose: dict[str, Any] = copy.deepcopy(definitions)
    for definition in loose.values():
        _redirect(definition)
        properties = definition.get("properties")
        if properties is None:
            continue
        definition["required"] = [k for k in definition.get("required", ()) if k == "id"]
        for key, value in properties.items():
            if key != "id":
                properties[key] = {"anyOf": [value, {"type": "null"}]}
        if "id" in properties:
            properties["remove"] = {"type": "boolean"}
    return loose


def _redirect(node: Any) -> None:
    """Let references within point at the loosened definitions, and named values be null."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            node["$ref"] += "Change"
        if isinstance(node.get("additionalProperties"), dict):
            node["additionalProperties"] = {
                "anyOf": [node["additionalProperties"], {"type": "null"}]
            }
        for value in node.values():
            _redirect(value)
    elif isinstance(node, list):
        for value in node:
            _redirect(value)
