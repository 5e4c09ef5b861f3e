"""SPARQL 1.1 Protocol: queries by GET, by a form and as they are; updates are refused.

https://www.w3.org/TR/sparql11-protocol/; the description of the service:
https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

import asyncio
import hashlib
from email.message import Message
from pathlib import Path
from string import Template
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kg.errors import LimitError, QueryError
from kg.serve.engine import Answer, Pool, Question, UnacceptableError
from kg.serve.formats import GRAPHS, Format, negotiate

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_PAGE = Format("html", "text/html")


class RefusedError(Exception):
    """A request that is not answered: a status and why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


async def sparql(request: Request) -> Response:
    """The endpoint."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": ", ".join(METHODS)})
    if request.method not in METHODS:
        return PlainTextResponse("ask by GET or POST\n", 405, {"Allow": ", ".join(METHODS)})
    pool: Pool = request.app.state.pool
    try:
        if request.method != "POST" and not request.url.query:
            return await _description(request)
        asked = question(
            request.method, request.url.query, request.headers.get("content-type"),
            await _body(request, pool.limits.request * 1024), request.headers.get("accept", "*/*"),
        )  # fmt: skip
        request.state.log["query"] = hashlib.sha256(asked.query.encode()).hexdigest()[:12]
        if len(asked.query.encode()) > pool.limits.request * 1024:
            raise RefusedError(413, f"the query is longer than {pool.limits.request} KB")
        answer = await attended(request, pool, asked)
    except RefusedError as error:
        return PlainTextResponse(
            f"{error}\n", error.status, {"Allow": ", ".join(METHODS)} if error.status == 405 else None
        )
    except QueryError as error:
        return failure(request, error)
    request.state.log["rows"] = answer.rows
    return Response(
        answer.body,
        headers={
            "Content-Type": answer.media if "json" in answer.media else f"{answer.media}; charset=utf-8",
            "Vary": "Accept",
        },
    )


def failure(request: Request, error: QueryError) -> Response:
    """What a client is told of a query that failed."""
    words = f"{error}\n"
    request.state.log["error"] = type(error).__name__
    if isinstance(error, LimitError):
        return PlainTextResponse(words, 503, {"Retry-After": "5"} if error.passing else None)
    return PlainTextResponse(words, 406 if isinstance(error, UnacceptableError) else 400)


async def attended(request: Request, pool: Pool, asked: Question) -> Answer:
    """The answer, as long as the client is there: a query nobody waits for any more is ended."""
    asking = asyncio.ensure_future(pool.ask(asked))
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait((asking, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            raise LimitError("the client has gone", passing=False)
        return asking.result()
    finally:
        leaving.cancel()
        asking.cancel()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _body(request: Request, most: int) -> bytes:
    # A letter of Chinese takes nine bytes in a form and three as it is.
    most = 4 * most
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise RefusedError(413, "the request is larger than this server takes")
    return bytes(body)


def question(method: str, search: str, content: str | None, body: bytes, accept: str) -> Question:
    """What a request asks; raises :class:`RefusedError`."""
    message = Message()
    message["content-type"] = content or ""
    kind, charset = message.get_content_type() if content else "", message.get_content_charset() or "utf-8"
    if method == "POST":
        if kind == "application/sparql-update":
            raise RefusedError(403, "updates are refused: the graph is read only")
        if kind not in (_FORM, _QUERY):
            raise RefusedError(415, f"send a query as {_QUERY}, or as a form ({_FORM})")
        if charset.lower().replace("_", "-") not in ("utf-8", "utf8", "us-ascii"):
            raise RefusedError(415, "send a query in UTF-8")
    pairs = _pairs(body.decode("ascii", "replace") if kind == _FORM and method == "POST" else search)
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in pairs):
        raise RefusedError(403, "updates are refused: the graph is read only")
    queries = [value for name, value in pairs if name == "query"]
    if method == "POST" and kind == _QUERY:
        if queries:
            raise RefusedError(400, "a query is in the body and another in the address; send one")
        try:
            queries = [body.decode("utf-8")]
        except UnicodeDecodeError as error:
            raise RefusedError(400, f"the query is not UTF-8 at byte {error.start}") from error
    if len(queries) != 1:
        raise RefusedError(400, f"there are {len(queries)} parameters named query; send one")
    default = tuple(value for name, value in pairs if name == "default-graph-uri")
    named = tuple(value for name, value in pairs if name == "named-graph-uri")
    given = bool(default or named)
    return Question(queries[0], accept, default=default if given else None, named=named if given else None)


def _pairs(words: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(words, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError as error:
        raise RefusedError(400, "the request is not UTF-8 in its per cents") from error
    except ValueError as error:
        raise RefusedError(400, "the request has too many parameters") from error


async def _description(request: Request) -> Response:
    """What the endpoint is, in RDF; people are led to the query page."""
    import pyoxigraph as ox

    formats = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD,
               "rdfxml": ox.RdfFormat.RDF_XML}  # fmt: skip
    chosen = negotiate(request.headers.get("accept", "*/*"), (*GRAPHS, _PAGE))
    if chosen is None:
        raise RefusedError(406, "the description of this service comes as " + ", ".join(kind.media for kind in GRAPHS))
    if chosen[0] is _PAGE:
        return RedirectResponse("/", 303)
    address = f"{request.url.scheme}://{request.headers['host']}/sparql"
    template = Template((Path(__file__).parent / "service.ttl").read_text(encoding="utf-8"))
    triples = ox.parse(template.substitute(address=address).encode(), format=ox.RdfFormat.TURTLE)
    found = ox.serialize((quad.triple for quad in triples), format=formats[chosen[0].name])
    return Response(found, headers={"Content-Type": chosen[1], "Vary": "Accept"})
