"""Fixtures for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and their gold beside the checkout; tests that need it skip where it is absent."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "articles").is_dir():
        pytest.skip("the folder of real articles is not beside this checkout")
    return folder


# Of a module, because Playwright keeps an event loop running as long as it is open, and other tests start their own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless Chromium; without it tests are skipped, and fail where CI=true."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing_tool("playwright is not installed: pip install playwright")
    if not CHROMIUM.exists():
        missing_tool(f"{CHROMIUM} is missing: apt-get install chromium fonts-noto-cjk, or set CHROMIUM")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield found
        found.close()


def missing_tool(reason: str) -> NoReturn:
    """Skip a test that wants a tool which is not here; where CI=true, fail it."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
