"""Projections of bodies and people: initiatives they own, posts they share, bodies they are part of."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Annotated

from kg.analyse.cut import WHOLE, Cut
from kg.analyse.ground import Ground, refuse_empty
from kg.analyse.registry import projection
from kg.analyse.ties import Ties, joined, linked
from kg.builds.opened import Build
from kg.vocab import ORG

if TYPE_CHECKING:
    import networkx as nx


@projection(
    "bodies-initiatives",
    title_zh="机构—举措",
    title_en="Bodies and the initiatives they own",
    edges={
        "weight": "number of documents that state that the body launched or runs the initiative",
        "statements": "number of claims",
        "evidence": "IRIs of the claims",
    },
    source="two-mode network: Borgatti and Everett (1997)",
)
def bodies_initiatives(build: Build, *, cut: Cut = WHOLE) -> nx.Graph:
    """Two-mode graph of bodies or districts (side 0) and the initiatives they launched or run (side 1).

    The owner's district decides of level and place. Owners that the text names without saying who they are stay out.
    """
    ground = Ground(build, cut)
    ties = Ties()
    for claim, initiative, owner, article, _ in ground.relations("owner"):
        ties.add(owner, initiative, claim, article)
    if not ties.evidence:
        raise refuse_empty("initiative with an owner", cut)
    return ties.graph(ground, parts=lambda id: int(id.startswith("initiative/")))


@projection(
    "officials-shared-posts",
    title_zh="官员共事",
    title_en="Officials attested in one body at a time",
    edges={
        "weight": "number of bodies in which both are attested at most so many years apart",
        "shared": "identities of these bodies",
        "first": "first year in which both are attested there",
        "evidence": "IRIs of the claims of their posts",
    },
    source="affiliation network: Breiger (1974)",
)
def officials_shared_posts(
    build: Build,
    *,
    apart: Annotated[int, "Most years between the documents that attest the two."] = 0,
    cut: Cut = WHOLE,
) -> nx.Graph:
    """Graph of persons, joined where documents at most *apart* years apart attest a post of both in one body.

    A document's date attests a post, and is neither its first nor its last day: two who are joined were named in
    office in the same years, which is not yet that they worked together. Undated documents join nobody.
    """
    ground = Ground(build, cut)
    held: defaultdict[str, defaultdict[str, dict[int, set[str]]]] = defaultdict(lambda: defaultdict(dict))
    for claim, person, body, _, _, date in ground.ask("posts"):
        if date[:4].isdigit() and ground.keeps(ground.district(body), date):
            held[body][person].setdefault(int(date[:4]), set()).add(claim)
    shared: defaultdict[tuple[str, str], list[tuple[str, int, set[str]]]] = defaultdict(list)
    for body, people in held.items():
        for pair in combinations(sorted(people), 2):
            near = [
                (max(one, other), people[pair[0]][one] | people[pair[1]][other])
                for one in people[pair[0]]
                for other in people[pair[1]]
                if abs(one - other) <= apart
            ]
            if near:
                shared[pair].append((body, min(year for year, _ in near), set().union(*(ids for _, ids in near))))
    if not shared:
        raise refuse_empty("two persons with posts in one body at one time", cut)
    edges = {
        pair: {
            "weight": len(found),
            "shared": joined(body for body, _, _ in found),
            "first": min(year for _, year, _ in found),
            "evidence": joined(id for _, _, ids in found for id in ids),
        }
        for pair, found in shared.items()
    }
    return linked(ground, edges)


@projection(
    "organisation-hierarchy",
    title_zh="机构隶属",
    title_en="Bodies and what they are part of",
    edges={
        "weight": "number of documents that state it; 0 for a tie that only the gazetteer gives",
        "statements": "number of claims",
        "relation": "part of (stated) or superior (one kind of body, in the district directly above)",
        "evidence": "IRIs of the claims; empty for a tie that only the gazetteer gives",
    },
    source="W3C Organization Ontology (2014), org:subOrganizationOf",
)
def organisation_hierarchy(
    build: Build,
    *,
    superiors: Annotated[bool, "Join a body with the body of its kind in the district directly above, too."] = False,
    cut: Cut = WHOLE,
) -> nx.Graph:
    """Directed graph from an organ to the body it is part of.

    With *superiors* also from the main body of a kind in a district (``body/230102/CPPCC``) to that of the district
    above, which follows from the order of the state and is stated by no text: the relation of a committee of the
    consultative conference to a higher one is guidance (指导), not command.
    """
    ground = Ground(build, cut)
    ties = Ties()
    for claim, part, whole, article, _ in ground.relations(ORG.subOrganizationOf):
        ties.add(part, whole, claim, article)
    graph = ties.graph(ground, directed=True)
    for _, _, data in graph.edges(data=True):
        data["relation"] = "part of"
    if superiors:
        for part, whole in _superiors(ground):
            for id in (part, whole):
                graph.add_node(id, **ground.attributes(id))
            if not graph.has_edge(part, whole):
                graph.add_edge(part, whole, weight=0, statements=0, evidence="", relation="superior")
    if not graph.edges:
        raise refuse_empty("body that is part of another", cut)
    return graph


def _superiors(ground: Ground) -> list[tuple[str, str]]:
    """Main bodies of one kind, where both the lower and the higher are in the build and within the cut in place."""
    found = []
    for id, thing in ground.things.items():
        code, parts = ground.district(id), id.split("/")
        one = ground.districts.get(code)
        if thing.type != "Organisation" or len(parts) != 3 or one is None:
            continue
        above = f"body/{one.parent}/{parts[2]}"
        if parts[2] == thing.kind and above in ground.things and ground.keeps_place(code):
            found.append((id, above))
    return sorted(found)
