"""The settings: one frozen class, read from the environment (``LIANYIN_…``), built once at the door and handed down.

``docs/settings.md`` is derived from it (``python -m lianyin.reference``); every default says why it is what it is.
"""

from __future__ import annotations

import datetime
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from graph.errors import FileProblem, QueryProblem
from graph.explanations import pydantic_reason, system_reason
from graph.messages import message
from lianyin.language import Language, language_of

if TYPE_CHECKING:
    from graph.ontology.schema import Ontology

Folders = Annotated[tuple[Path, ...], NoDecode]

PREFIX = "LIANYIN_"


def _folders(default_help: str) -> Folders:
    return Field(default=(), description=default_help)


class Settings(BaseSettings):
    """Everything that can be chosen without touching the code."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    store: str = Field(
        default="",
        repr=False,
        description="Where the graph is kept: `kglite:///path` (embedded) or `neo4j://user:password@host:7687`. Empty: an embedded "
        "store in the user's data folder, so that nothing has to be set up.",
    )
    store_auth_file: Path | None = Field(
        default=None,
        description="A file that holds `user/password` for the store (the form of Neo4j's own `NEO4J_AUTH_FILE`), so that the password "
        "stands in no command line and no environment.",
    )
    ontology: Folders = _folders("Further folders of type definitions (YAML), separated like `PATH`: another city adds its types here.")
    mappings: Folders = _folders("Further folders of mapping files (YAML), separated like `PATH`.")
    institutions: Path | None = Field(
        default=None,
        description="A whole list of universities and colleges (CSV or a workbook: name, and where known code and place), such as the "
        "Ministry of Education's. With it, written units are matched against all of them; without it against those that are built in, "
        "whose short and former names are known either way.",
    )
    city: str = Field(
        default="",
        description="The city of the office that loads (`扬州市`). It decides what `全市`, `经开区` or a district that several cities "
        "have means where a file names no other place of its city. Empty: such a cell is listed instead.",
    )
    clearance: int = Field(
        default=2,
        ge=0,
        le=3,
        description="What the reader may see: 0 public, 1 internal, 2 personal, 3 high risk. 2, because the command line is the "
        "office's own desk; telephone numbers (3) are never shown unless this is raised.",
    )
    keep_contacts: bool = Field(
        default=False,
        description="Record telephone numbers as they are. Otherwise they become a keyed hash before anything is recorded: two rows can "
        "be seen to agree, and nobody can read the number.",
    )
    hash_key_file: Path | None = Field(
        default=None,
        description="The file that holds the key for such hashes. Empty: one in the user's data folder, made at the first load. Keep it "
        "secret, and keep it: with another key the same number gives another hash.",
    )
    language: Language = Field(
        default_factory=lambda: language_of(os.environ),
        description="`zh` or `en`, for what people read. By default what the locale says, and Chinese where it says nothing.",
    )
    today: datetime.date | None = Field(
        default=None, description="The date that `--as-of now` means, for answers that can be repeated. Empty: the machine's date."
    )
    max_hops: int = Field(
        default=12,
        ge=1,
        le=64,
        description="The longest path that may be asked for. A dozen hops join almost anything to anything: beyond them an answer "
        "says nothing.",
    )
    max_paths: int = Field(
        default=1_000,
        ge=1,
        description="How many paths of one length are listed. Their number can grow exponentially; the count itself is exact.",
    )
    max_rows: int = Field(default=100_000, ge=1, description="Rows in one answer, table or export sheet: what a spreadsheet still opens.")
    max_milliseconds: int = Field(default=30_000, ge=1, description="Run time of one query: as long as a person waits before asking why.")
    max_work: int = Field(
        default=2_000_000_000,
        ge=1,
        description="Relationships that one query may look at, each time counted: some ten seconds of one core. Unlike time it stops the "
        "same question at the same place on every machine.",
    )
    max_bytes: int = Field(
        default=1_000_000_000,
        ge=1_000_000,
        description="Memory that one query may take for what it gathers: a machine of 8 GB then stands several at once beside the graph.",
    )
    max_degree: int = Field(
        default=10_000,
        ge=1,
        description="A node with more neighbours than this is not walked through: it is a hub in fact, whatever its type.",
    )
    max_picture_nodes: int = Field(
        default=1_000,
        ge=2,
        description="Nodes in one picture. Above 60 the least connected of each type stand together until they are unfolded; of what does "
        "not fit, the picture says how many of each type it leaves out.",
    )

    keep_projection: bool = Field(
        default=True,
        description="Keep the arrays that path questions read in a file beside the store, so that the next command opens it instead of "
        "reading the whole store. It holds names: only this user may read it.",
    )
    projection_folder: Path | None = Field(
        default=None,
        description="The folder for that file. Empty: the folder of an embedded store, else the user's cache folder.",
    )

    host: str = Field(
        default="127.0.0.1",
        description="Where `lianyin serve` listens: only this machine's own addresses (127.0.0.1, ::1, localhost) until there is a log-in.",
    )
    port: int = Field(default=8707, ge=0, le=65_535, description="The port that `lianyin serve` listens on; 0 takes a free one.")
    server: str = Field(
        default="",
        description="The address of a running `lianyin serve` (`http://127.0.0.1:8707`) that the command line asks instead of opening the "
        "store. Empty: it finds the server by itself when that holds the store.",
    )
    max_body_bytes: int = Field(default=1_000_000, ge=1, description="The largest request that is not an upload: a query fits many times.")
    max_upload_bytes: int = Field(
        default=500_000_000, ge=1, description="All files of one upload together: a city's twelve files have a few megabytes."
    )
    max_upload_files: int = Field(default=100, ge=1, description="Files in one upload: an office sends a dozen.")
    max_reading_bytes: int = Field(
        default=2_000_000_000,
        ge=1_000_000,
        description="Memory that reading the files of one upload may take. They are read in a process of their own: a file that needs more "
        "ends that process, and nothing else. Not on Windows.",
    )
    max_reading_seconds: int = Field(
        default=300,
        ge=1,
        description="Seconds of a processor that reading the files of one upload may take; more is refused.",
    )
    max_heavy: int = Field(
        default=0,
        ge=0,
        description="Questions that may take long (tables, analyses, pictures, uploads, Cypher …) which `lianyin serve` answers at the "
        "same time; the others wait. 0: all cores but one, at least one, so that light questions never wait for heavy ones.",
    )
    max_waiting: int = Field(
        default=16, ge=0, description="Questions that may take long which wait for their turn; more are refused with the word to come back."
    )
    max_waiting_milliseconds: int = Field(
        default=30_000, ge=1, description="How long one of them waits before it is refused: as long as a person waits before asking why."
    )
    max_kept_bytes: int = Field(
        default=64_000_000,
        ge=0,
        description="Memory in which `lianyin serve` keeps finished answers until the graph moves on, for those who ask the same again; 0 "
        "keeps none.",
    )

    notices: str = Field(
        default="",
        description="Where notices are sent: smtp://HOST:587 (encrypted), smtp+plain://HOST:25, or the https:// address of a group robot. "
        "None: they wait in the outbox.",
    )
    notices_sender: str = Field(default="lianyin@localhost", description="The sender of e-mail notices.")
    notices_auth_file: Path | None = Field(
        default=None, description="A file with 'user/password' of the mail server: not in the environment."
    )
    notices_addresses: Path | None = Field(
        default=None, description='A JSON file of e-mail addresses by receiver: {"union": "…", "enterprise:NAME OR ID": "…"}.'
    )

    @field_validator("ontology", "mappings", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part for part in value.split(os.pathsep) if part) if isinstance(value, str) else value

    def store_url(self) -> str:
        """The store's URL with the user and password of ``store_auth_file`` put in. Raises ``FileProblem`` or ``QueryProblem``."""
        if not self.store:
            from graph.factory import default_store_url

            return default_store_url()
        return self.store if self.store_auth_file is None else with_credentials(self.store, self.store_auth_file)


