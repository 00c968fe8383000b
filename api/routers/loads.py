"""Files that are uploaded: understood, tried out, loaded."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Response, UploadFile

from api.deps import Reading, answers, json_answer
from api.schemas.common import Text
from api.schemas.loads import ReportAnswer
from api.schemas.understanding import UnderstoodAnswer
from api.uploads import Upload, received, settled
from lianyin.answers.understanding import understood_document
from lianyin.reports import keep_report
from lianyin.said_of_tables import read

router = APIRouter(prefix="/v1/loads", tags=["loads"])

Files = Annotated[list[UploadFile], File(description="Tables: CSV, TSV, XLSX, XLS, JSONL.")]
FolderFiles = Annotated[
    list[UploadFile], File(description="Tables that were met in a folder (`folder/file.csv`): what fits no mapping is skipped and listed.")
]
Mapping = Annotated[Text | None, Form(description="A mapping's name or family; by default each table's header proposes one.")]
MappingFile = Annotated[UploadFile | None, File(description="A mapping of your own (YAML).")]
DoubtAnswers = Annotated[
    str | None,
    Form(
        max_length=100_000,
        description="Answers to doubts, as JSON: by `file` or `file/sheet`, then column, the key of an option.",
        examples=['{"roster.xlsx/Sheet1": {"联系人": "unused"}}'],
    ),
]
SaidOfTables = Annotated[
    str | None,
    Form(
        max_length=100_000,
        description="What is said of single tables, as JSON, by `file` or `file/sheet`: `date`, `edition_of`, `new_series`.",
        examples=['{"roster.xlsx/Sheet1": {"date": "2024-05"}}'],
    ),
]


@router.post("", **answers(ReportAnswer, 400, 403, 404, 409, 507))
def load(
    client: Reading,
    *,
    files: Files = [],  # noqa: B006 - FastAPI copies it
    folder_files: FolderFiles = [],  # noqa: B006
    mapping: Mapping = None,
    mapping_file: MappingFile = None,
    tables: SaidOfTables = None,
    preview: Annotated[bool, Query(description="Read, map, check and compare every row, report, and record nothing.")] = False,
    date: Annotated[Text | None, Query(description="Of what day the data is; by default as the file tells.", examples=["2024-05"])] = None,
    edition_of: Annotated[Text | None, Query(description="The load of whose files these are other editions.", examples=["L1"])] = None,
    new_series: Annotated[bool, Query(description="The files are no editions of any that are loaded.")] = False,
    close_gone: Annotated[bool, Query(description="The files are full lists: take back what rows said that are missing now.")] = False,
) -> Response:
    """Loads files as one load, or tries it out with `preview=true`. Good rows load; every rejected row is in the report."""
    said = read(tables)
    with received(Upload(files, folder_files, mapping, mapping_file), client.settings) as (paths, chosen):
        run = client.preview if preview else client.ingest
        report = run(paths, chosen, close_gone=close_gone, date=date or "", edition_of=edition_of or "", new_series=new_series, tables=said)
    if not preview:
        keep_report(report, None, client.store_url)
    return json_answer(report.to_json())


@router.post("/understanding", **answers(UnderstoodAnswer, 400, 403, 404))
def understand(
    client: Reading,
    *,
    files: Files = [],  # noqa: B006
    folder_files: FolderFiles = [],  # noqa: B006
    mapping: Mapping = None,
    mapping_file: MappingFile = None,
    answers: DoubtAnswers = None,
) -> Response:
    """How the tables would be read, with the sentences of their first rows and what is in doubt. Nothing is recorded or kept."""
    told = settled(answers)
    with received(Upload(files, folder_files, mapping, mapping_file), client.settings) as (paths, chosen):
        return json_answer(understood_document(client.understand(paths, chosen, told)))
