"""Write docs/questions.md, the page of the named questions, from the headers of kg/ask/questions/*.rq.

Usage: python scripts/build_questions_page.py [OUT]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from kg.ask import GROUPS, Parameter, Question, questions

HEAD = """<!-- Written by scripts/build_questions_page.py from kg/ask/questions/*.rq. Do not edit here. -->

# The questions

`kg ask BUILD` lists them, `kg ask BUILD NAME --help` explains one, `kg ask BUILD NAME --param value` answers it; in Python
`kg.open(BUILD).ask(NAME, param=value)` gives a DataFrame. `--format csv|tsv|json|md` and `-o FILE` say how and where
to (`-o answer.csv` is CSV); with `--quotes` every row carries the passages it rests on (document, section, offsets,
words). In CSV and TSV a cell that a spreadsheet would take for a formula begins with an apostrophe. A question may take
30 seconds and 2048 MB unless `--timeout S` and `--memory MB` say otherwise; beyond that it ends with exit code 1.

- **Names** of things are looked up: by identity (`district/230112`), name, other name in some text, with and without
  quotation marks, a district's code (`230112`) or its name without its ending (阿城), a part of a name; of such a part
  `kg ask` says what it was read as. Where several things may be meant, the error lists them.
- **Parameters** are bound as RDF terms and never pasted into the query.
- **Time.** Dates are as precise as the documents are dated. Those of unequal precision are compared by all the days they
  may mean: `13 to 35` months lie between 2022 and 2024. Dates of documents attest; they never say when something began.
- **Absence** is of the corpus. Where a count says how often something was not found, it says in how many documents.
- **Words in a sentence.** Questions 12, 18, 19, 21 and 22 look for words (贯彻, 率先, 批示 …) in the sentence round a
  passage. They find what is said in so many words, and the column with the sentence lets a reader judge.

## Questions of your own

`--questions DIR` adds the `.rq` files of a folder. A file is a SPARQL SELECT query whose first lines say what it answers:

```sparql
# zh: 某地的机构
# en: The bodies of a place
# parameter place: district — The place; without it, all.
# column body: entity — The body.
# column kind: text — Its kind.
# evidence: ?body rdf:type kg:Organisation
SELECT ?place ?body ?kind WHERE {
  ?body a kg:Organisation ; kg:jurisdiction ?place ; kg:kind ?kind .
}
ORDER BY ?place ?body
```

The file's name is the question's. The prefixes of [the vocabulary](ontology.md) are declared, and the default graph is
the union of all graphs; a triple that stands in two graphs is found twice, so `SELECT DISTINCT` where that matters.

- `parameter NAME: TYPE[, required][ = DEFAULT] — HELP`. A type is that of a thing (`entity`, `district`, `organisation`,
  `person`, `initiative`, `slogan`, `document`, `meeting`, `figure`), `text`, `date`, `number`, `whole` (a whole number from
  0), `share` (a number from 0 to 1), or a choice `a|b`. SELECT must name the variable. A thing that is not given stays a free variable; all others have a default, at least the empty
  words, so that `FILTER(CONTAINS(?name, ?words))` holds for everything. A parameter must not stand only in an `OPTIONAL`.
- `column NAME: TYPE — MEANING`. A type is `entity` (shown by name, with the identity in `NAME_id`), `article` (the name of
  a document of the corpus), `text` or `number`.
- `evidence: ?node`, a node with passages, or `evidence: ?subject prefix:term ?object`, a statement: what `--quotes` shows.

"""


def page() -> str:
    """The text of the page."""
    return HEAD + "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    group = ""
    for question in questions():
        if question.group != group:
            group = question.group
            yield f"## {GROUPS[group]['en']} · {GROUPS[group]['zh']}"
            yield ""
        yield from _question(question)


def _question(question: Question) -> Iterator[str]:
    yield f"### {question.number}. `{question.name}`: {question.title['en']} · {question.title['zh']}"
    yield ""
    yield question.answers["en"]
    yield ""
    yield question.answers["zh"]
    yield ""
    if question.parameters:
        yield "| Parameter | Type | Default | Meaning |"
        yield "|---|---|---|---|"
        yield from (_parameter(parameter) for parameter in question.parameters)
        yield ""
    yield "| Column | Meaning |"
    yield "|---|---|"
    yield from (f"| `{column.name}` | {column.meaning} |" for column in question.columns)
    yield ""
    if question.step:
        yield f"A step in Python finishes it: `kg.ask.steps.{question.step}`."
        yield ""


def _parameter(parameter: Parameter) -> str:
    type = " or ".join(parameter.choices) if parameter.choices else parameter.type
    default = "required" if parameter.required else f"`{parameter.default}`" if parameter.default else "–"
    return f"| `--{parameter.name}` | {type} | {default} | {parameter.help} |"


def main() -> None:
    """Write the page."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "docs" / "questions.md"
    out.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
