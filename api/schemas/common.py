"""What several answers share."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from graph.messages import message


class Model(BaseModel):
    """Nothing that is not written down goes in or out."""

    model_config = ConfigDict(extra="forbid")


def sound_text(text: str) -> str:
    """Half a character (a lone surrogate) can stand in JSON, but in no store; nor can the null character."""
    text.encode()
    if "\0" in text:
        raise ValueError(message("the null character stands in no text"))
    return text


Text: TypeAlias = Annotated[str, Field(max_length=512), AfterValidator(sound_text)]
AsOf: TypeAlias = Annotated[
    Text, Field(description="`any` (all facts, ended ones marked), `now`, or a day such as `2020-09-10`.", examples=["any", "2020-09-10"])
]
Direction: TypeAlias = Literal["any", "forward", "backward"]
PathKind: TypeAlias = Literal["shortest", "all-shortest", "k-shortest", "simple", "disjoint"]
Audience: TypeAlias = Literal["public", "internal"]
Value: TypeAlias = str | int | float | bool | list[str]


class Label(Model):
    """The same in both languages."""

    zh: str
    en: str


class NodeBrief(Model):
    """A node as every answer names it. One that the reader may not name has an id that holds for this answer only, and its caption in
    English beside the Chinese one."""

    id: str = Field(examples=["city-unit:扬州大学"])
    type: str = Field(examples=["University"])
    caption: str = Field(examples=["扬州大学"])
    caption_en: str | None = None


class Cell(Model):
    """A source row: the load that read it, the file, the sheet if there is one, and the row as the person who opens the file counts."""

    load: str
    file: str
    sheet: str
    row: int


class Candidate(Model):
    """One of several nodes of the same name, with what tells it apart."""

    id: str
    type: str
    caption: str
    hint: str = ""


class ParameterError(Model):
    """What is wrong with one parameter."""

    parameter: str
    detail: str


class Problem(Model):
    """A failure (RFC 9457). `code` is stable; `detail` says what was wrong, `where` the place, `hint` what to do."""

    type: str = Field(examples=["urn:lianyin:problem:not-found"])
    status: int = Field(examples=[404])
    code: str = Field(examples=["not-found"])
    title: str = Field(description="In the reader's language (`Accept-Language`).", examples=["没有找到"])
    title_zh: str = Field(examples=["没有找到"])
    title_en: str = Field(examples=["Not found"])
    detail: str = Field(description="In the reader's language.", examples=["There is no node '扬州大雪'."])
    detail_zh: str = Field(examples=["没有节点“扬州大雪”。"])
    detail_en: str = Field(examples=["There is no node '扬州大雪'."])
    hint: str = Field(default="", examples=["Did you mean 扬州大学 (city-unit:扬州大学)?"])
    hint_zh: str = Field(default="", examples=["是不是 扬州大学 (city-unit:扬州大学)？"])
    hint_en: str = Field(default="", examples=["Did you mean 扬州大学 (city-unit:扬州大学)?"])
    where: dict[str, str | int] = Field(default_factory=dict, examples=[{"parameter": "node"}])
    candidates: list[Candidate] = Field(default_factory=list, description="The nodes that an ambiguous name may mean, best first.")
    errors: list[ParameterError] = Field(default_factory=list, description="Every parameter that is wrong.")
    rule: str = Field(default="", description="The rule or right that stood in the way.", examples=["need.sign"])
    legal: list[str] = Field(default_factory=list, description="What could be done instead.")


class Lack(Model):
    """What the graph has none of: one of `types` (of ties of people: examples of what would do). Without an `essential` one there is no
    answer and `total` is null; without another one the answer takes it that there is none. `mappings` are built in, and bring it."""

    types: list[str]
    zh: str
    en: str
    essential: bool
    mappings: list[str]
