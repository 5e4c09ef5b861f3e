"""The pages that people see. Every word of a document is escaped, and no page runs a script but our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response

from kg.ask import Question
from kg.ask import find as find_question
from kg.ask import questions as named_questions
from kg.errors import BuildError, KgError, LimitError, NotFoundError, QueryError
from kg.graph.terms import literal, node
from kg.identity import segment
from kg.serve import questions
from kg.serve.engine import Pool
from kg.serve.engine import Question as Asked
from kg.serve.entities import Desk, Link, query
from kg.serve.exploring import Explorer
from kg.serve.formats import GRAPHS, Format, negotiate
from kg.serve.language import LANGUAGES, chosen, sentence, value, word
from kg.serve.protocol import attended, failure
from kg.serve.refusals import refused
from kg.serve.terms import term
from kg.vocab import PREFIXES

__all__ = ["Desk", "broken", "entity", "explore", "find", "home", "missing", "question"]

_COOKIE, _YEAR = "kg-language", 365 * 24 * 3600
_PAGE = Format("html", "text/html")
_OWN = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:; style-src 'self'"
_POLICY = f"{_OWN}; script-src 'none'"
_EDITOR = f"{_OWN} 'unsafe-inline'; script-src 'self'; connect-src 'self'; font-src 'self' data:"
# The explorer is one file with everything in it; what it may do beyond this, its own policy says.
_EXPLORER = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; script-src 'unsafe-inline' blob:; "
    "style-src 'unsafe-inline'; img-src data: blob:; font-src data:; worker-src blob:; connect-src data: blob:"
)

_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _shown(request: Request, template: str, status: int = 200, *, policy: str = _POLICY, **values: Any) -> Response:
    desk: Desk = request.app.state.desk
    spoken = _language(request)
    page = _TEMPLATES.get_template(template).render(
        documents=len(desk.build.manifest.documents),
        words=values.pop("words", ""),
        language=spoken,
        say=lambda zh, en: zh if spoken == "zh" else en,
        word=lambda name: word(name, spoken),
        value=lambda words: value(words, spoken),
        sentence=lambda words: sentence(words, spoken),
        other=_here(request, lang="en" if spoken == "zh" else "zh"),
        **values,
    )
    response = HTMLResponse(
        page, status, {"Content-Security-Policy": policy, "Vary": "Accept, Accept-Language, Cookie"}
    )
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(_COOKIE, spoken, max_age=_YEAR, httponly=True, samesite="lax")
    return response


def _language(request: Request) -> str:
    said, kept = request.query_params.get("lang"), request.cookies.get(_COOKIE)
    return chosen(said, kept, request.headers.get("accept-language", ""))


def _here(request: Request, **changed: str) -> str:
    """The address of this page with parameters *changed*."""
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name not in changed]
    # The path as it came: what is decoded need not give the same one when it is encoded again. One slash begins it,
    # for two, or one and a backslash, would name another server.
    path = "/" + request.scope["raw_path"].decode("ascii", "replace").lstrip("/\\")
    return f"{path}?{urlencode([*pairs, *changed.items()])}"


async def home(request: Request) -> Response:
    """The query page."""
    desk: Desk = request.app.state.desk
    name = request.query_params.get("question", "")
    opened = next((found for found in named_questions() if found.name == name), None)
    facts = {
        "prefixes": PREFIXES,
        "base": desk.base,
        "start": query("start"),
        "question": opened and {"title": opened.title[_language(request)], "sparql": opened.sparql},
    }
    counts = await desk.counts(request.app.state.pool)
    return _shown(
        request,
        "home.html",
        policy=_EDITOR,
        facts=json.dumps(facts, ensure_ascii=False),
        counts=counts,
        menu=questions.menu(),
        elsewhere=[item for item in named_questions() if not questions.askable(item)],
    )


async def question(request: Request) -> Response:
    """A named question: a form, and the answer; ``format`` gives the answer as a file."""
    desk: Desk = request.app.state.desk
    try:
        asked = find_question(request.path_params["name"])
    except NotFoundError:
        return await missing(request, None)
    if not questions.askable(asked):
        return _elsewhere(request, asked)
    given = {key: value.strip() for key, value in request.query_params.items() if value.strip()}
    format = given.pop("format", "html")
    given.pop("lang", None)
    if format not in questions.MEDIA:
        return PlainTextResponse(f"an answer comes as {', '.join(questions.MEDIA)}\n", 406)
    error, answer = None, None
    if all(parameter.name in given for parameter in asked.parameters if parameter.required):
        try:
            found = await attended(
                request, request.app.state.pool, Asked(question=asked.name, format=format, bindings=given)
            )
            request.state.log["rows"] = found.rows
            if format != "html":
                return Response(found.body, headers={"Content-Type": f"{found.media}; charset=utf-8"})
            answer = json.loads(found.body)
        except QueryError as failed:
            if format != "html" or isinstance(failed, LimitError):
                return failure(request, failed)
            error = refused(str(failed), asked, given)
    elif format != "html":
        return PlainTextResponse("parameters are missing\n", 400)
    return _shown(
        request, "question.html", 400 if error else 200, asked=asked, given=given, answer=answer, error=error,
        search=urlencode(given), desk=desk,
    )  # fmt: skip


def _elsewhere(request: Request, asked: Question) -> Response:
    """A question that compares folders: a server does not open any, so the page says where to ask it."""
    command = f"kg ask BUILD {asked.name} --other BUILD"
    if not _for_people(request):
        return PlainTextResponse(
            f"{asked.name} compares folders, which a server does not open; ask it with `{command}`\n", 404
        )
    spoken = _language(request)
    where = {
        "zh": "这个问题比较两个构建，服务器不打开别的文件夹；请在命令行里问：",
        "en": "This question compares two builds, and a server opens no other folder; ask it at the command line:",
    }
    return _shown(
        request, "message.html", 404, title=asked.title[spoken], message=where[spoken], detail=command,
    )  # fmt: skip


async def find(request: Request) -> Response:
    """Things by a part of their names."""
    desk: Desk = request.app.state.desk
    words = request.query_params.get("q", "").strip()[:100]
    try:
        rows = await desk.rows(request.app.state.pool, "find", words=literal(words)) if words else []
    except QueryError as error:
        return _failed(request, error)
    found = [(Link(row["label"], desk.href(row["thing"])), term(row["type"])) for row in rows]
    if len(found) == 1:
        return RedirectResponse(found[0][0].href, 303)
    return _shown(request, "find.html", words=words, found=found)


async def entity(request: Request) -> Response:
    """A thing: a page for people, RDF for machines, as they ask."""
    desk: Desk = request.app.state.desk
    pool: Pool = request.app.state.pool
    path = request.path_params.get("path")
    # The path is what follows the base in an IRI; per cents that are part of the IRI may have been decoded.
    iri = request.query_params.get("iri", "") if path is None else desk.base + path
    tried = [iri] if path is None else [iri, desk.base + "/".join(map(segment, path.split("/")))]
    format = _format(request)
    if format is None:
        kinds = ", ".join(kind.media for kind in (_PAGE, *GRAPHS))
        return PlainTextResponse(f"this comes as {kinds}\n", 406)
    for iri in dict.fromkeys(tried):
        try:
            name = node(iri)
            if format is _PAGE:
                thing = await desk.thing(pool, iri)
                if thing is not None:
                    passage = await desk.passage(pool, thing) if "/passage/" in iri else None
                    pieces = await desk.pieces(pool, iri)
                    return _shown(request, "entity.html", thing=thing, passage=passage, pieces=pieces, here=quote(iri))
                continue
            answer = await pool.ask(Asked(query("data"), format=format.name, bindings={"thing": name}))
        except LimitError as error:
            return _failed(request, error)
        except (QueryError, BuildError) as error:
            # No IRI can be made of it. As a path it leads nowhere; who gave it as an IRI is told.
            if path is None:
                return _failed(request, error)
            continue
        if answer.rows:
            headers = {"Content-Type": f"{answer.media}; charset=utf-8", "Vary": "Accept"}
            return Response(answer.body, headers=headers)
    return await missing(request, None)


def _format(request: Request) -> Format | None:
    if name := request.query_params.get("format"):
        return next((format for format in GRAPHS if format.name == name), None)
    found = negotiate(request.headers.get("accept", "*/*"), (_PAGE, *GRAPHS))
    return found and found[0]


async def explore(request: Request) -> Response:
    """The explorer, made the first time it is asked for where there is none."""
    explorer: Explorer = request.app.state.explorer
    try:
        path = await explorer.page()
    except (BuildError, LimitError) as error:
        return _failed(request, error)
    return FileResponse(path, media_type="text/html", headers={"Content-Security-Policy": _EXPLORER})


def _failed(request: Request, error: KgError) -> Response:
    status = 503 if isinstance(error, LimitError) else 400
    titles = {"zh": "查询超出限制，或服务器正忙" if status == 503 else "未能查询", "en": "Not answered"}
    response = _shown(request, "message.html", status, title=titles[_language(request)], message=str(error), detail="")
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response


def _for_people(request: Request) -> bool:
    found = negotiate(request.headers.get("accept", "*/*"), (Format("txt", "text/plain"), _PAGE))
    return found is not None and found[0] is _PAGE


async def missing(request: Request, error: Exception | None) -> Response:
    """Nothing is here."""
    status = getattr(error, "status_code", 404)
    headers = getattr(error, "headers", None)
    words = ("此处无此内容", "nothing is here") if status == 404 else ("此处只能读取", "this can only be read")
    if not _for_people(request):
        return PlainTextResponse(f"{' · '.join(words)}\n", status, headers)
    title = words[0] if _language(request) == "zh" else words[1].capitalize()
    response = _shown(request, "message.html", status, title=title, message=request.url.path, detail="")
    response.headers.update(headers or {})
    return response


async def broken(request: Request, error: Exception) -> Response:
    """Something went wrong that should not have; what it was stands in the log alone."""
    request.state.log["error"] = f"{type(error).__name__}: {error}" if isinstance(error, KgError) else repr(error)
    return PlainTextResponse("服务器内部出错，详见日志 · something went wrong; the log says what\n", 500)
