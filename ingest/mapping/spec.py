"""The shape of a mapping file. Pydantic checks it; every model is frozen and refuses keys it does not know.

Everything in the file is text until a field says otherwise, so that the country code ``NO`` stays ``NO``.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from graph.messages import message
from ingest.patterns import compiled
from ingest.readers.base import clean_header

OnError = Literal["reject_row", "drop_value"]

ID_NAME = r"^[a-z][a-z0-9-]*$"


def _pattern(text: str) -> str:
    compiled(text)
    return text


def _replacements(by_pattern: dict[str, str]) -> dict[str, str]:
    for pattern, by in by_pattern.items():
        compiled(pattern).template(by)
    return by_pattern


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str | dict) else value


def _as_column(value: object) -> object:
    return {"column": value} if isinstance(value, str) else value


def _as_both(value: object) -> object:
    return {"zh": value, "en": value} if isinstance(value, str) else value


def _as_fixed(value: object) -> object:
    return {"value": value} if isinstance(value, str) else value


def _as_whole(value: object) -> object:
    return {"": value} if isinstance(value, str) else value


def _in_template(text: str) -> str:
    """Its columns in the form of headings; the texts between them as they stand."""
    return re.sub(r"\{([^{}]+)\}", lambda match: "{" + clean_header(match[1]) + "}", text)


Column: TypeAlias = Annotated[str, AfterValidator(clean_header)]
"""A column's name in the form in which headings are compared, however it is written in the mapping."""
Columns: TypeAlias = Annotated[tuple[Column, ...], BeforeValidator(_as_list)]
Pattern: TypeAlias = Annotated[str, BeforeValidator(_pattern)]
Replacements: TypeAlias = Annotated[dict[Pattern, str], AfterValidator(_replacements)]
Name: TypeAlias = Annotated[str, StringConstraints(pattern=ID_NAME)]
Texts: TypeAlias = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


