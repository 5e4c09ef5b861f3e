"""`kg evaluate`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.console import BUILD, TYPE, output, print_tables


@click.command(short_help="Hold the records against gold: precision, recall, F1.")
@click.argument("gold", metavar="GOLD", type=click.Path(path_type=Path))
@BUILD
@click.option("--doc", metavar="D", help="Only this document.")
@TYPE
@click.option("--md", metavar="FILE", type=click.Path(path_type=Path), help="Write the quality card in Markdown.")
@click.option("--html", metavar="FILE", type=click.Path(path_type=Path), help="Write the quality card as one page.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
@click.option("--seed", metavar="N", type=int, default=0, show_default=True, help="Of the resamples behind intervals.")
def evaluate(
    gold: Path,
    folder: Path,
    doc: str | None,
    type_: str | None,
    md: Path | None,
    html: Path | None,
    as_json: bool,
    seed: int,
) -> None:
    """Hold the records of BUILD against GOLD, a folder of annotated documents (*.json): how many are right, how many
    are missed, and how far confidence can be trusted.

    Intervals are bootstraps of documents, or of what stands in them where there are fewer than five. With --doc or
    --type every case that is not right is listed with its passage; the quality card always has them. docs/quality.md
    says how a record and an entry are matched.
    """
    from kg.evaluation import evaluate as measure

    found = measure(gold, folder, doc=doc, type=type_, seed=seed)
    for path, format_ in ((md, "md"), (html, "html")):
        if path is not None:
            with output(path) as stream:
                stream.write(found.card("html" if format_ == "html" else "md"))
    if as_json:
        import json

        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, allow_nan=False))
        return
    from kg.evaluation.terminal import renderables

    print_tables(lambda width: renderables(found, cases=bool(doc or type_), width=width))
