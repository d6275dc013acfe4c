"""The bank's files as a JSON schema, for editors that complete and check YAML while it is written."""

from typing import Any

from pydantic.json_schema import models_json_schema

from tracker.core.bank.values import DERIVED, Certification, Concept, Item

_REFERENCE = "#/$defs/{model}"


def json_schema() -> dict[str, Any]:
    """One schema (draft 2020-12) for all three kinds of file, which it tells apart by their shape.

    A mapping is a certification.yaml; a list of entries with a slug is concepts.yaml; any other list holds items.
    What needs more than one field (numbers of options and keys, known concepts and tasks) only `bank check` sees.
    """
    models: list[tuple[Any, Any]] = [(model, "validation") for model in (Certification, Concept, Item)]
    _, schema = models_json_schema(models, ref_template=_REFERENCE, title="A file of a Milepost question bank")
    item = schema["$defs"]["Item"]
    for field in DERIVED:
        del item["properties"][field]
        item["required"].remove(field)
    entry = {"if": {"required": ["slug"]}, "then": _to("Concept"), "else": _to("Item")}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "if": {"type": "object"},
        "then": _to("Certification"),
        "else": {"type": "array", "minItems": 1, "items": entry},
    }


def _to(model: str) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(model=model)}