class Spec(BaseModel):
    """Base of all parts."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(Spec):
    """A text in both languages; a plain string stands for both."""

    zh: str
    en: str


class SourceSpec(Spec):
    """Where the records come from (``graph.model.Source``). ``date`` is read for the sake of mappings written before files told their own
    date; it is not used, and a load says so (``ingest.dating``)."""

    id: Name
    name: Annotated[Label, BeforeValidator(_as_both)]
    date: Annotated[str, StringConstraints(pattern=r"^(\d{4}(-\d\d(-\d\d)?)?)?$")] = ""
    precedence: int = 0
    published: bool = False


class FormatSpec(Spec):
    """How the file is written, where detection is not to be left to itself. With two ``header_rows`` a column is called by its group and
    its own heading: ``甲方 名称``."""

    delimiter: Annotated[str, StringConstraints(max_length=1)] = ""
    encoding: Literal[
        "",
        "utf-8",
        "gb18030",
        "gbk",
        "big5",
        "big5hkscs",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "shift_jis",
        "euc-jp",
        "euc-kr",
        "latin-1",
        "cp1250",
        "cp1251",
        "cp1252",
    ] = ""
    quoting: Literal["minimal", "none"] = "minimal"
    escape: Annotated[str, StringConstraints(max_length=1)] = ""
    decimal_comma: bool = False
    sheets: Texts = ()
    header_rows: Literal["1", "2"] = "1"


class ColumnsSpec(Spec):
    """Which columns a file must and may have, by their standard names. ``aliases``: standard name → other headers that mean it.
    ``distinctive``: columns without which the mapping takes no table by itself, all but one of them under their own name; a list of names
    is a column and the aliases that do as well (``ingest.distinct``)."""

    required: Annotated[Columns, Field(min_length=1)]
    optional: Columns = ()
    distinctive: tuple[Annotated[Columns, Field(min_length=1)], ...] = ()
    aliases: dict[Column, Columns] = {}

    @property
    def known(self) -> frozenset[str]:
        return frozenset((*self.required, *self.optional))


class WordingSpec(Spec):
    """How the texts of a column are put into standard words before anything else looks at them: ``replace`` (pattern → text, in order;
    not in texts in which ``keep`` is found), then ``map`` (whole text → text), then ``value`` (a value type's standard form, where the
    text has one)."""

    keep: Pattern | None = None
    replace: Replacements = {}
    map: dict[str, str] = {}
    value: str = ""


DERIVED = ("organisation", "kind", "unit", "successor", "parent")
"""What an affiliation gives: the ``organisation`` (a university by its full name, anything else as it stands), its ``kind``
(``university``; ``hospital``, ``school`` or ``company`` of one, its ``parent``; ``question`` where it may be several; ``other``), the
``unit`` within a university, and the ``successor`` of one that became part of another."""


class AffiliationSpec(Spec):
    """A column that says where somebody belongs; ``place`` and ``year`` (a date will do) name columns that decide between institutions of
    one name (``ingest.affiliations``)."""

    column: Column
    place: Column = ""
    year: Column = ""


NAMED = ("person", "person_key", "organisation", "organisation_key", "kind", "post")
"""What a column of names gives: the ``person`` and the ``organisation`` that a cell names, how each is compared with others of the list
(``…_key``), the ``kind`` of the organisation (``ingest.naming.organisations``), and the ``post`` between them."""


class NamesSpec(Spec):
    """A column that names people, organisations or both in one cell (``ingest.naming``). ``expect`` is what stands there for the most
    part; ``kinds`` settles texts that nothing in themselves tells: text → ``person`` or a kind of organisation."""

    column: Column
    expect: Literal["person", "organisation", "either"] = "either"
    kinds: dict[str, str] = {}


PLACE_PARTS = ("name", "level", "district", "key", "code", "kind", "city", "city-code")
"""What a place gives (``ingest.places``)."""


class PlaceSpec(Spec):
    """A column that names a place; ``within`` names a column that says what it lies in, and decides between places of one name."""

    column: Column
    within: Column = ""


class ListSpec(Spec):
    """Columns whose cells hold lists in step: the first of one goes with the first of the other. ``split`` lists the characters that part
    them; with ``objects`` they are keys of a JSON list of objects instead (``relationships.id`` of ``relationships``). A column that is
    empty says nothing of any, and so does a text that ``no_list`` finds (``5人`` instead of names); columns of different lengths reject
    the row. With ``heading`` and ``cell`` the columns are those of a matrix: there is one place for every filled cell, which has the
    column's heading and the cell's text under these two names. With ``only: first`` there is a single place, for the first of
    each list (whose institution the row names, say). With ``carry`` what stands before a colon holds for the items after it too:
    ``科技局：周涛、钱进`` are two people of one office."""

    columns: Annotated[Columns, Field(min_length=1)]
    objects: Column = ""
    heading: Column = ""
    cell: Column = ""
    no_list: Pattern | None = None
    only: Literal["", "first"] = ""
    carry: bool = False
    split: Annotated[str, StringConstraints(min_length=1)] = "、；;"

    @model_validator(mode="after")
    def _whole_matrix(self) -> ListSpec:
        if bool(self.heading) != bool(self.cell) or (self.heading and self.objects):
            raise ValueError("a matrix needs both heading and cell, and has no objects")
        return self

    @property
    def given(self) -> tuple[str, ...]:
        """The columns that exist only in the places of the list."""
        return (self.heading, self.cell) if self.heading else ()


class Condition(Spec):
    """True when the text of ``column`` in normal form (``ingest.text.normal``) is as stated; every test that is given must hold."""

    column: Column
    equals: str | None = None
    among: Texts | None = None
    matches: Pattern | None = None
    excludes: Pattern | None = None
    filled: bool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Condition:
        if all(test is None for test in (self.equals, self.among, self.matches, self.excludes, self.filled)):
            raise ValueError(message("a condition needs one of equals, among, matches, excludes, filled"))
        return self


Conditions: TypeAlias = Annotated[tuple[Condition, ...], BeforeValidator(_as_list)]


class ValueSpec(Spec):
    """Where a property's value comes from: one ``column``, a ``template`` over several (``"{a} {b}"``), or a constant ``value``.

    ``extract`` keeps the first group of a pattern; ``patterns`` give the text of the first pattern that is found, and nothing where none
    is; ``map`` translates texts (one that it lacks passes unchanged); ``split`` lists the characters that part a list; ``null_texts``
    state an absence; ``options`` go to the value type (``unit: wan``)."""

    column: Column = ""
    template: Annotated[str, AfterValidator(_in_template)] = ""
    value: str = ""
    extract: Pattern | None = None
    patterns: dict[Pattern, str] = {}
    map: dict[str, str] = {}
    split: str = ""
    null_texts: Texts = ()
    options: dict[str, str] = {}
    on_error: OnError | None = None

    @model_validator(mode="after")
    def _one_origin(self) -> ValueSpec:
        if sum(map(bool, (self.column, self.template, self.value))) != 1:
            raise ValueError(message("give exactly one of column, template, value"))
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(re.findall(r"\{([^{}]+)\}", self.template)) if self.template else ((self.column,) if self.column else ())


ColumnValue: TypeAlias = Annotated[ValueSpec, BeforeValidator(_as_column)]


class IdSpec(Spec):
    """An id: ``scheme`` (a registry's, checked by its value type) over one column, or ``source`` (a list's own) over key columns.
    ``extract`` takes a part of every column's text, or of those that it names; ``map`` translates the text, and one that it lacks gives no
    id. ``values`` names columns whose texts go in as the standard form of a value type (``日期: date``). ``blank`` lets a part of a key be
    empty. ``hashed`` keeps the key unreadable: for people, always."""

    scheme: Name | None = None
    source: Name | None = None
    columns: Annotated[Columns, Field(validation_alias=AliasChoices("columns", "column"), min_length=1)]
    extract: Annotated[dict[Column, Pattern], BeforeValidator(_as_whole)] = {}
    map: dict[str, str] = {}
    values: dict[Column, str] = {}
    blank: bool = False
    hashed: bool = False
    when: Conditions = ()

    @model_validator(mode="after")
    def _one_scheme(self) -> IdSpec:
        if (self.scheme is None) == (self.source is None):
            raise ValueError(message("an id needs either a scheme (a registry's) or a source (a list's own)"))
        if self.scheme and (len(self.columns) != 1 or self.hashed):
            raise ValueError(message("an id of a registry comes from one column and is not hashed"))
        return self

    def pattern(self, column: str) -> str:
        """What is taken of a column's text; ``""``: all of it."""
        return self.extract.get("", "") or self.extract.get(column, "")

    @property
    def prefix(self) -> str:
        return self.scheme or self.source or ""