def with_credentials(url: str, auth_file: Path) -> str:
    """Puts ``user/password`` from the file into ``scheme://host``, percent-encoded."""
    from urllib.parse import quote

    try:
        text = auth_file.read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise FileProblem(
            message("The store's password file cannot be read: {reason}.", reason=system_reason(problem)), where={"file": str(auth_file)}
        ) from problem
    user, slash, password = text.partition("/")
    scheme, separator, rest = url.partition("://")
    if not (user and slash and password):
        raise FileProblem(message("The store's password file must contain 'user/password'."), where={"file": str(auth_file)})
    if not separator or "@" in rest:
        raise QueryProblem(
            message("When a password file is given, the store's URL must not contain a user."),
            hint=message("Give it as neo4j://host:7687."),
            where={"parameter": "LIANYIN_STORE"},
        )
    return f"{scheme}://{quote(user, safe='')}:{quote(password, safe='')}@{rest}"


def without_password(url: str) -> str:
    """The URL as it may be shown."""
    return re.sub(r"(?<=://)([^:/@]*):.*@", r"\1:***@", url)


def read_settings(**chosen: object) -> Settings:
    """The settings from the environment, ``chosen`` ones on top. A wrong one is a ``QueryProblem`` that names it and shows no secret."""
    try:
        return Settings(**chosen)  # type: ignore[arg-type]
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        raise QueryProblem(
            message("The setting {name} is wrong: {reason}.", name=name, reason=pydantic_reason(first)),
            hint=message("docs/settings.md lists the settings."),
            where={"parameter": name},
        ) from None


def load_types(settings: Settings) -> Ontology:
    """The built-in types and those of the settings' folders."""
    from graph.ontology import default_ontology, load_ontology

    return load_ontology(*settings.ontology) if settings.ontology else default_ontology()
