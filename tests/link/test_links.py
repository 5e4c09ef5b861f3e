import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BuildError, DecisionError
from kg.link import Links, dumps, link, loads, parse_decisions, view
from kg.model import Entity, Evidence, Metadata, Post, Reading


def superior(code: str) -> str | None:
    return {"230104": "230100", "230102": "230100", "230100": "230000", "230000": None}.get(code)


def thing(type: str, id: str, name: str, **fields: object) -> Entity:
    return Entity(type, id, name, (name,), (Evidence(0, len(name), name, "", "test"),), **fields)  # type: ignore[arg-type]


def person(code: str, name: str, *posts: Post) -> Entity:
    return thing("Person", f"person/{code}/{name}", name, posts=posts)


def body(id: str, name: str) -> Entity:
    return thing("Organisation", f"body/{id}", name)


def reading(doc: str, *entities: Entity) -> Reading:
    return Reading(doc, f"{doc}.txt", "utf-8", "00", 9, Metadata(), None, (), entities)


def linked(*entities: Entity, decisions: str = "") -> Links:
    each = [reading(str(number), entity) for number, entity in enumerate(entities)]
    return link(each, parse_decisions(decisions), superior=superior)


def test_equal_identities_are_one_without_an_entry() -> None:
    links = linked(person("230104", "张军"), person("230104", "张军"))
    assert links == Links()
    assert links.canonical("person/230104/张军") == "person/230104/张军"
    assert "the name and the district" in links.reason("person/230104/张军")


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("230112005/街道党工委", "230112/双龙街道党工委", True),  # township and county
        ("230112/胜远村/党支部", "230112/双龙街道党工委", True),  # an uncoded place and the county
        ("230112005/街道党工委", "230112006/街道党工委", False),  # two townships of one county
        ("230112005/街道党工委", "230113/双龙街道党工委", False),  # two counties
        ("230100/双龙街道党工委", "230112/双龙街道党工委", False),  # a prefecture is no county
    ],
)
def test_bodies_of_one_name_in_one_county(first: str, second: str, same: bool) -> None:
    links = linked(body(first, "双龙街道党工委"), body(second, "双龙街道党工委"))
    assert (links.canonical(f"body/{second}") == f"body/{first}") is same
    if same:
        assert links.reason(f"body/{second}") == "Both bodies are named 双龙街道党工委 and stand in the county 230112."


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("230104", "230100", "Both are named 李明, and 230100 is the district directly above 230104."),
        ("230100", "230104", "Both are named 李明, and 230100 is the district directly above 230104."),
        ("230104", "230102", None),  # neighbours
        ("230104", "230000", None),  # not directly above
    ],
)
def test_one_name_in_a_superior_district_is_a_candidate_never_a_merge(
    first: str, second: str, reason: str | None
) -> None:
    links = linked(person(first, "李明"), person(second, "李明"))
    assert not links.same
    assert [pair.reason for pair in links.candidates] == ([reason] if reason else [])


def test_one_name_with_a_body_in_common_is_a_candidate() -> None:
    post = Post("委员", "民建哈尔滨市委")
    shared = body("230100/民建", "民建哈尔滨市委")
    links = link(
        [reading("1", person("230104", "李明", post), shared), reading("2", person("230102", "李明", post), shared)],
        superior=superior,
    )
    assert [pair.reason for pair in links.candidates] == ["Both are named 李明 and have a post in body/230100/民建."]
    assert not links.same


PAIR = (person("230104", "李明"), person("230100", "李明"))


@pytest.mark.parametrize(
    ("decisions", "canonical", "candidates"),
    [
        ("same person/230104/李明 person/230100/李明 # promoted", "person/230104/李明", 0),
        ("same https://x.org/person/230104/李明 person/230100/李明", "person/230104/李明", 0),
        ("not-same person/230104/李明 person/230100/李明", "person/230100/李明", 0),
        ("reject person/230104/李明", "person/230100/李明", 0),
        ("", "person/230100/李明", 1),
    ],
)
def test_decisions_override_rules(decisions: str, canonical: str, candidates: int) -> None:
    each = [reading(str(number), entity) for number, entity in enumerate(PAIR)]
    links = link(each, parse_decisions(decisions), base="https://x.org/", superior=superior)
    assert links.canonical("person/230100/李明") == canonical
    assert len(links.candidates) == candidates
    if "promoted" in decisions:
        assert links.reason("person/230100/李明") == (
            "A person decided in line 1 that person/230100/李明 is person/230104/李明 (promoted)."
        )


def test_a_chain_of_decisions_ends_in_what_is_kept() -> None:
    links = linked(*PAIR, decisions="same person/1/甲 person/2/甲\nsame person/3/甲 person/1/甲")
    assert {links.canonical(f"person/{number}/甲") for number in (1, 2, 3)} == {"person/3/甲"}


