"""Puts the HTTP door together: one open graph, its routes, and what stands before them."""

from __future__ import annotations

import secrets
from importlib.metadata import version

from fastapi import FastAPI

from api import problems
from api.admission import Admission
from api.documentation import describe
from api.guard import Guard
from api.kept import Kept
from api.operations import routes
from api.routers import health, loads, pages, tables
from graph.store import Store
from lianyin.client import Client
from lianyin.operations import all_operations
from lianyin.settings import Settings, load_types
from lianyin.warming import Warming

SUMMARY = "Which university connects to which enterprise, through whom, and which row says so. 哪所高校、通过谁、连着哪家企业；条条有出处。"

ROUTERS = tuple(each.router for each in (health, loads, tables, pages))
"""The order counts where one address fits two routes: pages come last."""


def create_app(settings: Settings, store: Store, *, token: str | None = None) -> FastAPI:
    """The application over an open store, which stays the caller's to close. Whoever sends ``token`` (made anew if not given) is
    trusted like the user who opened the store."""
    client = Client(store, load_types(settings), settings)
    app = FastAPI(title="Lianyin 联姻", summary=SUMMARY, version=version("lianyin"), docs_url=None, redoc_url=None)
    app.state.client = client
    app.state.warming = Warming()
    app.router.routes += routes(all_operations())
    for router in ROUTERS:
        app.include_router(router)
    problems.install(app)
    describe(app)
    # The last one added stands first.
    app.add_middleware(Admission, settings=settings)
    app.add_middleware(Kept, client=client, room=settings.max_kept_bytes)
    app.add_middleware(Guard, settings=settings, token=token or secrets.token_urlsafe(32))
    return app
