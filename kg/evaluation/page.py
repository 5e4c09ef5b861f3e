"""The quality card as one HTML page: no scripts, nothing from elsewhere, every string escaped."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from kg.builds.page import style
from kg.builds.report import visible
from kg.evaluation.card import Section, Table, headline, sections
from kg.evaluation.measures import Reliability
from kg.evaluation.result import Case, Estimate, Evaluation

_TEMPLATE = Path(__file__).with_name("card.html")


class Markup(str):
    """Words that are HTML already; all other words are escaped where they enter a page."""

    __slots__ = ()


def page(evaluation: Evaluation) -> str:
    """The whole page, ending in a line break."""
    parts = list(sections(evaluation))
    body = [_section(number, part, evaluation.reliability) for number, part in enumerate(parts)]
    links = [element("a", part.title, href=f"#part-{number}") for number, part in enumerate(parts)]
    template = Template(_TEMPLATE.read_text(encoding="utf-8"))
    return template.substitute(
        style=style().rstrip(),
        headline=element("p", headline(evaluation), class_="headline"),
        contents=element("nav", *links),
        body="\n".join(body),
    )


def element(tag: str, *children: str, **attributes: str | float) -> Markup:
    """One element with its children; what is not :class:`Markup` is escaped, control and bidi marks written out.

    >>> element("td", "<道里区>", class_="number")
    '<td class="number">&lt;道里区&gt;</td>'
    """
    named = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(str(value))}"' for name, value in attributes.items()
    )
    inside = "".join(child if isinstance(child, Markup) else escape(visible(child)) for child in children)
    return Markup(f"<{tag}{named}>{inside}</{tag}>")


def _section(number: int, section: Section, reliability: Reliability) -> Markup:
    parts: list[str] = [element("h2", section.title, " ", element("span", section.chinese, lang="zh-Hans"))]
    if section.facts:
        facts = [part for name, value in section.facts for part in (element("dt", name), element("dd", value))]
        parts.append(element("dl", *facts))
    parts += [element("p", words) for words in section.words]
    if section.reliability:
        parts.append(_diagram(reliability))
    if section.table:
        parts.append(_table(section.table))
    if section.points:
        parts.append(element("ul", *(element("li", point) for point in section.points), class_="points"))
    for doc, cases in section.cases:
        parts.append(element("h3", doc, " ", element("span", str(len(cases)))))
        parts.append(element("ul", *(_case(case) for case in cases), class_="cases"))
    return element("section", *parts, id=f"part-{number}")


def _table(table: Table) -> Markup:
    words = [isinstance(cell, str) for cell in table.rows[0]] if table.rows else [True] * len(table.head)
    head = element("tr", *(_head(name, is_words) for name, is_words in zip(table.head, words, strict=True)))
    rows = [element("tr", *(_cell(cell, at) for at, cell in enumerate(row))) for row in table.rows]
    whole = element("table", element("thead", head), element("tbody", *rows))
    return element("div", whole, class_="wide")


def _head(name: str, is_words: bool) -> Markup:
    return element("th", name, scope="col") if is_words else element("th", name, scope="col", class_="number")


def _cell(cell: str | int | Estimate, at: int) -> Markup:
    if at == 0:
        return element("th", str(cell), scope="row")
    if isinstance(cell, str):
        return element("td", cell)
    if isinstance(cell, int):
        return element("td", f"{cell:,}", class_="number")
    return element("td", str(cell), *_interval(cell), class_="number")


def _interval(estimate: Estimate) -> tuple[Markup, ...]:
    """The interval drawn on a line from 0 to 1; the numbers beside it say the same."""
    if estimate.value is None:
        return ()
    low = estimate.value if estimate.low is None else estimate.low
    high = estimate.value if estimate.high is None else estimate.high
    parts = (
        element("line", class_="axis", x1=2, y1=5, x2=102, y2=5),
        element("line", class_="span", x1=_at(low), y1=5, x2=_at(high), y2=5),
        element("circle", cx=_at(estimate.value), cy=5, r=3),
    )
    return (element("svg", *parts, viewBox="0 0 104 10", class_="interval", aria_hidden="true"),)


def _at(share: float) -> str:
    return f"{2 + 100 * share:.1f}"


def _diagram(reliability: Reliability) -> Markup:
    """Share right over confidence; on the diagonal confidence says what is so. Areas are numbers of records."""
    most = max(bin.records for bin in reliability.bins)
    points = [
        element("circle", cx=f"{30 + 200 * bin.confidence:.1f}", cy=f"{210 - 200 * bin.share:.1f}",
                r=f"{3 + 9 * (bin.records / most) ** 0.5:.1f}")
        for bin in reliability.bins
    ]  # fmt: skip
    marks = [element("text", f"{n / 2:g}", x=30 + 100 * n, y=224, text_anchor="middle") for n in range(3)]
    marks += [element("text", f"{n / 2:g}", x=25, y=214 - 100 * n, text_anchor="end") for n in range(3)]
    marks.append(element("text", "confidence", x=130, y=240, text_anchor="middle"))
    marks.append(element("text", "share right", x=-4, y=110, text_anchor="middle", transform="rotate(-90 -4 110)"))
    frame = element("rect", x=30, y=10, width=200, height=200)
    diagonal = element("line", class_="axis", x1=30, y1=210, x2=230, y2=10)
    label = "Share right over confidence; the table below has the numbers"
    parts = (frame, diagonal, *points, *marks)
    return element("svg", *parts, viewBox="-16 -6 262 252", class_="diagram", role="img", aria_label=label)


def _case(case: Case) -> Markup:
    parts: list[str] = [element("b", case.name, lang="zh-Hans"), " ", element("small", case.type)]
    if case.what == "attribute":
        given = element("span", case.given, lang="zh-Hans") if case.given else "nothing"
        wanted = element("span", case.wanted, lang="zh-Hans")
        parts.append(element("p", element("i", case.field), ": wanted ", wanted, ", given ", given))
    place = case.place
    if place is None:
        parts.append(element("p", "No spelling of it stands in the text."))
    else:
        quote = ("…", place.before, element("mark", place.quote), place.after, "…")
        parts.append(element("blockquote", *quote, lang="zh-Hans"))
        parts.append(element("small", *_where(case)))
    return element("li", *parts)


def _where(case: Case) -> tuple[str, ...]:
    place = case.place
    said = [] if place is None else [f"{place.start}–{place.end}"]
    if place is not None and place.section:
        said.append(place.section)
    if case.rules:
        said.append("/".join(case.rules))
    if case.confidence is not None:
        said.append(f"confidence {case.confidence:.2f}")
    if case.what == "missed":
        said.append(f"read there: {'; '.join(case.read) or 'nothing'}")
    return (" · ".join(said),)
