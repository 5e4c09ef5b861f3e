"""A reading as the graph shows it: without what people rejected, under the names they chose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg.link.links import Links
from kg.model import REFERENCES, Entity, Evidence, Post, Reading


def view(reading: Reading, links: Links) -> Reading:
    """*reading* under *links*; the same object where they change nothing in it."""
    if not (links.rejected or links.names):
        return reading
    kept = tuple(item for item in reading.entities if not _rejected(item.id, links))
    renamed: dict[tuple[str, str], str] = {}
    for item in kept:
        name = links.names.get(links.canonical(item.id))
        if name and name != item.name:
            renamed[item.type, item.name] = name
    if len(kept) == len(reading.entities) and not renamed:
        return reading
    known = {(item.type, item.name) for item in kept}
    return replace(reading, entities=tuple(_renamed(item, renamed, known, links) for item in kept))


def _rejected(id: str, links: Links) -> bool:
    return id in links.rejected or links.canonical(id) in links.rejected


def _renamed(item: Entity, names: dict[tuple[str, str], str], known: set[tuple[str, str]], links: Links) -> Entity:
    def reference(field: str, name: str) -> str:
        for type in REFERENCES[field]:
            if (type, name) in known:
                return names.get((type, name), name)
        return name

    changes: dict[str, Any] = {}
    supports: dict[str, str] = {}
    for field in REFERENCES:
        if field == "posts":
            continue
        value = getattr(item, field)
        values = value if isinstance(value, tuple) else (value,) if value else ()
        new = tuple(reference(field, name) for name in values)
        if new != values:
            changes[field] = new if isinstance(value, tuple) else new[0]
            supports |= {f"{field}={old}": f"{field}={name}" for old, name in zip(values, new, strict=True)}
    posts = tuple(Post(post.title, reference("org", post.org) if post.org else post.org) for post in item.posts)
    if posts != item.posts:
        changes["posts"] = posts
        supports |= {
            f"posts={old.title}@{old.org}": f"posts={new.title}@{new.org}"
            for old, new in zip(item.posts, posts, strict=True)
            if old.org
        }
    own = links.names.get(links.canonical(item.id))
    if own and own != item.name:
        changes["name"] = own
        if item.name not in item.surfaces:
            changes["surfaces"] = (*item.surfaces, item.name)
    if supports:
        changes["evidence"] = tuple(_supporting(evidence, supports) for evidence in item.evidence)
    return replace(item, **changes) if changes else item


def _supporting(evidence: Evidence, names: dict[str, str]) -> Evidence:
    supports = tuple(names.get(words, words) for words in evidence.supports)
    return evidence if supports == evidence.supports else replace(evidence, supports=supports)
