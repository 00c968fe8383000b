"""The register's operations as OpenAPI describes them: parameters, bodies and answers from the adapters that read and write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import quote

from pydantic import TypeAdapter

from api.deps import MEANING, may_fail
from lianyin.operation import WITH_BODY, Operation, Register
from lianyin.requests import adapter, parameters, rest_field
from lianyin.serving import ACTOR_HEADER

REF = "#/components/schemas/{model}"
Schema = dict[str, Any]
Described = tuple[str, Literal["validation", "serialization"], TypeAdapter[Any]]
Models = Mapping[str, Schema]


def described(register: Register) -> tuple[dict[str, dict[str, Schema]], dict[str, Schema]]:
    """The paths of OpenAPI, and the schemas that they refer to."""
    inputs: list[Described] = [(f"ask {each.name}", "validation", adapter(each.request)) for each in register]
    outputs: list[Described] = [(f"tell {each.name}", "serialization", adapter(each.answer)) for each in register]
    found, shared = TypeAdapter.json_schemas([*inputs, *outputs], ref_template=REF)
    models: dict[str, Schema] = {name: _closed(model) for name, model in shared.get("$defs", {}).items()}
    paths: dict[str, dict[str, Schema]] = {}
    for each in register:
        asked = _resolved(found[f"ask {each.name}", "validation"], models)
        told = _closed(found[f"tell {each.name}", "serialization"])
        paths.setdefault(each.address, {})[each.method.lower()] = _operation(each, asked, told)
    return paths, models


def _resolved(schema: Schema, models: Models) -> Schema:
    return models[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _closed(model: Schema) -> Schema:
    """Nothing that is not written down goes out."""
    return {"additionalProperties": False, **model} if "properties" in model else model


def _operation(operation: Operation[Any, Any], asked: Schema, told: Schema) -> Schema:
    found: Schema = {
        "tags": [operation.tag],
        "summary": operation.name.replace("_", " ").capitalize(),
        "description": operation.help,
        "operationId": operation.name,
        "parameters": _parameters(operation, asked),
        "responses": {
            "200": {"description": MEANING[200], "content": {media: {"schema": told} for media in _media(operation)}},
            **{str(status): response for status, response in may_fail(*operation.problems).items()},
        },
    }
    if operation.method in WITH_BODY and (body := _body(operation, asked)) is not None:
        found["requestBody"] = {"required": bool(body.get("required")), "content": {"application/json": {"schema": body}}}
    return found


def _media(operation: Operation[Any, Any]) -> tuple[str, ...]:
    return ("text/html", "image/svg+xml") if callable(operation.media) else (operation.media,)


def _parameters(operation: Operation[Any, Any], asked: Schema) -> list[Schema]:
    found = []
    for each in parameters(operation.request):
        in_path = each.name in operation.in_address
        if operation.method in WITH_BODY and not in_path:
            continue
        schema = dict(asked["properties"][each.name])
        place = {"name": each.name, "in": "path" if in_path else "query", "required": in_path or each.required}
        found.append({**place, "description": schema.pop("description", each.help.en), "schema": schema})
    if operation.actor != "none":
        found.append(_actor(operation.example_actor, required=operation.actor == "required"))
    return found


def _actor(example: str, *, required: bool) -> Schema:
    told = "`ROLE` or `ROLE:NAME`, percent-encoded: `enterprise:%E6%89%AC…`, `expert:…`, `district:…`, `talent`."
    optional = "What this role sees of it (as for acts); without it the reader's class decides alone."
    schema = {"type": "string", "maxLength": 2_000, "examples": [quote(example, safe=":")]}
    return {"name": ACTOR_HEADER, "in": "header", "required": required, "description": told if required else optional, "schema": schema}


def _body(operation: Operation[Any, Any], asked: Schema) -> Schema | None:
    properties = {name: each for name, each in asked.get("properties", {}).items() if name not in operation.in_address}
    if not properties:
        return None
    required = [name for name in asked.get("required", []) if name in properties]
    closed = rest_field(operation.request) is None
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": not closed}
