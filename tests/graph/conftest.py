"""A small invented corpus, and stand-ins for the linker and the gazetteer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import pytest

from kg.graph.project import Projection, project
from kg.graph.surroundings import Maker
from kg.model import Entity, Evidence, Metadata, Post, Reading, Unresolved


class Division(NamedTuple):
    code: str
    name: str
    level: int
    parent: str


class Places:
    """A few divisions."""

    _all = {  # noqa: RUF012 because nothing changes it
        "330000": Division("330000", "浙江省", 1, "100000"),
        "330100": Division("330100", "杭州市", 2, "330000"),
        "330106": Division("330106", "西湖区", 3, "330100"),
        "320000": Division("320000", "江苏省", 1, "100000"),
        "320100": Division("320100", "南京市", 2, "320000"),
        "320106": Division("320106", "鼓楼区", 3, "320100"),
        "320300": Division("320300", "徐州市", 2, "320000"),
        "320302": Division("320302", "鼓楼区", 3, "320300"),
        "330122": Division("330122", "桐庐县", 3, "330100"),
    }

    def by_code(self, code: str) -> Division:
        return self._all[code]


@dataclass(frozen=True)
class Pair:
    first: str
    second: str
    reason: str


@dataclass(frozen=True)
class StubLinks:
    """Everything stands for itself, unless told otherwise."""

    same: dict[str, str] = field(default_factory=dict)
    candidates: tuple[Pair, ...] = ()

    def canonical(self, id: str) -> str:
        return self.same.get(id, id)

    def reason(self, id: str) -> str:
        return "A person decided so." if id in self.same else "Equal identities are one."


def words(text: str, quote: str, rule: str, *supports: str, section: str = "西湖区政协") -> Evidence:
    start = text.index(quote)
    return Evidence(start, start + len(quote), quote, section, rule, supports)


TEXT = (
    "西湖区政协主席张三介绍，第四届区政协打造“湖畔议事”平台，即一事一议、一月一评，唱响“同心向前”，"
    "落实两个维护，印发《委员履职办法（试行）》，2023年5月7日召开湖畔论坛，立案提案百余件；村民李四来自龙坞村，鼓楼区也有人来。"
)


def one() -> Reading:
    """What the text above says."""
    body, person = "body/330106/CPPCC", "person/330106/张三"
    e = lambda quote, rule, *supports: words(TEXT, quote, rule, *supports)  # noqa: E731 because rows below stay short
    return Reading(
        doc="001-湖畔",
        path="a/001-湖畔.txt",
        encoding="utf-8",
        sha256="ab" * 32,
        length=len(TEXT),
        meta=Metadata(title="湖畔议事", date="2023-05", date_basis="stated", publisher="湖畔报", authors=("王五",)),
        home="330106",
        sections=("西湖区政协",),
        entities=(
            Entity("District", "district/330106", "西湖区", ("西湖区",), (e("西湖区", "place.name"),), code="330106", parent="杭州市"),
            Entity("District", "district/330100", "杭州市", (), (e("西湖区", "place.superior"),), code="330100"),
            Entity("District", "district/330106/龙坞村", "龙坞村", ("龙坞村",), (e("龙坞村", "place.village"),), parent="西湖区"),
            Entity(
                "Organisation", body, "西湖区政协", ("西湖区政协", "区政协"),
                (e("西湖区政协", "body.name"), e("第四届区政协", "body.term", "terms=第四届")),
                kind="CPPCC", place="西湖区", part_of="浙江省政协", terms=("第四届",),
            ),
            Entity(
                "Person", person, "张三", ("张三",),
                (e("张三", "person.name"), e("西湖区政协主席张三", "person.title-before-name", "posts=主席@西湖区政协")),
                posts=(Post("主席", "西湖区政协"), Post("会长", "湖畔协会")),
            ),
            Entity("Person", "person/330106/李四", "李四", ("李四",), (e("村民李四", "person.title-before-name"),), posts=(Post("村民", None),)),
            Entity(
                "Initiative", "initiative/330106/湖畔议事", "湖畔议事", ("“湖畔议事”平台",),
                (e("“湖畔议事”平台", "initiative.quoted"), e("即一事一议、一月一评", "parts.list", "components=一事一议", "components=一月一评")),
                confidence=0.9, kind="Platform", owners=("西湖区政协",), components=("一事一议", "一月一评"),
            ),
            Entity("Slogan", "slogan/同心向前", "同心向前", ("“同心向前”",), (e("“同心向前”", "slogan.quoted"),), kind="Motto", users=("西湖区政协", "张三", "与会者")),
            Entity("Slogan", "slogan/两个维护", "两个维护", ("两个维护",), (e("两个维护", "slogan.known"),), kind="Numeric"),
            Entity("Document", "document/330106/委员履职办法", "委员履职办法", ("《委员履职办法（试行）》",), (e("《委员履职办法（试行）》", "document.title"),), issuers=("西湖区政协",), status="试行"),
            Entity("Meeting", "meeting/330106/湖畔论坛/2023-05-07", "湖畔论坛", ("湖畔论坛",), (e("2023年5月7日召开湖畔论坛", "meeting.held"),), host="西湖区政协", date="2023-05-07"),
            Entity(
                "Figure", "figure/001-湖畔/90-100-件", "立案提案百余件", (), (e("立案提案百余件", "figure.measure"),),
                value=100.0, unit="件", measure="立案提案", org="西湖区政协", period="2023", bound="more", quote="立案提案百余件",
            ),
        ),
        unresolved=(Unresolved("District", e("鼓楼区", "place.name"), ("district/320106", "district/320302"), "Two divisions bear the name and the text names no superior."),),
    )  # fmt: skip


def two() -> Reading:
    """A second document that names the same body and slogan, without a date."""
    text = "区政协唱响“同心向前”。"
    return Reading(
        doc="002", path="b/002.txt", encoding="utf-8", sha256="cd" * 32, length=len(text), meta=Metadata(), home="330106", sections=(),
        entities=(
            Entity("Organisation", "body/330106/CPPCC", "西湖区政协", ("区政协",), (words(text, "区政协", "body.relative", section=""),), kind="CPPCC"),
            Entity("Slogan", "slogan/同心向前", "同心向前", ("“同心向前”",), (words(text, "“同心向前”", "slogan.quoted", section=""),), kind="Motto", users=("西湖区政协",)),
        ),
    )  # fmt: skip


MAKER = Maker("0.1.0", "rules", "1")


@pytest.fixture
def readings() -> list[Reading]:
    return [one(), two()]


@pytest.fixture
def places() -> Places:
    return Places()


@pytest.fixture
def make(places: Places) -> Any:
    """Project readings, under other links or with changed records of the first document where a test asks for it."""

    def projection(readings: list[Reading], links: Any = None, **changes: Any) -> Projection:
        return project(readings, links or StubLinks(), maker=MAKER, places=places, **changes)

    return projection


@pytest.fixture
def projection(make: Any, readings: list[Reading]) -> Projection:
    found: Projection = make(readings)
    return found


@pytest.fixture
def changed() -> Any:
    """The first document with one of its records changed."""

    def change(name: str, **changes: Any) -> Reading:
        reading = one()
        return replace(
            reading,
            entities=tuple(replace(item, **changes) if item.name == name else item for item in reading.entities),
        )

    return change


@pytest.fixture
def stub_links() -> type[StubLinks]:
    return StubLinks


@pytest.fixture
def pair() -> type[Pair]:
    return Pair
