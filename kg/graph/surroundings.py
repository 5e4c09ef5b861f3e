"""The graphs beside the documents: gazetteer, formulae, coverage, identities, build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Protocol

from kg.graph.statements import ALT_LABEL, LABEL, TYPE, coded
from kg.graph.terms import integer, literal, node, point
from kg.identity import NATION, iri, normal, segment
from kg.model import Reading
from kg.vocab import DC, KG, PROV, SCHEMA, SKOS, TIFA, XSD

_LEVELS = ("nation", "province", "prefecture", "county", "township", "village")
_ZONES = ("开发区", "新区", "高新区", "园区", "景区", "风景区", "管理区", "示范区", "试验区", "保税区", "合作区")
_JURISDICTION, _PERIOD, _CODE, _LEVEL, _PARENT = (
    node(term) for term in (KG.jurisdiction, KG.period, KG.code, KG.level, KG.parent)
)


class Division(Protocol):
    """A division of the gazetteer."""

    @property
    def name(self) -> str:
        """Official name."""

    @property
    def level(self) -> int:
        """0 the nation, 1 province, 2 prefecture, 3 county, 4 township."""

    @property
    def parent(self) -> str:
        """Code of the division above."""


class Gazetteer(Protocol):
    """What the graph asks of the gazetteer: :mod:`kg.chinese.places`, or a stand-in for it."""

    def by_code(self, code: str) -> Division:
        """The division with this code, or KeyError."""


def _level_of_code(code: str) -> str:
    """Level that a GB/T 2260 code shows by itself; codes of nine and twelve digits are townships and villages.

    >>> _level_of_code("330000"), _level_of_code("330100"), _level_of_code("330106"), _level_of_code("330106009")
    ('province', 'prefecture', 'county', 'township')
    """
    if code == NATION:
        return "nation"
    if len(code) > 6:
        return "township" if len(code) == 9 else "village"
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


def level_of_name(name: str) -> str | None:
    """Level that the name of a district shows by its last word; None where it may be several.

    >>> level_of_name("灵隐街道"), level_of_name("桐庐县"), level_of_name("滨海新区管理区"), level_of_name("义乌市")
    ('township', 'county', 'zone', None)
    """
    for level, endings in (
        ("zone", _ZONES),
        ("village", ("村", "社区", "嘎查", "居委会", "屯")),
        ("township", ("镇", "乡", "街道", "苏木", "办事处")),
        ("prefecture", ("自治州", "地区", "盟")),
        ("province", ("省", "自治区")),
        ("county", ("县", "旗", "区")),
    ):
        if name.endswith(endings):
            return level
    return None


def gazetteer(
    codes: Iterable[str], said: Mapping[str, tuple[str, str | None]], places: Gazetteer | None, base: str
) -> tuple[set[str], dict[str, str]]:
    """Triples of the districts with these codes and of all above them, and their names by node.

    What the gazetteer does not know is described as the readings have it: *said* gives name and code of the parent.
    """
    triples: set[str] = set()
    names: dict[str, str] = {}
    waiting = set(codes)
    done: set[str] = set()
    while waiting:
        code = waiting.pop()
        done.add(code)
        name, level, parent = _division(code, said, places)
        district = node(f"{base}district/{code}")
        triples |= {
            f"{district} {TYPE} {node(KG.District)}",
            f"{district} {TYPE} {node(SCHEMA.AdministrativeArea)}",
            f"{district} {_CODE} {literal(code)}",
            f"{district} {_LEVEL} {node(KG[level])}",
            *([f"{district} {LABEL} {literal(name)}"] if name else []),
        }
        if name:
            names[district] = name
        if parent:
            triples.add(f"{district} {_PARENT} {node(f'{base}district/{parent}')}")
            if parent not in done:
                waiting.add(parent)
    return triples, names


def _division(
    code: str, said: Mapping[str, tuple[str, str | None]], places: Gazetteer | None
) -> tuple[str, str, str | None]:
    if code == NATION:
        return "中华人民共和国", "nation", None
    if places is not None:
        try:
            found = places.by_code(code)
        except KeyError:
            pass  # because a reader may know a code that the gazetteer does not
        else:
            level = _LEVELS[found.level] if 0 <= found.level < len(_LEVELS) else _level_of_code(code)
            return found.name, level, found.parent or None
    name, parent = said.get(code, ("", None))
    if parent is None:
        above = code[:6] if len(code) > 6 else f"{code[:4]}00" if code[4:] != "00" else f"{code[:2]}0000"
        parent = above if above != code else NATION
    return name, _level_of_code(code), parent


@lru_cache(maxsize=1)
def _formulae() -> dict[str, tuple[str, str, tuple[str, ...], str]]:
    """name, kind, parts, year of each national formula by its normalised words."""
    path = files("kg.lexicon").joinpath("formulae.tsv")
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {
        normal(name): (name, kind, tuple(parts.split("|")) if parts else (), year) for name, kind, parts, year in rows
    }


def formulae(entities: Mapping[str, str], base: str) -> set[str]:
    """Triples of the national formulae among the slogans and initiatives: which they are, their level and year.

    A slogan is a formula by its normalised words, an initiative by its name.
    """
    triples: set[str] = set()
    known = {segment(words): row for words, row in _formulae().items()}
    for id, type in entities.items():
        if type not in ("Slogan", "Initiative"):
            continue
        words = segment(normal(_last(id)))
        if words not in known:
            continue
        name, kind, _, year = known[words]
        formula = node(TIFA + words)
        triples |= {
            f"{node(base + id)} {node(SKOS.exactMatch)} {formula}",
            f"{formula} {TYPE} {node(KG.Formula)}",
            f"{formula} {LABEL} {literal(name)}",
            f"{formula} {node(KG.kind)} {node(KG[kind])}",
            f"{formula} {_LEVEL} {node(KG.nation)}",
        }
        if year:
            triples.add(f'{formula} {node(KG.year)} "{year}"^^{node(XSD.gYear)}')
    return triples


def labels(
    given: Mapping[str, Counter[str]], preferred: Mapping[str, Counter[str]], official: Mapping[str, str]
) -> set[str]:
    """Triples of one label a node, and of its other names.

    The gazetteer's name comes first and stands in the gazetteer; then the name that most records of the node itself
    bear, the first of equals in the order of characters.
    """
    triples: set[str] = set()
    for subject, names in given.items():
        label = official.get(subject)
        if label is None:
            choices = preferred.get(subject) or names
            label = min(choices, key=lambda name: (-choices[name], name))
            triples.add(f"{subject} {LABEL} {literal(label)}")
        triples |= {f"{subject} {ALT_LABEL} {literal(name)}" for name in names if name != label}
    return triples


def _last(id: str) -> str:
    return id.rpartition("/")[2]


def coverage(readings: Sequence[Reading], base: str) -> set[str]:
    """Triples that count articles and characters by jurisdiction, month (or year) and publisher."""
    articles: Counter[tuple[str, str, str]] = Counter()
    characters: Counter[tuple[str, str, str]] = Counter()
    for reading in readings:
        key = (reading.home or "", (reading.meta.date or "")[:7], reading.meta.publisher)
        articles[key] += 1
        characters[key] += reading.length
    triples: set[str] = set()
    for (home, month, publisher), count in articles.items():
        record = node(base + iri("coverage", home or "-", month or "-", publisher or "-"))
        triples |= {
            f"{record} {TYPE} {node(KG.Coverage)}",
            f"{record} {node(KG.articles)} {integer(count)}",
            f"{record} {node(KG.characters)} {integer(characters[home, month, publisher])}",
        }
        if home:
            triples.add(f"{record} {_JURISDICTION} {node(f'{base}district/{home}')}")
        if month:
            triples.add(f"{record} {_PERIOD} {point(month)}")
        if publisher:
            triples.add(f"{record} {node(DC.publisher)} {literal(publisher)}")
    return triples


class Pair(Protocol):
    """Two identities that may be one."""

    @property
    def first(self) -> str:
        """One identity."""

    @property
    def second(self) -> str:
        """The other."""

    @property
    def reason(self) -> str:
        """Why they may be one."""


class Links(Protocol):
    """What the graph asks of the linker: the one identity for each, why, and what stays open."""

    @property
    def candidates(self) -> Sequence[Pair]:
        """Pairs that may be one and are not decided."""

    def canonical(self, id: str) -> str:
        """The identity that *id* is read as; itself if nothing links it."""

    def reason(self, id: str) -> str:
        """Why *id* is read as its canonical identity: one sentence."""


def identities(readings: Iterable[Reading], links: Links, base: str) -> set[str]:
    """Triples of what was linked and why, and of pairs that may be one."""
    triples: set[str] = set()
    for reading in readings:
        for entity in reading.entities:
            canonical = links.canonical(entity.id)
            if canonical != entity.id:
                here = node(base + entity.id)
                triples |= {
                    f"{here} {LABEL} {literal(entity.name)}",
                    f"{here} {node(KG.identifiedWith)} {node(base + canonical)}",
                    f"{here} {node(KG.reason)} {literal(links.reason(entity.id))}",
                }
    for pair in links.candidates:
        first, second = node(base + links.canonical(pair.first)), node(base + links.canonical(pair.second))
        triples |= {
            f"{first} {node(KG.candidate)} {second}",
            f"{second} {node(KG.candidate)} {first}",
            f"{first} {node(KG.reason)} {literal(pair.reason)}",
            f"{second} {node(KG.reason)} {literal(pair.reason)}",
        }
    return triples


@dataclass(frozen=True, slots=True)
class Maker:
    """What made a build, for its provenance: no clock time, so that the same input gives the same bytes."""

    version: str
    """Of this package."""
    reader: str = ""
    reader_version: str = ""


def provenance(readings: Sequence[Reading], rules: Iterable[str], maker: Maker, base: str) -> set[str]:
    """Triples of the build: the software, the reader and its rules, and the files read with their digests."""
    build = node(f"{base}build")
    triples = {f"{build} {TYPE} {node(PROV.Activity)}", f"{build} {LABEL} {literal('kg build')}"}
    for name, version in (("tifa-kg", maker.version), (maker.reader, maker.reader_version)):
        if name:
            agent = node(base + iri("software", name, version))
            triples |= {
                f"{build} {node(PROV.wasAssociatedWith)} {agent}",
                f"{agent} {TYPE} {node(PROV.SoftwareAgent)}",
                f"{agent} {LABEL} {literal(name)}",
                f"{agent} {node(SCHEMA.softwareVersion)} {literal(version)}",
            }
    for rule in rules:
        plan = node(base + iri("rule", rule))
        triples |= {
            f"{plan} {TYPE} {node(KG.Rule)}",
            f"{plan} {TYPE} {node(PROV.Plan)}",
            f"{plan} {LABEL} {literal(rule)}",
        }
    for reading in readings:
        article = node(base + iri("article", reading.doc))
        triples.add(f"{build} {node(PROV.used)} {article}")
        triples.add(f"{article} {node(KG.sha256)} {literal(reading.sha256)}")
    return triples


def uncoded_levels(entities: Mapping[str, str], names: Mapping[str, str], base: str) -> set[str]:
    """Triples of the level of districts without a code, as far as their names show it."""
    triples: set[str] = set()
    for id, type in entities.items():
        if type == "District" and (coded(id) is None or id.count("/") > 1):
            level = level_of_name(names.get(id, ""))
            if level:
                triples.add(f"{node(base + id)} {_LEVEL} {node(KG[level])}")
    return triples
