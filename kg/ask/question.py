"""A question: a SPARQL query in a file of its own, whose first lines say what it answers.

::

    # number: 3
    # group: slogans
    # zh: 提法的最早使用
    # en: The first use of a slogan
    # answers-zh: 语料中最早……
    # answers-en: The earliest use in the corpus …
    # parameter slogan: slogan — The slogan; without it, all.
    # parameter by: year|month = year — How long a period is.
    # column date: text — The date of the document.
    # evidence: ?use
    # step: slogans.first_use
    SELECT ?slogan ?use ?date WHERE { … }

A parameter is a variable of the query, which must project it; one that is not given stays a free variable. Parameters of
type ``text``, ``date``, ``number``, ``whole``, ``share`` or a choice always have a value, their default. Only a step may use one that the
query does not name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from kg.errors import NotFoundError, QuestionError
from kg.model import TYPES
from kg.vocab import PREFIXES

Language = Literal["zh", "en"]

GROUPS: dict[str, dict[str, str]] = {
    "evidence": {"zh": "依据", "en": "Evidence"},
    "slogans": {"zh": "提法", "en": "Slogans"},
    "officials": {"zh": "人物与职务", "en": "Officials and posts"},
    "initiatives": {"zh": "举措", "en": "Initiatives"},
    "documents": {"zh": "文件、会议、数字", "en": "Documents, meetings, figures"},
    "growth": {"zh": "语料的增长", "en": "The corpus as it grows"},
    "own": {"zh": "自备问题", "en": "Your own"},
}
"""The groups of questions in the order in which they are listed."""

ENTITIES: dict[str, str | None] = {"entity": None} | {type.lower(): type for type in TYPES}
"""Types of parameters that name a thing, and the type of entity each means; ``entity`` is any."""
NUMBERS = {"number": "a number", "whole": "a whole number from 0", "share": "a number from 0 to 1"}
"""The types of parameters that are numbers, and what each takes."""
VALUES = ("text", "date", *NUMBERS, "build")
"""The other types of parameters, beside a choice (``year|month``)."""
CELLS = ("entity", "article", "text", "number")
"""Types of columns: a thing by its name, a document of the corpus, words, a number."""
RESERVED = frozenset(
    {"format", "out", "quotes", "questions", "timeout", "memory", "help", "name", "questions_dir", "store"}
)

_HEADER = re.compile(r"#\s*(?P<key>[a-z-]+)(?:\s+(?P<name>\S+))?\s*:\s*(?P<value>.*\S)\s*")
_PARAMETER = re.compile(r"(?P<type>[a-z|-]+)(?P<required>, required)?(?: = (?P<default>.*?))? — (?P<help>.+)")
_COLUMN = re.compile(r"(?P<type>[a-z]+) — (?P<meaning>.+)")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_VARIABLE = re.compile(r"[a-z][a-z_0-9]*")
_EVIDENCE = re.compile(r"\?\w+|\?\w+ \w+:\w+ (?:\?\w+|\w+:\w+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be given to a question."""

    name: str
    type: str
    """One of :data:`ENTITIES`, of :data:`VALUES`, or ``choice``."""
    help: str
    required: bool = False
    default: str | None = None
    choices: tuple[str, ...] = ()

    @property
    def is_entity(self) -> bool:
        """Whether it names a thing of the graph."""
        return self.type in ENTITIES


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the answer."""

    name: str
    type: str
    """One of :data:`CELLS`."""
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """A named, parameterised SPARQL query."""

    name: str
    number: int | None
    """Of the list of questions; None for a user's own."""
    group: str
    title: dict[str, str]
    """``zh`` and ``en``."""
    answers: dict[str, str]
    """What it answers, ``zh`` and ``en``."""
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str
    """The SPARQL query as it stands in the file, header included."""
    evidence: tuple[str, ...] = ()
    """What a row rests on: a variable (``?use``) or a triple (``?slogan kg:usedBy ?user``)."""
    step: str | None = None
    """The Python step that finishes it: ``module.function`` in :mod:`kg.ask.steps`."""
    path: Path | None = None

    @property
    def sparql(self) -> str:
        """The query with the prefixes it uses declared: what any SPARQL client can run."""
        used = (f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items() if f"{prefix}:" in self.text)
        return "\n".join((*used, self.text))

    def parameter(self, name: str) -> Parameter:
        """The parameter of this name; raises :class:`~kg.errors.QuestionError`."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        known = ", ".join(parameter.name for parameter in self.parameters) or "none"
        raise QuestionError(f"{self.name}: {name!r} is no parameter of this question; it has {known}")


def questions(folder: Path | str | None = None, warn: Callable[[str], None] | None = None) -> tuple[Question, ...]:
    """Our questions, and those of *folder* after them, in the order of groups, numbers and names.

    Where a file of *folder* is no question, *warn* is told file and line and it is left out; without *warn*,
    :class:`~kg.errors.QuestionError` is raised.
    """
    found = _ours()
    if folder is not None:
        theirs = []
        for path in _files(folder):
            try:
                theirs.append(_checked(path))
            except QuestionError as error:
                if warn is None:
                    raise
                warn(f"{error}; left out")
        found += tuple(theirs)
    return found


def _files(folder: Path | str) -> list[Path]:
    if not Path(folder).is_dir():
        raise QuestionError(f"{folder}: no folder is here; name a folder of .rq files")
    return sorted(Path(folder).glob("*.rq"))


def find(name: str, folder: Path | str | None = None) -> Question:
    """The question of this name or number; raises :class:`~kg.errors.NotFoundError`, and
    :class:`~kg.errors.QuestionError` where it is a file of *folder* that is no question. Others of its files are not read.
    """
    theirs = [] if folder is None else _files(folder)
    for question in _ours():
        if name in (question.name, str(question.number)):
            return question
    for path in theirs:
        if path.stem == name:
            return _checked(path)
    from difflib import get_close_matches

    known = [*(question.name for question in _ours()), *(path.stem for path in theirs)]
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    meant = f"did you mean {' or '.join(near)}?" if near else "`kg ask BUILD` lists them"
    raise NotFoundError(f"{name!r}: no question has this name; {meant}")


@lru_cache(maxsize=1)
def _ours() -> tuple[Question, ...]:
    folder = Path(__file__).parent / "questions"
    found = (parse(path.read_text(encoding="utf-8"), path) for path in sorted(folder.glob("*.rq")))
    groups = list(GROUPS)
    return tuple(sorted(found, key=lambda item: (groups.index(item.group), item.number or 0, item.name)))


def parse(text: str, path: Path) -> Question:
    """The question in a file; raises :class:`~kg.errors.QuestionError` naming file and line."""
    head: dict[str, str] = {}
    parameters: list[Parameter] = []
    columns: list[Column] = []
    evidence: list[str] = []
    if not _NAME.fullmatch(path.stem):
        raise QuestionError(f"{path}: {path.stem!r} is no name for a question; use small letters, digits and hyphens")
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        where = f"{path}: line {number}"
        found = _HEADER.fullmatch(line)
        if not found:
            raise QuestionError(f"{where}: not a line of a header; write `# key: value`")
        key, name, value = found["key"], found["name"], found["value"]
        if key == "parameter":
            parameters.append(_parameter(name or "", value, where))
        elif key == "column":
            columns.append(_column(name or "", value, where))
        elif key == "evidence":
            if not _EVIDENCE.fullmatch(value):
                raise QuestionError(
                    f"{where}: {value!r} is no evidence; write ?variable or ?subject prefix:term ?object"
                )
            evidence.append(value)
        elif key in ("number", "group", "zh", "en", "answers-zh", "answers-en", "step") and name is None:
            head[key] = value
        else:
            raise QuestionError(f"{where}: {key!r} is no key of a header")
    for key in ("zh", "en"):
        if key not in head:
            raise QuestionError(f"{path}: line 1: the header has no `# {key}: TITLE`")
    if not columns:
        raise QuestionError(f"{path}: line 1: the header names no column; write `# column NAME: text — MEANING`")
    group = head.get("group", "own")
    if group not in GROUPS:
        raise QuestionError(f"{path}: line 1: {group!r} is no group; the groups are {', '.join(GROUPS)}")
    return Question(
        name=path.stem,
        number=int(head["number"]) if head.get("number", "").isdigit() else None,
        group=group,
        title={"zh": head["zh"], "en": head["en"]},
        answers={"zh": head.get("answers-zh", head["zh"]), "en": head.get("answers-en", head["en"])},
        parameters=tuple(parameters),
        columns=tuple(columns),
        text=text,
        evidence=tuple(evidence),
        step=head.get("step"),
        path=path,
    )


def _parameter(name: str, value: str, where: str) -> Parameter:
    found = _PARAMETER.fullmatch(value)
    if not found or not _VARIABLE.fullmatch(name):
        raise QuestionError(f"{where}: not a parameter; write `# parameter NAME: TYPE[, required][ = DEFAULT] — HELP`")
    if name in RESERVED:
        raise QuestionError(f"{where}: a parameter cannot be named {name}, since `kg ask` has an option of that name")
    type, default, required = found["type"], found["default"], found["required"] is not None
    choices = tuple(type.split("|")) if "|" in type else ()
    if not choices and type not in ENTITIES and type not in VALUES:
        known = ", ".join((*ENTITIES, *VALUES))
        raise QuestionError(f"{where}: {type!r} is no type of parameter; the types are {known}, or a choice a|b")
    if choices and default not in (*choices, None):
        raise QuestionError(f"{where}: the default {default!r} is none of {', '.join(choices)}")
    if default is None and not required and type not in ENTITIES and type != "build":
        default = choices[0] if choices else "0" if type in NUMBERS else ""
    return Parameter(name, "choice" if choices else type, found["help"], required, default, choices)


def _column(name: str, value: str, where: str) -> Column:
    found = _COLUMN.fullmatch(value)
    if not found or not _VARIABLE.fullmatch(name) or found["type"] not in CELLS:
        raise QuestionError(f"{where}: not a column; write `# column NAME: {'|'.join(CELLS)} — MEANING`")
    return Column(name, found["type"], found["meaning"])


def _checked(path: Path) -> Question:
    """A user's question, its query held against what a question may be before it is ever run."""
    if any(path.stem == question.name for question in _ours()):
        raise QuestionError(f"{path}: {path.stem} is one of our own questions; rename the file")
    try:
        question = parse(path.read_text(encoding="utf-8"), path)
    except UnicodeDecodeError as error:
        raise QuestionError(f"{path}: offset {error.start}: not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise QuestionError(f"{path}: {error.strerror}; name a folder of files that can be read") from error
    import pyoxigraph

    from kg.graph.sparql import asks_elsewhere

    try:
        answer = pyoxigraph.Store().query(question.text, prefixes=PREFIXES)
    except SyntaxError as error:
        raise QuestionError(f"{path}: {_place(error)}") from error
    if not isinstance(answer, pyoxigraph.QuerySolutions):
        raise QuestionError(f"{path}: line 1: a question is a SELECT query")
    if asks_elsewhere(question.text):
        raise QuestionError(f"{path}: SERVICE asks another server, and a build is asked offline; leave it out")
    projected = {variable.value for variable in answer.variables}
    for parameter in question.parameters:
        if names_variable(question, parameter.name) and parameter.name not in projected:
            line = next(i for i, words in enumerate(question.text.splitlines(), 1) if f"?{parameter.name}" in words)
            raise QuestionError(f"{path}: line {line}: ?{parameter.name} is a parameter; SELECT must name it too")
    if question.step is None:
        for column in question.columns:
            if column.name not in projected:
                raise QuestionError(f"{path}: line 1: the query does not SELECT the column ?{column.name}")
    else:
        step_of(question)
    return question


def names_variable(question: Question, name: str) -> bool:
    """Whether the query of a question has this variable."""
    body = "\n".join(line for line in question.text.splitlines() if not line.startswith("#"))
    return re.search(rf"[?$]{name}\b", body) is not None


def step_of(question: Question) -> Any:
    """The function that finishes a question; raises :class:`~kg.errors.QuestionError` where there is none."""
    module, _, function = (question.step or "").partition(".")
    if _VARIABLE.fullmatch(module) and _VARIABLE.fullmatch(function):
        try:
            return getattr(import_module(f"kg.ask.steps.{module}"), function)
        except (ImportError, AttributeError):
            pass  # because both mean that there is no such step, which the next line says
    raise QuestionError(f"{question.path}: {question.step!r} is no step; leave the line out")


def _place(error: SyntaxError) -> str:
    """``line 3, column 5: what was expected`` of a syntax error of the store."""
    words = " ".join(str(error.msg or error).split())
    found = re.search(r"at (\d+):(\d+)", words)
    line = error.lineno or (int(found[1]) if found else 1)
    column = error.offset or (int(found[2]) if found else 1)
    return f"line {line}, column {column}: {words}"
