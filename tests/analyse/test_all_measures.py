"""What holds of every measure: columns, evidence, attributes, invariance, rows or a clear refusal on any build."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from typing import Any, get_args

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
import kg.analyse
from kg.analyse import find, measures
from kg.analyse.themes.networks import Network
from kg.errors import CannotMeasureError, NotFoundError

Make = Callable[..., kg.Build]
MEASURES = [name for name, one in measures().items() if one.kind == "measure"]
PROJECTIONS = [name for name, one in measures().items() if one.kind == "projection"]
BODIES = ["230000", "230100", "230102", "230103", "330106"]
SLOGANS = ["七色花", "同心桥", "一盏灯", "两个维护"]


def outcome(name: str, build: kg.Build) -> Any:
    """What a measure gives: rows as text, edges, or the words of its refusal."""
    try:
        result = find(name).function(build)
    except CannotMeasureError as error:
        return str(error)
    if isinstance(result, pd.DataFrame):
        return result.round(9).to_csv(index=False)
    return sorted((*sorted(pair), tuple(sorted(result.edges[pair].items()))) for pair in result.edges)


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_gives_declared_columns_with_evidence_that_stands_in_the_graph(sample: kg.Build, name: str) -> None:
    one = find(name)
    if name == "indicator-siblings":
        with pytest.raises(CannotMeasureError, match="no two districts of one superior"):
            one.function(sample)
        return
    frame = one.function(sample)
    assert list(frame.columns) == list(one.columns)
    assert len(frame) > 0
    assert frame.attrs["measure"] == name
    assert sample.manifest.files["graph.nq"][:16] in frame.attrs["citation"]
    if "evidence" in one.columns:
        lines = (sample.path / "graph.nq").read_text(encoding="utf-8")
        iris = {iri for cell in frame.evidence for iri in cell.split()}
        assert iris
        assert [iri for iri in iris if f"<{sample.base}{iri}> " not in lines] == []


@pytest.mark.parametrize("name", measures())
def test_real_articles_give_rows_or_a_clear_refusal(real: kg.Build, name: str) -> None:
    found = outcome(name, real)
    rows = found.count("\n") - 1 if name in MEASURES else len(found)
    refused = isinstance(found, str) and "; " in found and "\n" not in found
    assert refused or rows > 0


@pytest.mark.parametrize("name", measures())
def test_twice_the_same(sample: kg.Build, name: str) -> None:
    assert outcome(name, sample) == outcome(name, sample)


@pytest.mark.parametrize("name", measures())
def test_documents_in_another_order_change_nothing(toy_build: Make, toy: Any, name: str) -> None:
    toys = [
        toy("a", "2021", "230100", [("七色花", "230100"), ("同心桥", "230102")], posts=[("李明", "主席", "230102"), ("王芳", "副主席", "230102")]),
        toy("b", "2022", "230100", [("七色花", "230103"), ("同心桥", "230103"), ("一盏灯", "230102")], owned=[("湖畔议事", "230102")]),
        toy("c", "2023", "230100", [("七色花", "230102"), ("两个维护", "330106"), ("两个维护", "230103")], parts=[("提案委员会", "230102")]),
        toy("d", "2023", "230100", text="根据《甲条例》，制定《乙办法》。"),
    ]  # fmt: skip
    assert outcome(name, toy_build(*toys)) == outcome(name, toy_build(*reversed(toys)))


USES = st.lists(st.tuples(st.sampled_from(SLOGANS), st.sampled_from(BODIES)), min_size=1, max_size=5, unique=True)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(USES, min_size=2, max_size=4))
def test_an_isolated_document_changes_no_similarity_of_the_others(toy_build: Make, toy: Any, uses: Any) -> None:
    toys = [toy(f"d{i}", f"{2020 + i}", "230100", found) for i, found in enumerate(uses)]
    alone = toy("z", "2024", "310000", [("无人用过", "310101")])
    fewer, more = toy_build(*toys), toy_build(*toys, alone)
    try:
        before = kg.analyse.district_similarity(fewer)
    except CannotMeasureError:
        return
    after = kg.analyse.district_similarity(more)
    columns = ["first", "second", "shared", "jaccard", "slogans", "evidence"]
    key = ["first", "second"]
    assert before[columns].sort_values(key).to_csv(index=False) == after[columns].sort_values(key).to_csv(index=False)
    for name in ("slogan-co-use", "districts-shared-formulae", "slogan-co-occurrence"):
        assert outcome(name, fewer) == outcome(name, more)


def test_the_names_of_the_module_are_the_measures() -> None:
    for name, one in measures().items():
        assert getattr(kg.analyse, name.replace("-", "_")) is one.function
        # A module of the same name would take the place of the function when it is imported.
        assert inspect.isfunction(one.function)
    assert set(kg.analyse.__all__) <= set(dir(kg.analyse))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kg.analyse.nothing


def test_networks_are_the_projections() -> None:
    assert sorted(get_args(Network)) == sorted(PROJECTIONS)


@pytest.mark.parametrize("name", measures())
def test_everything_is_titled_sourced_and_explained(name: str) -> None:
    one = find(name)
    assert one.title_zh
    assert not one.title_zh.isascii()
    assert one.title_en
    assert one.source
    assert one.about.endswith(".")
    assert all(one.columns.values())
    assert all(option.help for option in one.options)


def test_a_name_that_is_none_is_answered_with_its_neighbour() -> None:
    with pytest.raises(NotFoundError, match="did you mean centrality"):
        find("centralty")


def test_a_missing_library_is_named(sample: kg.Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.metrics", None)
    with pytest.raises(CannotMeasureError, match=r"communities needs sklearn.metrics, .* 'tifa-kg\[analyse\]'"):
        kg.analyse.communities(sample)


def test_evidence_leads_to_the_words(sample: kg.Build) -> None:
    frame = kg.analyse.district_slogans(sample)
    row = frame[(frame.name == "道里区") & (frame.words == "七大都市")].iloc[0]
    words = kg.analyse.quotes(sample, row.evidence)
    assert words.quote.tolist() == ["道里区政协", "“七大都市”"]
    assert set(words.article) == {"article/000-symposium"}
    assert set(words.date) == {"2022"}
    for one in words.itertuples():
        assert sample.text("000-symposium")[one.start : one.end] == one.quote
    passage = kg.analyse.slogan_co_occurrence(sample).edges["slogan/七大都市", "slogan/六个龙江"]["evidence"]
    assert set(kg.analyse.quotes(sample, passage.split()).quote) == {"“七大都市”", "“六个龙江”"}
    with pytest.raises(NotFoundError, match="'use/nothing' is no claim, use or passage"):
        kg.analyse.quotes(sample, "use/nothing")