class TypeSpec(Spec):
    """A node's type: fixed, or by the text of a column through ``map`` (the whole text) and ``patterns`` (the first that is found); a text
    that both lack takes ``default`` or rejects the row."""

    value: str = ""
    column: Column = ""
    map: dict[str, str] = {}
    patterns: dict[Pattern, str] = {}
    default: str = ""

    @model_validator(mode="after")
    def _one_origin(self) -> TypeSpec:
        if bool(self.value) == bool(self.column) or bool(self.column) != bool(self.map or self.patterns):
            raise ValueError(message("give a type's name, or a column with a map or patterns"))
        return self

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, (self.value, *self.map.values(), *self.patterns.values(), self.default))))


class NodeSpec(Spec):
    """What a row says of one node. The first id of the list that the row can give is the node's; ``same`` names further ids of it.
    A node whose ``when`` fails is not spoken of, nor are relationships to it; one with ``else_of`` only where the row has no such node.
    With ``each`` (a name under ``lists``) there is one for every place of the list. Of a ``mention`` nothing is said but its id: it is
    there as an end of relationships, which wait until another record describes it."""

    type: Annotated[TypeSpec, BeforeValidator(_as_fixed)]
    id: Annotated[tuple[IdSpec, ...], BeforeValidator(_as_list), Field(min_length=1)]
    same: Annotated[tuple[IdSpec, ...], BeforeValidator(_as_list)] = ()
    when: Conditions = ()
    each: str = ""
    mention: bool = False
    else_of: str = ""
    properties: dict[str, ColumnValue] = {}

    @model_validator(mode="after")
    def _nothing_of_a_mention(self) -> NodeSpec:
        if self.mention and (self.properties or self.same):
            raise ValueError(message("of a mention nothing is said: leave out its properties and same, or the mention"))
        return self


class RelationshipSpec(Spec):
    """What a row says of one relationship. ``from`` and ``to`` name nodes of this mapping; of several, the first that the row has. Where an
    end is there for ``each`` place of a list, so is the relationship."""

    type: str
    start: Annotated[Texts, Field(alias="from", min_length=1)]
    end: Annotated[Texts, Field(alias="to", min_length=1)]
    when: Conditions = ()
    properties: dict[str, ColumnValue] = {}
    valid_from: ColumnValue | None = None
    valid_to: ColumnValue | None = None


class RuleSpec(Spec):
    """Rows of which something is to be said: those for which ``when`` holds. ``reason`` and ``hint`` go to the report. ``masked`` hides the
    value, which in a shifted row may be anybody's telephone number."""

    when: Annotated[Conditions, Field(min_length=1)]
    masked: bool = False
    reason: Label
    hint: Label = Label(zh="", en="")


class TemplateSpec(Spec):
    """The blank workbook that an office fills in (``lianyin template``): the name of its file, without ending, and an example of a row, by
    column. A row that is the example is never loaded."""

    file: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^/\\:*?\"<>|\x00-\x1f]+$")]
    example: Annotated[dict[Column, str], Field(min_length=1)]


class MappingSpec(Spec):
    """A whole mapping file. ``constants`` are columns that the file has not, with the text that every row has there (what its title says).
    ``unique`` names the node that no two rows of a file should speak of: a row that does repeats an earlier one,
    and is listed as such."""

    mapping: Name
    family: Name | None = None
    source: SourceSpec
    format: FormatSpec = FormatSpec()
    columns: ColumnsSpec
    template: TemplateSpec | None = None
    record: Columns = ()
    unique: str = ""
    wording: dict[Column, WordingSpec] = {}
    lists: dict[Name, ListSpec] = {}
    affiliations: dict[Name, AffiliationSpec] = {}
    names: dict[Name, NamesSpec] = {}
    constants: dict[Column, str] = {}
    places: dict[Name, PlaceSpec] = {}
    reject: Annotated[tuple[RuleSpec, ...], BeforeValidator(_as_list)] = ()
    flag: Annotated[tuple[RuleSpec, ...], BeforeValidator(_as_list)] = ()
    nodes: Annotated[dict[Name, NodeSpec], Field(min_length=1)]
    relationships: dict[Name, RelationshipSpec] = {}

    @property
    def derived(self) -> dict[str, str]:
        """Derived columns → the column from which each comes."""
        found = {f"{name}.{part}": each.column for name, each in self.affiliations.items() for part in DERIVED}
        found |= {f"{name}.{part}": each.column for name, each in self.names.items() for part in NAMED}
        found |= {f"{name}.{part}": each.column for name, each in self.places.items() for part in PLACE_PARTS}
        found |= {column: column for column in self.constants}
        return found | {column: column for each in self.lists.values() for column in each.given}
