"""The pages for people: the start page, and the description of this interface with "try it". Nothing comes from elsewhere."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

router = APIRouter(include_in_schema=False)

PAGES = Path(__file__).resolve().parents[1] / "pages"
SWAGGER = "fastapi_swagger"
_OWN = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"
START_POLICY = f"{_OWN}; style-src 'self'; frame-src 'self'; form-action 'none'"
DOCS_POLICY = f"{_OWN}; style-src 'self' 'unsafe-inline'; form-action 'none'"  # Swagger UI sets styles from its script

TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
FILES = {
    "words.js": PAGES,
    "suggest.js": PAGES,
    "start.js": PAGES,
    "start.css": PAGES,
    "icon.svg": PAGES,
    "docs.js": PAGES,
    "swagger-ui-bundle.js": None,
    "swagger-ui.css": None,
}
"""What may be asked for under /static; those without a folder are in the package that brings Swagger UI."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of this version, with its tag."""

    body: bytes
    tag: str
    type: str


@router.get("/")
def start(request: Request) -> Response:
    """The start page: ask, read the answer, see the picture."""
    return _given(asset(PAGES / "start.html"), request, START_POLICY)


@router.get("/docs")
def docs(request: Request) -> Response:
    """The OpenAPI document, to read and to try."""
    return _given(asset(PAGES / "docs.html"), request, DOCS_POLICY)


@router.get("/static/{name}")
def static(name: str, request: Request) -> Response:
    """A part of one of the pages."""
    if name not in FILES:
        raise HTTPException(404)
    return _given(asset((FILES[name] or swagger_folder()) / name), request, "default-src 'none'")


@lru_cache(maxsize=16)
def asset(path: Path) -> Asset:
    """The file, read once."""
    body = path.read_bytes()
    return Asset(body, f'"{hashlib.blake2b(body, digest_size=9).hexdigest()}"', TYPES[path.suffix])


@lru_cache(maxsize=1)
def swagger_folder() -> Path:
    """Where the installed package keeps Swagger UI; found without importing it."""
    spec = find_spec(SWAGGER)
    assert spec is not None and spec.submodule_search_locations  # it is a dependency
    return Path(spec.submodule_search_locations[0]) / "resources"


def _given(found: Asset, request: Request, policy: str) -> Response:
    headers = {"etag": found.tag, "cache-control": "no-cache", "content-security-policy": policy}
    if request.headers.get("if-none-match") == found.tag:
        return Response(status_code=304, headers=headers)
    return Response(found.body, headers=headers, media_type=found.type)
