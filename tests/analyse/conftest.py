"""Toy builds: every statement of them is written out in the test that measures it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import kg
from kg.builds import graph
from kg.builds.manifest import Manifest, Source, file_digest
from kg.chinese.places.divisions import by_code
from kg.identity import normal
from kg.link import link
from kg.model import Entity, Evidence, Metadata, Post, Reading

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@dataclass
class Toy:
    """One article: who uses which slogan, who holds which post, who owns which initiative.

    Bodies are written as codes (``230102``: the committee of the consultative conference of that district).
    """

    doc: str
    date: str | None = None
    home: str | None = None
    uses: Sequence[tuple[str, str]] = ()
    """(slogan, code of the user)"""
    sections: dict[str, str] = field(default_factory=dict)
    """Section by slogan."""
    posts: Sequence[tuple[str, str, str]] = ()
    """(person, title, code of the body)"""
    owned: Sequence[tuple[str, str]] = ()
    """(initiative, code of the owner)"""
    parts: Sequence[tuple[str, str]] = ()
    """(name of the organ, code of the body it is part of)"""
    text: str = ""
    """Text in which every 《》 is a document; what else is said comes after it."""


def committee(code: str) -> str:
    return f"{by_code(code).name}政协"


def reading(toy: Toy) -> tuple[Reading, str]:
    """The reading of a toy article, and its text, in which each statement has words of its own."""
    text = toy.text

    def words(quote: str, rule: str, *supports: str, section: str = "") -> Evidence:
        nonlocal text
        start = len(text)
        text += quote + "\n"
        return Evidence(start, start + len(quote), quote, section, rule, supports)

    entities: list[Entity] = []
    start = -1
    while (start := text.find("《", start + 1)) >= 0:
        end = text.index("》", start) + 1
        name = text[start + 1 : end - 1]
        entities.append(
            Entity(
                "Document", f"document/230100/{name}", name, (name,),
                (Evidence(start, end, text[start:end], "", "document.title"),),
            )
        )  # fmt: skip
    people: dict[str, list[tuple[str, str]]] = {}
    for person, title, code in toy.posts:
        people.setdefault(person, []).append((title, code))
    codes = sorted({
        *(code for _, code in (*toy.uses, *toy.owned, *toy.parts)), *(code for _, _, code in toy.posts)
    })  # fmt: skip
    for code in codes:
        name = committee(code)
        evidence = (words(name, "body.name"),)
        entities.append(Entity("Organisation", f"body/{code}/CPPCC", name, (name,), evidence, kind="CPPCC"))
    for name, code in toy.parts:
        whole = committee(code)
        evidence = (words(f"{whole}{name}", "body.organ", f"part_of={whole}"),)
        entities.append(
            Entity(
                "Organisation", f"body/{code}/CPPCC/{name}", whole + name, (), evidence, kind="Committee", part_of=whole
            )
        )
    users: dict[str, list[str]] = {}
    for slogan, code in toy.uses:
        users.setdefault(slogan, []).append(committee(code))
    for slogan, names in users.items():
        evidence = (words(f"“{slogan}”", "slogan.quoted", section=toy.sections.get(slogan, "")),)
        entities.append(
            Entity("Slogan", f"slogan/{normal(slogan)}", slogan, (slogan,), evidence, kind="Theme", users=tuple(names))
        )
    for person, held in people.items():
        posts = tuple(Post(title, committee(code)) for title, code in held)
        evidence = (words(person, "person.name", *(f"posts={post.title}@{post.org}" for post in posts)),)
        entities.append(Entity("Person", f"person/{held[0][1]}/{person}", person, (person,), evidence, posts=posts))
    for name, code in toy.owned:
        evidence = (words(f"“{name}”", "initiative.quoted", f"owners={committee(code)}"),)
        entities.append(
            Entity(
                "Initiative",
                f"initiative/{code}/{name}",
                name,
                (name,),
                evidence,
                kind="Brand",
                owners=(committee(code),),
            )
        )
    meta = Metadata(title=toy.doc, date=toy.date, date_basis="stated" if toy.date else "unknown")
    sections = tuple(sorted(set(toy.sections.values())))
    found = Reading(toy.doc, f"{toy.doc}.txt", "utf-8", "ab" * 32, len(text), meta, toy.home, sections, tuple(entities))
    return found, text


def make(folder: Path, toys: Sequence[Toy]) -> kg.Build:
    """A build of toy articles in *folder*, in the order given."""
    from kg import readings as records

    (folder / "readings").mkdir(parents=True)
    (folder / "texts").mkdir()
    found = [reading(toy) for toy in toys]
    sources = []
    for one, text in found:
        (folder / "texts" / f"{one.doc}.txt").write_bytes(text.encode())
        (folder / "readings" / f"{one.doc}.json").write_text(records.dumps(one), encoding="utf-8")
        sources.append(Source(one.doc, one.path, "utf-8", one.sha256, one.length, "", ""))
    plain = [one for one, _ in found]
    links = link(plain, ())
    base = "https://w3id.org/tifa-kg/"
    counts = graph.write(plain, links, folder, base=base, maker=("0.1.0", "toy", "1"))
    hashes = {"graph.nq": file_digest(folder / "graph.nq")}
    manifest = Manifest("0.1.0", base, {}, {}, {}, tuple(sources), (), counts, {}, hashes)
    (folder / "manifest.json").write_text(manifest.dumps(), encoding="utf-8")
    return kg.open(folder)


@pytest.fixture
def toy_build(tmp_path: Path) -> Iterator[Callable[..., kg.Build]]:
    """Make a build of toy articles."""
    made: list[kg.Build] = []

    def build(*toys: Toy) -> kg.Build:
        made.append(make(tmp_path / f"toy{len(made)}", toys))
        return made[-1]

    yield build
    for one in made:
        one.close()


@pytest.fixture
def toy() -> type[Toy]:
    return Toy


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Build]:
    """A build of the sample corpus."""
    out = tmp_path_factory.mktemp("analyse") / "out"
    kg.build(CORPUS, out, check="never")
    with kg.open(out) as build:
        yield build


@pytest.fixture(scope="session")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Build]:
    """A build of the five real articles."""
    out = tmp_path_factory.mktemp("real") / "out"
    kg.build(shared / "articles", out, check="never")
    with kg.open(out) as build:
        yield build
