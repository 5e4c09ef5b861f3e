"""Who may ask, and what every answer carries: Host, Origin, token, security headers, a line in the log.

A page of another site can make a browser ask this machine: under its own name, once its name server says so (DNS
rebinding: the Host is not ours), or plainly across origins (the Origin is not ours). Both are refused.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import json
import logging
import re
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger("kg.serve")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[\w.-]+)(?::\d{1,5})?", re.ASCII)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class Admission:
    """Who may ask."""

    names: frozenset[str]
    """Hosts under which the server may be asked, in small letters; empty for any."""
    token: str = ""
    """What clients must show; empty for nothing."""


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: Starlette, admission: Admission) -> None:
        self.app, self._admission = app, admission

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it; log it either way."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        id, started, status, size = uuid.uuid4().hex[:16], time.perf_counter(), 0, 0
        details: dict[str, object] = {}
        scope.setdefault("state", {})["log"] = details

        async def noting(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = id
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("content-security-policy", _POLICY)
                headers.setdefault("cache-control", "no-cache")
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        refusal = self._refusal(scope)
        try:
            await (refusal or self.app)(scope, receive, noting)
        except asyncio.CancelledError:
            # The server stops, and has waited long enough for the rest of the request.
            if not status:
                await _plain("the server is stopping", 503)(scope, receive, noting)
        finally:
            line = {
                "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "id": id, "method": scope["method"],
                # The path alone: what follows the question mark may hold what is nobody's business.
                "path": scope["path"], "status": status, "ms": round((time.perf_counter() - started) * 1000, 1),
                "bytes": size, "client": (scope.get("client") or ("",))[0], **details,
            }  # fmt: skip
            LOG.info(json.dumps(line, ensure_ascii=False))

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        named = _HOST.fullmatch(host)
        if not named or (self._admission.names and named["name"].lower() not in self._admission.names):
            return _plain("this server is not asked under that name (Host); name others with --name", 403)
        origin = headers.get("origin")
        if origin is not None and origin.rpartition("://")[2].lower() != host.lower():
            return _plain("pages of other sites may not ask this server (Origin)", 403)
        if headers.get("sec-fetch-site") in ("cross-site", "same-site") and headers.get("sec-fetch-mode") != "navigate":
            return _plain("pages of other sites may not ask this server (Sec-Fetch-Site)", 403)
        if self._admission.token and scope["path"] != "/health" and not self._shown(headers):
            asked = {"WWW-Authenticate": 'Bearer realm="kg", Basic realm="kg", charset="UTF-8"'}
            return _plain("show the token of this server: Authorization: Bearer TOKEN", 401, asked)
        return None

    def _shown(self, headers: Headers) -> bool:
        scheme, _, words = headers.get("authorization", "").partition(" ")
        words = words.strip()
        if scheme.lower() == "basic":
            # A browser can only ask for a name and a password: any name will do, the token is the password.
            try:
                words = base64.b64decode(words, validate=True).decode().partition(":")[2]
            except (binascii.Error, UnicodeDecodeError):
                return False
        elif scheme.lower() != "bearer":
            return False
        return hmac.compare_digest(words.encode(), self._admission.token.encode())


def _plain(words: str, status: int, headers: Mapping[str, str] | None = None) -> PlainTextResponse:
    return PlainTextResponse(f"{words}\n", status, headers)
