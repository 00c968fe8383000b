"""Failures as RFC 9457 problem documents. The one place where an error of the tree becomes an HTTP status."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from graph.errors import Ambiguous, Forbidden, LianyinError, RuleBroken, WrongParameters
from graph.messages import NOTHING, Message, message, said, verbatim
from lianyin.conditions import parameter_named
from lianyin.language import Language, say
from lianyin.requests import wrong_parameters

_SEE_DOCS = message("See /docs.")
MEDIA_TYPE = "application/problem+json"
log = logging.getLogger("lianyin.api")

STATUS: dict[str, int] = {
    "error": 500,
    "input": 400,
    "file": 422,
    "mapping": 422,
    "ontology": 500,
    "value": 422,
    "parameters": 422,
    "query": 400,
    "unfinished": 422,
    "not-found": 404,
    "empty": 404,
    "ambiguous": 409,
    "conflict": 409,
    "rule-broken": 409,
    "forbidden": 403,
    "store": 500,
    "store-held": 503,
    "store-unreachable": 503,
    "store-denied": 503,
    "store-full": 507,
    "store-damaged": 500,
}
"""By the error's code. A store that cannot serve *now* is 503; one that will not without somebody's work is 500."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A failure that only this door knows."""

    status: int
    code: str
    zh: str
    en: str


NO_ROUTE = Kind(404, "no-route", "没有这个地址", "No such address")
METHOD = Kind(405, "method", "此地址不支持这种请求", "Method not allowed")
BODY = Kind(400, "body", "请求内容读不了", "Unreadable body")
TOO_LARGE = Kind(413, "too-large", "内容过大", "Too large")
ORIGIN = Kind(403, "origin", "来自别的网站的请求", "Request from another site")
HOST = Kind(421, "host", "不是本机地址", "Not an address of this machine")
TOKEN = Kind(401, "token", "令牌不对", "Wrong token")
BUSY = Kind(503, "busy", "正忙，请稍后再试", "Busy; ask again in a moment")
DEFECT = Kind(500, "defect", "程序缺陷", "A defect of the program")
KINDS = (NO_ROUTE, METHOD, BODY, TOO_LARGE, ORIGIN, HOST, TOKEN, BUSY, DEFECT)
_BY_STATUS = {kind.status: kind for kind in (NO_ROUTE, METHOD, BODY, TOO_LARGE)}


def document(kind: Kind, detail: Message, language: Language, *, hint: Message = NOTHING, **further: object) -> dict[str, object]:
    """The problem document. Members that are empty are left out."""
    found: dict[str, object] = {
        "type": f"urn:lianyin:problem:{kind.code}",
        "status": kind.status,
        "code": kind.code,
        "title": say(language, kind.zh, kind.en),
        "title_zh": kind.zh,
        "title_en": kind.en,
        "detail": said(detail, language),
        "detail_zh": detail.zh,
        "detail_en": detail.en,
    }
    if hint:
        found |= {"hint": said(hint, language), "hint_zh": hint.zh, "hint_en": hint.en}
    return found | {name: value for name, value in further.items() if value}


def problem_document(problem: LianyinError, language: Language, status: int | None = None) -> dict[str, object]:
    """The document of an error of the tree."""
    kind = Kind(status or STATUS[problem.code], problem.code, problem.title_zh, problem.title_en)
    candidates = [dict(each) for each in problem.candidates] if isinstance(problem, Ambiguous) else []
    rule = problem.rule if isinstance(problem, (RuleBroken, Forbidden)) else ""
    legal = list(problem.legal) if isinstance(problem, RuleBroken) else []
    where = parameter_named(problem.where)
    faults = problem.faults if isinstance(problem, WrongParameters) else ()
    errors = [{"parameter": name, "detail": said(reason, language)} for name, reason in faults]
    hint = problem.hint or (_SEE_DOCS if errors else NOTHING)
    return document(kind, problem.detail, language, hint=hint, where=where, candidates=candidates, rule=rule, legal=legal, errors=errors)


def respond(found: Mapping[str, object], headers: Mapping[str, str] | None = None) -> Response:
    """The document as a response with its own status."""
    return Response(orjson.dumps(found), int(str(found["status"])), headers, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Lets every failure that the routes raise end as a problem document."""
    app.add_exception_handler(LianyinError, _lianyin)
    app.add_exception_handler(RequestValidationError, _parameters)
    app.add_exception_handler(HTTPException, _http)


def language_of(request: Request) -> Language:
    """The asker's language, as the guard found it."""
    found: Language = request.scope["lianyin.asker"].language
    return found


async def _lianyin(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, LianyinError)
    found = problem_document(problem, language_of(request))
    if found["status"] == 500:
        log.error("%s: %s", problem.code, problem, exc_info=problem)
    return respond(found)


async def _parameters(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, RequestValidationError)
    wrong = wrong_parameters([{**each, "loc": each["loc"][1:] or each["loc"]} for each in problem.errors()])
    return respond(problem_document(wrong, language_of(request)))


async def _http(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    kind = _BY_STATUS.get(problem.status_code, BODY)
    path = request.url.path
    details = {
        NO_ROUTE: message("There is nothing at {path}.", path=path),
        METHOD: message("{method} is not supported at {path}.", method=request.method, path=path),
        TOO_LARGE: problem.detail if isinstance(problem.detail, Message) else verbatim(str(problem.detail)),
    }
    detail = details.get(kind, message("The request body cannot be read: {detail}.", detail=problem.detail))
    return respond(document(kind, detail, language_of(request), hint=_SEE_DOCS), problem.headers)
