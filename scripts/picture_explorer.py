"""The pictures of the explorer in docs/images, from the sample corpus: ``python scripts/picture_explorer.py``.

Needs Chromium (``CHROMIUM`` names it) and playwright.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

import kg

ROOT = Path(__file__).resolve().parents[1]
BODY = "body%2F230112%2FCPPCC"
PICTURES = {
    "explorer-neighbourhood": ("light", f"v=near&f={BODY}&n={BODY}", ""),
    "explorer-slogans": ("dark", "v=shared", "document.querySelector('.heat.h5').click()"),
}
"""Name of the file: colours, what is shown, what is clicked."""


def main() -> None:
    """Build the sample corpus, open its page, write the pictures."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        build = kg.build(ROOT / "corpus", Path(folder, "build"), check="never")
        page_file = build.explore(title="样本语料：哈尔滨政协").save(Path(folder, "graph.html"))
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (colours, fragment, click) in PICTURES.items():
            context = browser.new_context(
                color_scheme="dark" if colours == "dark" else "light", locale="zh-CN", reduced_motion="reduce",
                viewport={"width": 1280, "height": 690}, offline=True,
            )  # fmt: skip
            page = context.new_page()
            page.goto(f"{page_file.as_uri()}#{fragment}")
            page.wait_for_selector("html[data-ready=yes]")
            if click:
                page.evaluate(click)
            page.wait_for_timeout(600)
            page.screenshot(path=ROOT / "docs" / "images" / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
