"""pyvis as the model and generator of the page: its ``Network`` with our own template.

Of pyvis 0.3.2 only the list of nodes and edges, the options and ``generate_html`` are used. Its own template loads
style sheets from the network, its ``write_html`` writes in the locale's encoding, and titles of nodes become HTML.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyvis
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from pyvis.network import Network

from kg.explore import bundle
from kg.explore.atlas import Atlas
from kg.explore.columns import columns

_LIBRARY = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
_PACKED = 600_000
"""Bytes of JSON from which on the data are compressed: below, a page can be read with any editor."""


class PageNetwork(Network):  # type: ignore[misc] # because pyvis has no types
    """A directed network whose identities are prefixed numbers and whose page asks nothing of the network."""

    def __init__(self, template: str = "page.html") -> None:
        """An empty network, shown by a template of ours."""
        super().__init__(directed=True, cdn_resources="in_line")
        self.templateEnv = _environment()
        self.path = template
        self.options = json.loads((bundle.STATIC / "options.json").read_text(encoding="utf-8"))
        self.data: dict[str, Any] = {}

    def add_node(self, n_id: int, label: str, group: int, x: float, y: float) -> None:
        """Add an entity; pyvis looks identities up in a list, which takes quadratic time."""
        self.nodes.append({"id": f"n{n_id}", "label": label, "group": group, "x": x, "y": y})

    def add_edge(self, source: int, to: int, group: int, label: str) -> None:
        """Add a relation, beside any other between the same two."""
        self.edges.append(
            {"id": f"e{len(self.edges)}", "from": f"n{source}", "to": f"n{to}", "group": group, "label": label}
        )

    def add_atlas(self, atlas: Atlas, positions: Mapping[str, tuple[float, float]]) -> None:
        """Add all entities and relations of an atlas, and keep what is said of them for the page."""
        self.data = columns(atlas, positions)
        nodes, edges = self.data["nodes"], self.data["edges"]
        for place, row in enumerate(zip(*(nodes[name] for name in ("label", "group", "x", "y")), strict=True)):
            self.add_node(place, *row)
        for row in zip(*(edges[name] for name in ("from", "to", "group", "label")), strict=True):
            self.add_edge(*row)

    def generate_html(self, **words: Any) -> str:
        """The page; *words* are its title, language, focus and links."""
        found = self.data | {"options": self.options} | {name: words[name] for name in ("title", "language", "focus")}
        plain = json.dumps(found, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        large = len(plain) > _PACKED
        library, script = _LIBRARY.read_text(encoding="utf-8"), bundle.script()
        return str(
            self.templateEnv.get_template(self.path).render(
                **words,
                data=_packed(plain) if large else _inert(plain),
                data_type="application/gzip+base64" if large else "application/json",
                library=library,
                script=script,
                policy=_policy(library, script),
            )
        )


def template(name: str) -> Template:
    """A template of ours, filled in with its style sheet."""
    return _environment().get_template(name)


def _environment() -> Environment:
    folder = Path(__file__).with_name("templates")
    found = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    found.globals["sheet"] = bundle.style
    return found


def _inert(text: str) -> str:
    """JSON in which nothing can end the element that holds it."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _packed(text: str) -> str:
    return base64.b64encode(gzip.compress(text.encode("utf-8", "replace"), 9, mtime=0)).decode("ascii")


def _policy(*scripts: str) -> str:
    """What the page may do: run these scripts, use styles and pictures of its own, and nothing else."""
    digests = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode('ascii')}'" for script in scripts
    )
    return (
        f"default-src 'none'; script-src {digests}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