def test_people_may_keep_apart_what_a_rule_would_join() -> None:
    pair = body("230112005/党工委", "双龙街道党工委"), body("230112/双龙街道党工委", "双龙街道党工委")
    assert len(linked(*pair).same) == 1
    assert not linked(*pair, decisions=f"not-same {pair[0].id} {pair[1].id}").same


@pytest.mark.parametrize(
    ("decisions", "message"),
    [
        ("same 李明 王芳", "line 1: '李明' names 2 entities; give one of person/230100/李明, person/230104/李明"),
        ("same person/1/甲 body/1/甲", "line 1: a person cannot be a body"),
        ("same person/1/甲 person/1/甲", "line 1: person/1/甲 is named twice"),
        (
            "same person/1/甲 person/2/甲\nnot-same person/2/甲 person/1/甲",
            "line 2: person/2/甲 and person/1/甲 are kept",
        ),
        ("rename person/1/甲 乙\n\nrename person/1/甲 丙", "lines 1 and 3: person/1/甲 is given two names, 乙 and 丙"),
        (
            "same person/1/甲 person/2/甲\nrename person/1/甲 乙\nrename person/2/甲 丙",
            "lines 2 and 3: person/1/甲 is given two names, 乙 and 丙",
        ),
        ("reject person/2/甲\nsame person/1/甲 person/2/甲", "lines 1 and 2: person/2/甲 is left out by one"),
        ("same person/1/甲 person/2/甲\nreject person/1/甲", "lines 1 and 2: person/1/甲 is left out by one"),
    ],
)
def test_decisions_that_cannot_be_followed(decisions: str, message: str) -> None:
    with pytest.raises(DecisionError, match=message):
        linked(*PAIR, decisions=decisions)


@pytest.mark.parametrize(
    ("decisions", "unmet"),
    [
        ("\nreject 王芳", ["line 2: no record has '王芳'"]),
        ("rename slogan/大数据 数据", ["line 1: no record has 'slogan/大数据'"]),
        ("same person/230104/李明 person/1/王芳", ["line 1: no record has 'person/1/王芳'"]),
        ("not-same 王芳 赵六", ["line 1: no record has '王芳'", "line 1: no record has '赵六'"]),
        ("rename person/230104/李明 李明明\nrename person/230104/李明 李明明", []),
    ],
)
def test_decisions_about_what_no_record_has_are_named_and_do_no_harm(decisions: str, unmet: list[str]) -> None:
    links = linked(*PAIR, decisions=decisions)
    assert [words.partition(";")[0] for words in links.unmet] == [f"decisions: {words}" for words in unmet]
    assert loads(dumps(links)) == links


@given(
    st.lists(st.tuples(st.sampled_from(["230100", "230104", "230102"]), st.sampled_from(["李明", "张军"])), max_size=8),
    st.randoms(),
)
def test_the_order_of_documents_does_not_matter(people: list[tuple[str, str]], order: random.Random) -> None:
    bodies = [body("230112/甲", "甲"), body("230112005/乙", "甲"), body("230112/胜远村/丙", "甲")]
    each: Sequence[Reading] = [
        reading(str(number), entity) for number, entity in enumerate([*(person(*row) for row in people), *bodies])
    ]
    shuffled = list(each)
    order.shuffle(shuffled)
    assert link(shuffled, superior=superior) == link(each, superior=superior)


def test_links_survive_json() -> None:
    text = dumps(
        linked(
            *PAIR,
            body("230112005/甲", "甲"),
            body("230112/甲", "甲"),
            decisions="reject slogan/大数据\nrename body/230112/甲 乙",
        )
    )
    assert dumps(loads(text)) == text
    with pytest.raises(BuildError, match="not a list of links"):
        loads("[]")


OWNER = thing("Organisation", "body/230104/CPPCC", "道外区政协", place="道外区")
SEEN = reading(
    "1",
    thing("District", "district/230104", "道外区", code="230104"),
    OWNER,
    person("230104", "李明", Post("主席", "道外区政协")),
    thing("Initiative", "initiative/230104/走基层", "走基层", owners=("道外区政协",)),
)


def test_a_reading_is_its_own_view_where_nobody_decided_on_it() -> None:
    assert view(SEEN, Links()) is SEEN
    assert view(SEEN, linked(*SEEN.entities, decisions="rename slogan/大数据 数据")) is SEEN


def test_a_chosen_name_is_shown_wherever_the_thing_is_named() -> None:
    seen = view(SEEN, linked(*SEEN.entities, decisions="rename 道外区政协 政协道外区委员会"))
    district, owner, official, initiative = seen.entities
    assert district is SEEN.entities[0]
    assert (owner.name, owner.surfaces) == ("政协道外区委员会", ("道外区政协",))
    assert official.posts == (Post("主席", "政协道外区委员会"),)
    assert initiative.owners == ("政协道外区委员会",)


def test_what_people_rejected_is_not_shown() -> None:
    seen = view(SEEN, linked(*SEEN.entities, decisions="reject 李明"))
    assert [entity.type for entity in seen.entities] == ["District", "Organisation", "Initiative"]
    assert len(SEEN.entities) == 4
