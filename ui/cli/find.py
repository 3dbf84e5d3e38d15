"""`find`: search in English and Japanese."""

import json
from datetime import datetime

import click

from index.search.dates import read_span
from index.search.query import SORTS, Page, Query, page_to_dict
from ui.cli.hits import page_text
from ui.cli.invocation import Invocation


@click.command()
@click.argument("words", metavar="QUERY", nargs=-1)
@click.option("--area", multiple=True, help="Service area: Security, db, セキュリティ …")
@click.option("--service", multiple=True, help="AWS service by any of its names: ECR, ラムダ …")
@click.option("--kind", multiple=True, help="announcement, blog, session, note, digest, article.")
@click.option("--lang", multiple=True, help="Language: en, ja, 日本語 …")
@click.option("--stage", multiple=True, help="preview, ga, region, end.")
@click.option("--region", multiple=True, help="AWS region: us-east-1, Tokyo, 東京 …")
@click.option("--source", multiple=True, help="Source by its name or a part of it.")
@click.option("--year", multiple=True, help="Year of publication, or 2020..2022.")
@click.option("--since", metavar="DATE", help="On or after: 2020-12-01, 2020-12, 2020-W50, 30d.")
@click.option("--until", metavar="DATE", help="On or before; all of the day, month or week.")
@click.option("--sort", type=click.Choice(SORTS), default="relevance", show_default=True)
@click.option("--limit", type=click.IntRange(0, 1000), default=10, show_default=True)
@click.option("--offset", type=click.IntRange(0), default=0, help="Skip so many hits.")
@click.option("--json", "as_json", is_flag=True, help="For machines; excerpts with <mark>.")
@click.pass_context
def find(
    ctx: click.Context,
    /,
    words: tuple[str, ...],
    since: str | None,
    until: str | None,
    sort: str,
    limit: int,
    offset: int,
    as_json: bool,
    **filters: tuple[str, ...],
) -> None:
    """Search everything that is kept, in English and Japanese alike.

    All words must occur; case, width and word forms do not matter, and a service is found by
    any of its names, former ones too. A filter may be given several times. Exit code 1 when
    nothing is found.

    \b
    In the query:
      "data sharing"  a phrase         aurora OR redshift   either
      -preview        not this         kube*                a beginning
      title:lambda    in the title     (a OR b) c           groups
      area:security  service:ECR  kind:blog  lang:ja  stage:ga  region:tokyo
      source:whats-new-en  code:DOP309  year:2020  since:2020-11  until:2020-12-31
      week:2020-W50  date:2020-11..2020-12  sort:newest
    A query that begins with - stands after -- . docs/searching.md tells more.

    \b
    Example:
      reinvent-kb find "Aurora Serverless"
      reinvent-kb find マルチアカウント --area Security --json
      reinvent-kb find "Redshift ML" --since 2020-12-01 --until 2020-12-31
    """
    library = ctx.ensure_object(Invocation).library
    text = " ".join(words)
    now = library.clock()
    query = Query(
        text=text,
        area=filters["area"],
        service=filters["service"],
        kind=filters["kind"],
        lang=filters["lang"],
        stage=filters["stage"],
        region=filters["region"],
        source=filters["source"],
        year=filters["year"],
        since=_bound(since, now)[0],
        until=_bound(until, now)[1],
        sort=sort,
        limit=limit,
        offset=offset,
    )
    page = library.find(query)
    if as_json:
        click.echo(json.dumps(page_to_dict(page), ensure_ascii=False, indent=2))
    else:
        _tell(page, text)
        if page.total:
            click.echo(page_text(page, text, offset))
    if not page.total:
        ctx.exit(1)


def _bound(text: str | None, now: datetime) -> tuple[datetime | None, datetime | None]:
    return read_span(text, now) if text else (None, None)


def _tell(page: Page, text: str) -> None:
    """Notices, on stderr."""
    if page.notice:
        click.echo(f"Note: {page.notice}.", err=True)
    if page.corrected and page.corrected not in page.notice:
        click.echo(f"Did you mean: {page.corrected}", err=True)
    if not page.total:
        about = f" for {text}" if text else ""
        click.echo(f"Nothing was found{about}. Fewer words or filters find more.", err=True)
