"""A browser without a network, and what a page tried to do in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest


@dataclass
class Visit:
    """A page that was opened, and everything it tried that a quiet page does not do."""

    page: Any
    requests: list[str] = field(default_factory=list)
    """Addresses asked for beside the page itself; all were refused."""
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    """Uncaught errors, and lines of the console that are errors: refusals by the page's own policy among them."""

    @property
    def quiet(self) -> bool:
        """Whether the page asked for nothing, showed no dialog and met no error."""
        return not (self.requests or self.dialogs or self.errors)


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Visit]]:
    """Open a file as a person would: ``visit(path, dark=True, width=390, height=844)``; other options go to Playwright.

    Nothing but the file itself is let through.
    """
    contexts: list[Any] = []

    def opened(path: Path, *, dark: bool = False, width: int = 1440, height: int = 900, **options: Any) -> Visit:
        context = browser.new_context(
            color_scheme="dark" if dark else "light", viewport={"width": width, "height": height}, **options
        )
        contexts.append(context)
        page = context.new_page()
        found = Visit(page)
        own = path.resolve().as_uri()

        def route(request: Any) -> None:
            if request.request.url.partition("#")[0].partition("?")[0] == own:
                request.continue_()
            else:
                found.requests.append(request.request.url)
                request.abort()

        def dialog(shown: Any) -> None:
            found.dialogs.append(shown.message)
            shown.dismiss()

        context.route("**/*", route)
        page.on("dialog", dialog)
        page.on("pageerror", lambda error: found.errors.append(str(error)))
        page.on("console", lambda line: found.errors.append(line.text) if line.type == "error" else None)
        page.goto(own)
        return found

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def violations() -> Callable[[Visit], list[str]]:
    """What axe-core finds serious or critical on a page: one line each, with the first place."""

    def found(visit: Visit) -> list[str]:
        from axe_playwright_python.base import AXE_FILE_PATH

        # Evaluated through the debugger, because the page's own policy lets no script in.
        visit.page.evaluate(Path(AXE_FILE_PATH).read_text(encoding="utf-8"))
        result = visit.page.evaluate("() => axe.run()")
        return [
            f"{item['impact']} {item['id']}: {item['help']} ({len(item['nodes'])}) {item['nodes'][0]['html'][:200]}"
            for item in result["violations"]
            if item["impact"] in ("serious", "critical")
        ]

    return found
