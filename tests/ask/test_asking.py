"""Binding, names, formats, the folder of one's own, the command."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from unicodedata import east_asian_width

import pyoxigraph
import pytest
from click.testing import CliRunner

import kg
from kg.ask import Thing, ask, bind, find, questions
from kg.ask.names import resolve
from kg.ask.question import names_variable, step_of
from kg.ask.writing import write
from kg.cli import kg as command
from kg.errors import BuildError, NotFoundError, QuestionError
from kg.vocab import BASE, PREFIXES

HOSTILE = ('" } INSERT DATA { <a:b> <a:b> <a:b> } #', "<script>alert(1)</script>", "> } DROP ALL ; {", "\\u003e", "'''")


def test_there_are_28_questions() -> None:
    assert [question.number for question in questions()] == list(range(1, 29))
    assert find("3") is find("slogan-first-use")


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_every_question_is_sound(question: kg.ask.Question) -> None:
    answer = pyoxigraph.Store().query(question.text, prefixes=PREFIXES)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    projected = {variable.value for variable in answer.variables}
    for parameter in question.parameters:
        assert parameter.name in projected or not names_variable(question, parameter.name)
    if question.step:
        assert callable(step_of(question))
    else:
        assert {column.name for column in question.columns} <= projected
    assert question.title["zh"] != question.title["en"]
    pyoxigraph.Store().query(question.sparql)  # which declares its own prefixes


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_every_question_answers_on_the_real_articles(question: kg.ask.Question, articles: kg.Build) -> None:
    """Sensible rows: what must be given is given, every column is filled somewhere or known to be empty there."""
    given = {
        "evidence": {"subject": "道里区政协"},
        "slogan-adoption": {"slogan": "两个维护"},
        "slogan-variants": {"slogan": "两个维护"},
        "slogan-own": {"jurisdiction": "阿城区"},
        "document-followups": {"document": "中国共产党政治协商工作条例"},
        "figure-comparison": {"indicator": "委员"},
        "changes": {"other": articles},
    }
    found = ask(articles, question, quotes=True, **given.get(question.name, {}))
    none = {"movers", "conflicts", "changes", "decisions", "figure-comparison"}
    assert bool(found.notes) == (question.name == "figure-comparison")
    assert bool(found.rows) == (question.name not in none)
    if question.evidence and found.rows:
        assert found.quotes is not None
        assert any(found.quotes)
        for quote in (quote for row in found.quotes for quote in row):
            assert articles.text(quote.document)[quote.start : quote.end] == quote.quote


def test_names_resolve_through_labels_and_other_names(corpus: kg.Build) -> None:
    def found(words: str, type: str | None = None) -> str:
        return resolve(words, type, corpus.store, corpus.base)

    assert found("七大都市", "Slogan") == found("“七大都市”") == found(BASE + "slogan/七大都市") == "slogan/七大都市"
    assert found("阿城", "District") == found("阿城区") == found("district/230112") == "district/230112"
    assert found("哈尔滨") == "district/230100"
    assert found("懂政协会协商善议政", "Slogan") == "slogan/懂政协会协商善议政"
    assert found("述职制度", "Initiative") == "initiative/230102/常委会任期述职制度"
    assert found("中共黑龙江省委") == "body/230000/PartyCommittee"


def test_names_that_mean_nothing_or_several_things(corpus: kg.Build) -> None:
    with pytest.raises(NotFoundError, match="nothing of type Slogan in this build has this name"):
        resolve("没有的提法", "Slogan", corpus.store, corpus.base)
    with pytest.raises(
        NotFoundError, match=r"'区政协' may be any of \d+ things of type Organisation: .*give one of these identities"
    ):
        resolve("区政协", "Organisation", corpus.store, corpus.base)
    with pytest.raises(NotFoundError, match="of type Person"):
        resolve("七大都市", "Person", corpus.store, corpus.base)


def test_a_code_names_a_district(corpus: kg.Build) -> None:
    for type in ("District", None):
        assert resolve("230112", type, corpus.store, corpus.base) == "district/230112"
    by_code = ask(corpus, "meetings", jurisdiction="230112").rows
    assert by_code == ask(corpus, "meetings", jurisdiction="阿城区").rows != ()
    with pytest.raises(NotFoundError, match="'999999'"):
        resolve("999999", "District", corpus.store, corpus.base)


def test_what_a_part_of_a_name_was_read_as_is_said(corpus: kg.Build) -> None:
    said = ask(corpus, "evidence", subject="任期述职").notes
    assert said == ("任期述职 read as 常委会任期述职制度 (initiative/230102/常委会任期述职制度)",)
    assert ask(corpus, "evidence", subject="常委会任期述职制度").notes == ()
    result = CliRunner().invoke(command, ["ask", str(corpus.path), "evidence", "--subject", "任期述职"])
    assert f"kg: {said[0]}" in result.stderr
    assert "read as" not in result.stdout


def test_a_merged_identity_stands_for_the_one_it_is_read_as(new: kg.Build) -> None:
    assert resolve("person/230102/周大海", "Person", new.store, new.base) == "person/230104/周大海"
    assert resolve("周大海", "Person", new.store, new.base) == "person/230104/周大海"


def test_parameters_are_bound_as_terms(corpus: kg.Build) -> None:
    question = find("figure-comparison")
    assert bind(question, {"indicator": "提案", "year": "2022"}, corpus.store, corpus.base) == {
        "indicator": pyoxigraph.Literal("提案")
    }
    assert bind(find("slogan-own"), {"jurisdiction": "阿城"}, corpus.store, corpus.base) == {
        "jurisdiction": pyoxigraph.NamedNode(BASE + "district/230112")
    }


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_values_are_inert(words: str, corpus: kg.Build) -> None:
    before = len(corpus.store)
    assert ask(corpus, "figures", indicator=words).rows == ()
    with pytest.raises(NotFoundError):
        ask(corpus, "slogan-first-use", slogan=words)
    assert len(corpus.store) == before


def test_substitution_reaches_filters_groups_and_patterns(corpus: kg.Build) -> None:
    """What the queries rely on: a parameter that is given restricts patterns, filters and groups; one that is not stays
    free. A variable that stands only in an OPTIONAL is bound, and its row kept: so no parameter may stand only there.
    """
    slogan = pyoxigraph.NamedNode(BASE + "slogan/七大都市")

    def count(query: str) -> int:
        answer = corpus.store.query(
            query, prefixes=PREFIXES, use_default_graph_as_union=True, substitutions={pyoxigraph.Variable("p"): slogan}
        )
        assert isinstance(answer, pyoxigraph.QuerySolutions)
        return len(list(answer))

    uses = count("SELECT ?p ?use { ?use kg:slogan ?p }")
    assert 0 < uses < 30
    assert count("SELECT ?p ?use { ?use kg:slogan ?s FILTER(?s = ?p) }") == uses
    assert count("SELECT ?p (COUNT(?use) AS ?n) { ?use kg:slogan ?p } GROUP BY ?p") == 1
    everything = count("SELECT ?p ?use { ?use a kg:SloganUse }")
    assert count("SELECT ?p ?use { ?use a kg:SloganUse OPTIONAL { ?use kg:slogan ?p } }") == everything > uses


@pytest.mark.parametrize(
    ("name", "parameter", "column"),
    [
        ("slogan-first-use", "slogan", "slogan"),
        ("slogan-lags", "jurisdiction", "jurisdiction"),
        ("coverage", "jurisdiction", "jurisdiction"),
        ("office-holders", "body", "body"),
        ("office-holders", "person", "person"),
        ("career", "person", "person"),
        ("initiatives", "jurisdiction", "jurisdiction"),
        ("initiatives", "initiative", "initiative"),
        ("carried-out", "initiative", "initiative"),
        ("meetings", "jurisdiction", "jurisdiction"),
        ("slogan-dropped", "user", "user"),
        ("figures", "body", "body"),
    ],
)
def test_a_parameter_gives_the_rows_that_all_rows_hold(
    name: str, parameter: str, column: str, corpus: kg.Build
) -> None:
    everything = ask(corpus, name)
    place = [item.name for item in everything.columns].index(column)
    values = [row[place] for row in everything.rows]
    value = next(value for value in values if value is not None and values.count(value) < len(values))
    given = value.id if isinstance(value, Thing) else value
    assert ask(corpus, name, **{parameter: given}).rows == tuple(row for row in everything.rows if row[place] == value)


def test_what_is_missing_or_unknown_is_said(corpus: kg.Build) -> None:
    for name, given, words in (
        ("slogan-own", {}, "say --jurisdiction"),
        ("coverage", {"year": "2022"}, "'year' is no parameter of this question; it has jurisdiction"),
        ("slogan-adoption", {"slogan": "七大都市", "by": "week"}, "'week' is none of year, month"),
        ("meetings", {"since": "May"}, "'May' is no date; write 2022, 2022-05 or 2022-05-07"),
        ("slogan-variants", {"slogan": "七大都市", "similarity": "much"}, "'much' is no number"),
        ("slogan-variants", {"slogan": "七大都市", "similarity": "7"}, "'7' is not a number from 0 to 1"),
        ("slogan-variants", {"slogan": "七大都市", "similarity": "nan"}, "'nan' is not a number from 0 to 1"),
        ("similar-jurisdictions", {"top": "-3"}, "'-3' is not a whole number from 0"),
        ("similar-jurisdictions", {"top": 2.5}, "2.5 is not a whole number from 0"),
        ("career", {"gap": "-1"}, "'-1' is not a whole number from 0"),
        ("career", {"gap": "inf"}, "'inf' is not a whole number from 0"),
        ("meetings", {"since": "2024", "until": "2020"}, "--until 2020 lies before --since 2024"),
        ("figures", {"indicator": "\udcff"}, "--indicator: '.udcff' is not UTF-8"),
        ("slogan-lags", {"slogan": "\udcff"}, "--slogan: '.udcff' is not UTF-8"),
    ):
        with pytest.raises(QuestionError, match=words):
            ask(corpus, name, **given)
    with pytest.raises(NotFoundError, match="did you mean slogan-lags"):
        ask(corpus, "slogan-lag")


def test_every_row_can_carry_its_passages(corpus: kg.Build) -> None:
    """001: 道外区政协主席张军说."""
    found = ask(corpus, "office-holders", quotes=True, person="张军")
    assert found.quotes is not None
    assert [(item.document, item.start, item.quote, item.section) for item in found.quotes[0]] == [
        ("001-new-journey", 881, "道外区政协主席张军", "道外区政协")
    ]


def test_formats(corpus: kg.Build) -> None:
    found = ask(corpus, "initiatives", quotes=True, initiative="1+3+X协商模式")
    texts = {}
    for name in ("csv", "tsv", "json", "md"):
        stream = io.StringIO()
        write(found, name, stream)
        texts[name] = stream.getvalue()
    (record,) = json.loads(texts["json"])
    assert record["initiative"] == "1+3+X协商模式"
    assert record["initiative_id"] == "initiative/230126/1+3+X协商模式"
    assert {quote["document"] for quote in record["quotes"]} == {"001-new-journey"}
    for name, mark in (("csv", ","), ("tsv", "\t")):
        (row,) = csv.DictReader(io.StringIO(texts[name]), delimiter=mark)
        assert row["owners"] == "巴彦县政协"
        assert json.loads(row["quotes"]) == record["quotes"]
    head, _, row = texts["md"].splitlines()
    assert head.startswith("| initiative | kind | jurisdiction |")
    assert "1+3+X协商模式 | Method | 巴彦县 | 巴彦县政协" in row


def test_hostile_words_in_answers(corpus: kg.Build) -> None:
    question = find("coverage")
    found = kg.ask.Answer(question, question.columns[:2], ((Thing("x", "=cmd|'/c'!A1"), "<b>|\n`x`</b>"),))
    texts = {}
    for name in ("csv", "md"):
        stream = io.StringIO()
        write(found, name, stream)
        texts[name] = stream.getvalue()
    (row,) = csv.DictReader(io.StringIO(texts["csv"]))
    assert row["jurisdiction"].startswith("'=")
    assert texts["md"].splitlines()[2] == "| =cmd\\|'/c'!A1 | \\<b\\>\\| \\`x\\`\\</b\\> |"


def test_a_frame(corpus: kg.Build) -> None:
    frame = corpus.ask("slogan-lags", slogan="六个龙江")
    assert list(frame.columns[:4]) == ["slogan", "slogan_id", "jurisdiction", "jurisdiction_id"]
    assert len(frame) == 5
    assert set(frame["slogan_id"]) == {"slogan/六个龙江"}


OWN = """# zh: 我的问题
# en: Mine
# parameter district: district — Where.
# column name: text — Its name.
SELECT ?district ?name WHERE { ?district rdfs:label ?name ; kg:code ?code }
ORDER BY ?name
"""


def test_a_folder_of_ones_own(corpus: kg.Build, tmp_path: Path) -> None:
    (tmp_path / "my-districts.rq").write_text(OWN, encoding="utf-8")
    assert [question.name for question in questions(tmp_path)][28:] == ["my-districts"]
    found = ask(corpus, "my-districts", questions_dir=tmp_path, district="阿城")
    assert set(found.rows) == {("阿城区",)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (OWN.replace("ORDER BY ?name", "ORDER BY ("), r"my-own\.rq: line 7, column 1: "),
        (OWN.replace("?district ?name WHERE", "?name WHERE"), r"my-own\.rq: line 5: \?district is a parameter"),
        (OWN.replace("district —", "place —"), r"my-own\.rq: line 3: 'place' is no type of parameter"),
        (OWN.replace("# en: Mine", "# english Mine"), r"my-own\.rq: line 2: not a line of a header"),
        (OWN.replace("# en: Mine", "# note: Mine"), r"my-own\.rq: line 2: 'note' is no key"),
        (OWN.replace("parameter district", "parameter format"), "cannot be named format"),
        (OWN.replace("# column name", "# column other"), r"does not SELECT the column \?other"),
        (OWN.replace("# zh: 我的问题\n", ""), "has no `# zh: TITLE`"),
        (OWN.replace("SELECT", "# step: os.system\nSELECT"), "'os.system' is no step"),
        (OWN.replace("ORDER BY ?name", "").replace("}", "SERVICE <http://x/> { ?a ?b ?c } }"), "SERVICE asks another"),
        ("# zh: 甲\n# en: A\n# column x: text — X\nASK { ?x ?y ?z }", "a question is a SELECT query"),
    ],
)
def test_a_broken_file_is_one_clear_error(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "my-own.rq").write_text(text, encoding="utf-8")
    with pytest.raises(QuestionError, match=words):
        questions(tmp_path)
    with pytest.raises(QuestionError, match=words):
        find("my-own", tmp_path)


def test_a_broken_file_stands_in_the_way_of_no_other(corpus: kg.Build, tmp_path: Path) -> None:
    (tmp_path / "my-own.rq").write_text("# zh: 甲\n", encoding="utf-8")
    (tmp_path / "my-districts.rq").write_text(OWN, encoding="utf-8")
    assert find("coverage", tmp_path) is find("coverage")
    assert find("my-districts", tmp_path).name == "my-districts"
    said: list[str] = []
    assert [question.name for question in questions(tmp_path, said.append)][28:] == ["my-districts"]
    assert said == [f"{tmp_path}/my-own.rq: line 1: the header has no `# en: TITLE`; left out"]
    with pytest.raises(NotFoundError, match="did you mean my-districts"):
        find("my-district", tmp_path)
    listed = CliRunner().invoke(command, ["ask", str(corpus.path), "--questions", str(tmp_path)])
    assert listed.exit_code == 0
    assert "my-districts" in listed.stdout
    assert "my-own.rq: line 1" in listed.stderr


def test_ones_own_cannot_hide_ours(tmp_path: Path) -> None:
    (tmp_path / "coverage.rq").write_text(OWN, encoding="utf-8")
    with pytest.raises(QuestionError, match="coverage is one of our own questions"):
        questions(tmp_path)
    with pytest.raises(QuestionError, match="no folder is here"):
        questions(tmp_path / "none")


def test_the_command_lists_explains_and_answers(corpus: kg.Build, tmp_path: Path) -> None:
    run = CliRunner().invoke
    listed = run(command, ["ask", str(corpus.path)])
    assert listed.exit_code == 0
    assert all(question.name in listed.output for question in questions())
    assert "Slogans · 提法" in listed.output
    explained = run(command, ["ask", str(corpus.path), "slogan-adoption", "--help"])
    assert "--by [year|month]" in explained.output
    assert "采用曲线" in explained.output
    given = ["ask", str(corpus.path), "slogan-first-use", "--slogan", "七大都市"]
    assert "五常市政协" in run(command, given).output
    out = tmp_path / "answer.csv"
    assert run(command, [*given, "--quotes", "--format", "csv", "-o", str(out)]).exit_code == 0
    assert "“七大都市”" in out.read_text(encoding="utf-8")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "my-districts.rq").write_text(OWN, encoding="utf-8")
    own = ["ask", str(corpus.path), "my-districts", "--questions", str(tmp_path / "own"), "--format", "tsv"]
    assert "阿城区\n" in run(command, own).output
    assert isinstance(run(command, ["ask", str(corpus.path), "slogan-own"]).exception, SystemExit | QuestionError)


def test_the_list_looks_at_the_build(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["ask", str(tmp_path)])
    assert isinstance(result.exception, BuildError)
    assert "no build is here" in str(result.exception)


def test_an_option_is_given_once(corpus: kg.Build) -> None:
    given = ["ask", str(corpus.path), "slogan-lags", "--slogan", "七大都市", "--slogan=六个龙江"]
    result = CliRunner().invoke(command, given)
    assert result.exit_code == 2
    assert "--slogan is given twice; give it once" in result.output


def test_the_ending_of_a_file_says_the_format(corpus: kg.Build, tmp_path: Path) -> None:
    run, given = CliRunner().invoke, ["ask", str(corpus.path), "coverage", "-o"]
    for name, begins in (("a.csv", "jurisdiction,"), ("a.TSV", "jurisdiction\t"), ("a.json", "["), ("a.md", "| juris")):
        assert run(command, [*given, str(tmp_path / name)]).exit_code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    assert run(command, [*given, str(tmp_path / "a.txt"), "--format", "csv"]).exit_code == 0
    with pytest.raises(QuestionError, match=r"a\.xls: the ending says no format"):
        run(command, [*given, str(tmp_path / "a.xls")], catch_exceptions=False)
    with pytest.raises(BuildError, match=r"none/a\.csv: cannot be written"):
        run(command, [*given, str(tmp_path / "none" / "a.csv")], catch_exceptions=False)


def test_long_cells_are_folded(corpus: kg.Build) -> None:
    """The passages of one row of this answer are hundreds of characters, in one cell."""
    given = ["ask", str(corpus.path), "slogan-first-use", "--slogan", "七大都市", "--quotes"]
    lines = CliRunner().invoke(command, given).stdout.splitlines()
    assert max(width(line) for line in lines) < 11 * 60
    cells = [cell for line in lines for cell in re.split(r" {3,}", line.strip())]
    assert max(width(cell) for cell in cells if set(cell) != {"─"}) <= 60


def width(words: str) -> int:
    """Cells of the terminal."""
    return sum(1 + (east_asian_width(char) in "WF") for char in words)


def test_the_apostrophe_of_a_spreadsheet_is_explained(corpus: kg.Build) -> None:
    assert "begins with an apostrophe" in " ".join(CliRunner().invoke(command, ["ask", "x", "-h"]).stdout.split())
    page = (Path(__file__).resolve().parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
    assert "begins with an apostrophe" in " ".join(page.split())
