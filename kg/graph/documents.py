"""The named graph of one document: its metadata, its claims, the passages they share, the uses of slogans."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b

from kg.graph.names import Names
from kg.graph.statements import CLASS, LABEL, TYPE, Description, Statement, coded, describe
from kg.graph.terms import decimal, integer, literal, node, point
from kg.identity import iri
from kg.model import Evidence, Metadata, Reading, Unresolved
from kg.vocab import DC, DCTERMS, KG, OA, RDF, SCHEMA

_ARTICLE_CLASS, _SCHEMA_ARTICLE = node(KG.Article), node(SCHEMA.Article)
_CLAIM, _PASSAGE_CLASS, _USE = node(KG.Claim), node(KG.Passage), node(KG.SloganUse)
_SUBJECT, _PREDICATE, _OBJECT = node(RDF.subject), node(RDF.predicate), node(RDF.object)
_RULE, _CONFIDENCE, _PASSAGE, _SECTION = node(KG.rule), node(KG.confidence), node(KG.passage), node(KG.section)
_START, _END, _EXACT, _ARTICLE = node(OA.start), node(OA.end), node(OA.exact), node(KG.article)
_TITLE, _DATE, _LANGUAGE = node(DCTERMS.title), node(DCTERMS.date), node(DCTERMS.language)
_BASIS, _JURISDICTION, _CHARACTERS = node(KG.dateBasis), node(KG.jurisdiction), node(KG.characters)
_MENTIONS, _HEADLINE = node(SCHEMA.mentions), node(SCHEMA.alternativeHeadline)
_CREATOR, _PUBLISHER, _COVERAGE, _SOURCE = node(DC.creator), node(DC.publisher), node(DC.coverage), node(DC.source)
_ATTESTED_IN, _ATTESTED_ON = node(KG.attestedIn), node(KG.attestedOn)
_SLOGAN, _USER, _USER_NAME = node(KG.slogan), node(KG.user), node(KG.userName)
_UNRESOLVED, _EXPECTED = node(KG.UnresolvedName), node(KG.expectedType)
_CANDIDATE, _REASON = node(KG.candidate), node(KG.reason)


def merged(*blocks: str) -> str:
    """One block of the distinct quads of several blocks of one subject."""
    return "\n".join(sorted({line for block in blocks for line in block.split("\n")}))


class DocumentGraph:
    """The quads of one document, and what it adds to the other graphs."""

    __slots__ = (
        "_base",
        "_claim_blocks",
        "_passages",
        "_stem",
        "_suffix",
        "article",
        "blocks",
        "districts",
        "entities",
        "identities",
        "labels",
        "reading",
        "rules",
        "triples",
    )

    def __init__(self, reading: Reading, canonical: Callable[[str], str], base: str) -> None:
        """Project *reading* under the identities that *canonical* gives."""
        self.reading = reading
        self._base = base
        self._stem = iri(reading.doc)
        self._suffix = f" {node(f'{base}graph/doc/{self._stem}')} ."
        self._passages: dict[tuple[int, int], str] = {}
        self.article = node(f"{base}article/{self._stem}")
        self.blocks: list[str] = []
        """N-Quads of the document's graph: single quads, and blocks of all quads of one subject, sorted."""
        self._claim_blocks: dict[str, str] = {}
        self.triples: set[str] = set()
        """Triples between entities, for the one graph of entities."""
        self.identities: list[str] = []
        """Triples of names that the text does not settle."""
        self.labels: list[tuple[str, str, bool]] = []
        """Names given: (node, name, whether it is the first choice for a label)."""
        self.entities: dict[str, str] = {}
        """Type by canonical identity."""
        self.districts: set[str] = set()
        """Codes of the districts that identities stand on."""
        self.rules: dict[str, str] = {}
        """Node by name of each rule used."""

        names = Names(reading.entities)
        self._metadata(reading)
        for entity in reading.entities:
            id = canonical(entity.id)
            self.entities[id] = entity.type
            code = coded(id)
            if code:
                self.districts.add(code)
            found = describe(entity, names, canonical, base)
            self.triples.update(found.triples)
            self.labels += found.labels
            self._claims(entity.id, found.statements, entity.confidence)
            self.blocks.append(f"{self.article} {_MENTIONS} {node(base + id)}{self._suffix}")
            self._attest(found)
            if entity.type == "Slogan":
                self._uses(entity.id, node(base + id), found, entity.evidence)
        for unresolved in reading.unresolved:
            self._open(unresolved, canonical)
        self.blocks.extend(self._claim_blocks.values())

    @property
    def claims(self) -> int:
        """Number of distinct claims."""
        return len(self._claim_blocks)

    @property
    def passages(self) -> int:
        """Number of distinct passages."""
        return len(self._passages)

    def _add(self, subject: str, *pairs: tuple[str, str]) -> None:
        suffix = self._suffix
        self.blocks.extend([f"{subject} {predicate} {object}{suffix}" for predicate, object in pairs])

    def _metadata(self, reading: Reading) -> None:
        meta: Metadata = reading.meta
        pairs = [
            (TYPE, _ARTICLE_CLASS),
            (TYPE, _SCHEMA_ARTICLE),
            (LABEL, literal(meta.title or reading.doc)),
            (_LANGUAGE, literal("zh")),
            (_BASIS, node(KG[meta.date_basis])),
            (_CHARACTERS, integer(reading.length)),
        ]
        for predicate, words in (
            (_TITLE, meta.title),
            (_HEADLINE, meta.subtitle),
            (_PUBLISHER, meta.publisher),
            (_COVERAGE, meta.place),
            (_SOURCE, meta.source),
            *((_CREATOR, author) for author in meta.authors),
        ):
            if words:
                pairs.append((predicate, literal(words)))
        if meta.date:
            pairs.append((_DATE, point(meta.date)))
        if reading.home:
            self.districts.add(reading.home)
            pairs.append((_JURISDICTION, node(f"{self._base}district/{reading.home}")))
        self._add(self.article, *pairs)

    def _passage(self, evidence: Evidence) -> str:
        key = (evidence.start, evidence.end)
        passage = self._passages.get(key)
        if passage is None:
            passage = f"<{self._base}passage/{self._stem}/{evidence.start}-{evidence.end}>"
            self._passages[key] = passage
            suffix = self._suffix
            section = f"\n{passage} {_SECTION} {literal(evidence.section)}{suffix}" if evidence.section else ""
            self.blocks.append(
                f"{passage} {TYPE} {_PASSAGE_CLASS}{suffix}\n"
                f"{passage} {_END} {integer(evidence.end)}{suffix}\n"
                f"{passage} {_EXACT} {literal(evidence.quote)}{suffix}\n"
                f"{passage} {_START} {integer(evidence.start)}{suffix}\n"
                f"{passage} {_ARTICLE} {self.article}{suffix}{section}"
            )
        return passage

    def _claims(self, id: str, statements: Iterable[Statement], confidence: float) -> None:
        """One claim a statement and rule. Its name rests on the identity as read, so that linking never renames it."""
        suffix, claims = self._suffix, self._claim_blocks
        # Lines stand in the order of their bytes.
        last = f"{_CONFIDENCE} {decimal(confidence)}{suffix}\n"
        for subject, predicate, object, evidence in statements:
            self.triples.add(f"{subject} {predicate} {object}")
            by_rule: dict[str, list[str]] = {}
            for item in evidence:
                by_rule.setdefault(item.rule, []).append(self._passage(item))
            for rule, passages in by_rule.items():
                key = blake2b(f"{id}\n{predicate}\n{object}\n{rule}".encode("utf-8", "surrogatepass"), digest_size=8)
                claim = f"<{self._base}claim/{self._stem}/{key.hexdigest()}>"
                if len(passages) > 1:
                    quoted = "".join([f"{claim} {_PASSAGE} {passage}{suffix}\n" for passage in sorted(set(passages))])
                else:
                    quoted = f"{claim} {_PASSAGE} {passages[0]}{suffix}\n"
                block = (
                    f"{claim} {_OBJECT} {object}{suffix}\n"
                    f"{claim} {_PREDICATE} {predicate}{suffix}\n"
                    f"{claim} {_SUBJECT} {subject}{suffix}\n"
                    f"{claim} {TYPE} {_CLAIM}{suffix}\n"
                    f"{claim} {last}{quoted}"
                    f"{claim} {_RULE} {self._rule(rule)}{suffix}"
                )
                known = claims.get(claim)
                # A value that a record gives twice is one claim.
                claims[claim] = block if known is None else merged(known, block)

    def _rule(self, rule: str) -> str:
        known = self.rules.get(rule)
        if known is None:
            known = self.rules[rule] = f"<{self._base}rule/{iri(rule)}>"
        return known

    def _attest(self, found: Description) -> None:
        for membership in found.memberships:
            self._add(membership, (_ATTESTED_IN, self.article))
            if self.reading.meta.date:
                self._add(membership, (_ATTESTED_ON, point(self.reading.meta.date)))

    def _uses(self, id: str, slogan: str, found: Description, evidence: tuple[Evidence, ...]) -> None:
        """A use for each user; where the text does not tell who speaks, one use by nobody in particular."""
        users: list[tuple[str | None, str, tuple[Evidence, ...]]] = list(found.users) or [(None, "", evidence)]
        meta = self.reading.meta
        for user, name, support in users:
            key = blake2b(f"{id}\n{user}\n{name}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
            use = f"<{self._base}use/{self._stem}/{key}>"
            pairs = [
                (TYPE, _USE),
                (_SLOGAN, slogan),
                (_ARTICLE, self.article),
                (_BASIS, node(KG[meta.date_basis])),
                *((_PASSAGE, self._passage(item)) for item in support),
            ]
            if user:
                pairs.append((_USER, node(self._base + user)))
            elif name:
                pairs.append((_USER_NAME, literal(name)))
            code = (coded(user) if user else None) or self.reading.home
            if code:
                pairs.append((_JURISDICTION, node(f"{self._base}district/{code}")))
            if meta.date:
                pairs.append((_DATE, point(meta.date)))
            suffix = self._suffix
            self.blocks.append(
                "\n".join(sorted({f"{use} {predicate} {object}{suffix}" for predicate, object in pairs}))
            )

    def _open(self, unresolved: Unresolved, canonical: Callable[[str], str]) -> None:
        evidence = unresolved.evidence
        span = f"{evidence.start}-{evidence.end}"
        name = node(f"{self._base}unresolved/{self._stem}/{span}/{iri(unresolved.type)}")
        expected = CLASS.get(unresolved.type)
        self.districts.update(code for id in unresolved.candidates if (code := coded(id)))
        for predicate, object in (
            (TYPE, _UNRESOLVED),
            (LABEL, literal(evidence.quote)),
            (_ARTICLE, self.article),
            (_PASSAGE, self._passage(evidence)),
            (_REASON, literal(unresolved.reason)),
            (_EXPECTED, node(expected[0]) if expected else literal(unresolved.type)),
            *((_CANDIDATE, node(self._base + canonical(id))) for id in unresolved.candidates),
        ):
            self.identities.append(f"{name} {predicate} {object}")
