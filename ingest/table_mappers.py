"""The mappers of a plan, compiled once for all tables that are mapped alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

from graph.affiliations.gazetteer import Gazetteer, built_in
from graph.ontology.schema import Ontology
from ingest.compiler import compile_mapping
from ingest.contacts import LEFT_OUT, Contacts
from ingest.map import Mapper
from ingest.places import Around, nowhere
from ingest.placing import table_of
from ingest.planning import Job, Plan
from ingest.survey import Survey, SurveyedTable
from ingest.table import NO_ORDERS, Orders, TableMapper

MapperKey: TypeAlias = tuple[str, bool, int | None]


def compiled_tables(
    work: Plan,
    ontology: Ontology,
    *,
    contacts: Contacts = LEFT_OUT,
    gazetteer: Callable[[], Gazetteer] = built_in,
    office: str = "",
) -> tuple[Mapping[MapperKey, Mapper], Callable[[int], TableMapper]]:
    """The mappers of a plan, and by a job's place what maps its table's rows, one after the other as they stand."""

    def compiled(job: Job, around: Around, orders: Orders) -> Mapper:
        return compile_mapping(
            job.spec, ontology, epoch1904=job.table.epoch1904, year=job.dated.year, orders=orders, contacts=contacts, gazetteer=gazetteer
        ).beside(around)

    ready = {key: compiled(job, nowhere, NO_ORDERS) for key, job in {mapper_key(job): job for job in work.jobs}.items()}
    survey = survey_of(work, office)

    def table(place: int) -> TableMapper:
        job, around = work.jobs[place], survey.around(place)
        mapper = ready[mapper_key(job)].beside(around)
        return TableMapper(mapper, job.table.file, job.table.sheet, partial(job.rows.read, []), partial(compiled, job, around))

    return ready, table


def mapper_key(job: Job) -> MapperKey:
    """Tables that are mapped alike: the mapping, the workbook's date system, the year of days that give none."""
    return job.spec.mapping, job.table.epoch1904, job.dated.year


def survey_of(work: Plan, office: str = "") -> Survey:
    """The places around the rows of each table of a plan."""
    return Survey([SurveyedTable(job.spec, partial(job.rows.read, []), table_of(job)) for job in work.jobs], office)
