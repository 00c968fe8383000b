"""``pairs``: the whole table of pairs, written while it is found, in memory that does not grow with it."""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict

import click

from graph.bounded import UNFINISHED_BY
from graph.errors import QueryProblem
from graph.messages import message
from lianyin.answers.lacking import lacking_lines
from lianyin.answers.words import limit_note
from lianyin.cli.derived import parameter_of
from lianyin.cli.exits import LACKING, LIMIT_MET
from lianyin.cli.output import spreadsheet_cell, text_destination
from lianyin.cli.session import connected, current_settings, progress_bar
from lianyin.language import say
from lianyin.operations.paths import AskConnections, lacks_of_pairs, stream_connections
from lianyin.requests import parameters, read
from lianyin.transport import Local

HEAD = ("from", "from_id", "to", "to_id", "hops", "paths")
LEFT_OUT = ("from_", "to", "limit", "count")
FIELDS = [each for each in parameters(AskConnections) if each.field not in LEFT_OUT]


@click.command()
@click.option("--output", "-o", metavar="FILE.csv", help="Where to write them; by default to stdout. 写到文件")
def pairs(output: str | None, **given: object) -> int:
    """Write every pair of nodes of two types that connect, as CSV: by start, then hops, then end. 全部配对。

    Rows go out while others are still being searched for, so a table of millions needs no more memory than a small one. What a pair is
    connected through is told by: lianyin path A B

    边查边写，几百万对也不多占内存。某一对经由谁相连，用 lianyin path A B 查。
    """
    settings = current_settings()
    rows, limit = 0, None
    asked = read(AskConnections, {each.name: given[each.field] for each in FIELDS})
    with connected() as transport, progress_bar(say(settings.language, "查找", "Searching")) as draw:
        if not isinstance(transport, Local):
            raise QueryProblem(
                message("Pairs are written by the process that holds the store, and a server holds it now."),
                hint=message("Stop the server, or ask it for connections instead."),
                where={"parameter": "server"},
            )
        if lacks := lacks_of_pairs(transport.session, asked):
            sys.stderr.write("".join(f"{line}\n" for line in lacking_lines({"lacks": [asdict(lack) for lack in lacks]}, settings.language)))
            return LACKING
        stream = stream_connections(transport.session, asked)
        with text_destination(output) as target:
            writer = csv.writer(target)
            writer.writerow(HEAD)
            for part in stream:
                for each in part.rows:
                    ends = (
                        transport.reader.label(each.start.caption),
                        each.start.id,
                        transport.reader.label(each.end.caption),
                        each.end.id,
                    )
                    writer.writerow([*(spreadsheet_cell(text) for text in ends), each.hops, each.ways])
                rows, limit = rows + len(part.rows), part.limit or limit
                if draw is not None:
                    draw(say(settings.language, f"{rows} 对", f"{rows} pairs"), part.searched, part.sources)
            finished = limit not in UNFINISHED_BY
            if not finished:
                writer.writerow([limit_note({"limit": limit, "finished": False}, settings.language)])
    told = (f"共 {rows} 对\n", f"{rows} pairs\n") if finished else (f"已写出 {rows} 对\n", f"{rows} pairs written\n")
    sys.stderr.write(say(settings.language, *told))
    if limit is None:
        return 0
    sys.stderr.write((limit_note({"limit": limit, "finished": finished}, settings.language) or "") + "\n")
    return LIMIT_MET


pairs.params[:0] = [parameter_of(each) for each in FIELDS]
