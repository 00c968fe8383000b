"""The OpenAPI document: FastAPI's, with the problem document and the tags described once."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from api.described import described
from api.schemas.common import Problem
from lianyin.operations import all_operations

DESCRIPTION = """\
Ask how two nodes are connected (`/v1/paths`), or which of one type connect to which of another (`/v1/connections`). Ends may be
given by id, identifier or caption; `/v1/autocomplete` helps to find them. The examples work on the fictitious city of `lianyin sample`.

Answers are those of the command line's `--json`. Every failure is a problem document (RFC 9457) with a stable `code`. Until there is a
log-in, the server answers this machine only, and a page of another site can change nothing.
"""
TAGS = [
    {"name": "nodes", "description": "Finding and reading nodes. 查找与查看"},
    {"name": "paths", "description": "How nodes are connected. 路径与联系"},
    {"name": "analyses", "description": "The graph analysed as a whole. 全图分析"},
    {"name": "loads", "description": "Loading files, trying it out, taking it back. 导入与撤销"},
    {"name": "review", "description": "Which nodes may be one. 认定是否同一"},
    {"name": "graph", "description": "The graph as a whole. 全图"},
    {"name": "health", "description": "How the server is. 运行状态"},
]


def describe(app: FastAPI) -> None:
    """Makes ``app.openapi`` give the document, made once."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            found = get_openapi(
                title=app.title, version=app.version, summary=app.summary, description=DESCRIPTION, routes=app.routes, tags=TAGS
            )
            _, models = models_json_schema([(Problem, "serialization")], ref_template="#/components/schemas/{model}")
            paths, schemas = described(all_operations())
            found["components"]["schemas"] |= models["$defs"] | schemas
            found["paths"] = paths | found["paths"]
            for path in found["paths"].values():
                for operation in path.values():
                    _only_problems(operation)
            app.openapi_schema = found
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign] # FastAPI's own way to change the document


def _only_problems(operation: dict[str, Any]) -> None:
    """FastAPI writes its own validation error beside ours."""
    content = operation["responses"].get("422", {}).get("content", {})
    content.pop("application/json", None)
