"""What is not plain in a table, as questions to whoever knows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ingest.interpretation.bare import Bare
from ingest.interpretation.proposal import SURE, ColumnProposal, Doubt, Option
from ingest.interpretation.roles import ATTRIBUTE, DATE, OBJECT, ORGANISATION, PERSON, UNUSED, Role
from ingest.interpretation.tables import Table
from ingest.outcome import Bilingual

KINDS: Mapping[str, Bilingual] = {
    PERSON: Bilingual("人员", "people"),
    ORGANISATION: Bilingual("机构", "organisations"),
    OBJECT: Bilingual("事项", "what the rows are about"),
    DATE: Bilingual("日期", "dates"),
    ATTRIBUTE: Bilingual("属性", "a property"),
    UNUSED: Bilingual("未用", "not used"),
}


def doubts_of(roles: Sequence[Role], columns: Sequence[ColumnProposal]) -> Iterator[Doubt]:
    """A question for every column that names somebody or something, of which it is not plain whom or what."""
    for role, column in zip(roles, columns, strict=True):
        unused_name = not column.used and role.kind in (PERSON, ORGANISATION) and role.profile.share("person", "organisation") >= SURE
        if (column.used and role.kind in (PERSON, ORGANISATION, OBJECT) and role.sure < SURE) or unused_name:
            shown = "、".join(column.examples)
            question = Bilingual(
                f"“{role.column}”（如 {shown}）是什么？", f"What is '{role.column}' (such as {', '.join(column.examples)})?"
            )
            yield Doubt(role.column, question, _options(role), f"{role.kind}/{role.concept}" if column.used else UNUSED)


def _options(role: Role) -> tuple[Option, ...]:
    proposed = Option(f"{role.kind}/{role.concept}", Bilingual(KINDS[role.kind].zh, f"{KINDS[role.kind].en} ({role.concept})"))
    others = [Option(f"{kind}/{kind}", KINDS[kind]) for kind in (PERSON, ORGANISATION) if kind != role.kind]
    others.append(Option("object/project", Bilingual("项目名称", "titles of projects")))
    return (proposed, *others, Option(UNUSED, Bilingual("不用", "leave it out")))


_BESIDE = (
    Option("organisation/employer", Bilingual("他们在那里工作", "they work there")),
    Option("organisation/alma_mater", Bilingual("他们曾在那里就读", "they studied there")),
    Option("organisation/body", Bilingual("他们是其成员", "they are members of it")),
    Option("organisation/linked", Bilingual("另有联系", "they are tied to it in another way")),
    Option(UNUSED, Bilingual("不用", "leave it out")),
)


def home_doubts(bare: Sequence[Bare]) -> Iterator[Doubt]:
    """A question for every organisation beside which people merely stand."""
    for each in bare:
        shown = f"{each.example[0]} – {each.example[1]}"
        question = Bilingual(
            f"“{each.person}”与“{each.organisation}”（如 {shown}）是什么关系？",
            f"What are those under '{each.person}' to '{each.organisation}' (such as {shown})?",
        )
        yield Doubt(each.organisation, question, _BESIDE, "organisation/employer" if each.works else "organisation/linked")


def encoding_doubts(table: Table, roles: Sequence[Role]) -> Iterator[Doubt]:
    """Whether a text reads right, of a file whose encoding nothing proves."""
    if not table.encoding:
        return
    for role in roles:
        text = next((text for text in table.texts(role.column) if not text.isascii()), "")
        if text and role.kind != UNUSED:
            kept = f"{role.kind}/{role.concept}"
            question = Bilingual(
                f"文件没有写明编码，按 {table.encoding} 读取：“{text}”对吗？",
                f"The file does not say its encoding and was read as {table.encoding}: is '{text}' right?",
            )
            options = (Option(kept, Bilingual("对", "yes")), Option(UNUSED, Bilingual("不对：不用此列", "no: leave the column out")))
            yield Doubt(role.column, question, options, kept)
            return
