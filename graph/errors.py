"""Every failure that Lianyin names, as one tree.

    LianyinError
    ├── InputError            what was given cannot be read as what it should be
    │   ├── FileProblem         missing, empty, unreadable, encrypted, torn or not what its name says
    │   ├── MappingProblem      no mapping fits, or a mapping file is wrong
    │   ├── OntologyProblem     a type definition is wrong (file and line)
    │   ├── ValueProblem        one value does not fit its value type
    │   ├── QueryProblem        a parameter or a query text is wrong or refused
    │   └── WrongParameters     parameters are missing, unknown, or out of bounds (carries each with its reason)
    ├── Unfinished            a limit ended the work before there was an answer (a part of it would mislead)
    ├── NotFound              no node, load or file of that name
    │   └── EmptyGraph          nothing is loaded at all
    ├── Ambiguous             several nodes answer to that name (carries the candidates)
    ├── Forbidden             whoever acts may not do or see this
    ├── Conflict              the operation would contradict what stands (an undo that something rests on)
    │   └── RuleBroken          an act breaks a rule of cooperation (carries the rule, and what would be legal)
    └── StoreProblem          the store cannot serve
        ├── StoreHeld           another process holds the embedded store
        ├── StoreUnreachable    no server answers there
        ├── StoreDenied         the user or password is wrong
        ├── StoreFull           no room on the disk
        └── StoreDamaged        the files of the store are torn or of another version

An error says what was wrong, where, and what to do: ``detail`` is the sentence, ``hint`` the next step. The command line
maps ``code`` to an exit code once, the API to a problem document once; nothing else interprets an error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from graph.messages import NOTHING, Message, message


class LianyinError(Exception):
    """Base of the tree. ``code`` is stable and documented; ``title`` is what people read, in Chinese and English."""

    code: ClassVar[str] = "error"
    title_zh: ClassVar[str] = "出错"
    title_en: ClassVar[str] = "Error"

    def __init__(self, detail: Message, *, hint: Message = NOTHING, where: Mapping[str, str | int] | None = None) -> None:
        """``where`` names the place (``file``, ``sheet``, ``row``, ``column``, ``parameter``), each only if known."""
        super().__init__(detail)
        self.detail = detail
        self.hint = hint
        self.where: Mapping[str, str | int] = dict(where or {})

    def __str__(self) -> str:
        return f"{self.detail} {self.hint}".strip()


class InputError(LianyinError):
    code = "input"
    title_zh, title_en = "输入有误", "Bad input"


class FileProblem(InputError):
    code = "file"
    title_zh, title_en = "文件读不了", "File cannot be read"


class MappingProblem(InputError):
    code = "mapping"
    title_zh, title_en = "映射不符", "No mapping fits"


class OntologyProblem(InputError):
    code = "ontology"
    title_zh, title_en = "类型定义有误", "Bad type definition"


class ValueProblem(InputError):
    """``value`` is what was met, unmasked: whoever prints it masks personal data first."""

    code = "value"
    title_zh, title_en = "值不合规则", "Value does not fit"

    def __init__(self, detail: Message, *, value: str = "", hint: Message = NOTHING, where: Mapping[str, str | int] | None = None) -> None:
        super().__init__(detail, hint=hint, where=where)
        self.value = value


class QueryProblem(InputError):
    code = "query"
    title_zh, title_en = "查询有误", "Bad query"


class WrongParameters(InputError):
    """``faults`` are the wrong parameters, each with its reason."""

    code = "parameters"
    title_zh, title_en = "参数有误", "Bad parameters"

    def __init__(self, faults: Sequence[tuple[str, Message]]) -> None:
        parameter, reason = faults[0]
        detail = message("{parameter}: {detail}.", parameter=parameter, detail=reason)
        super().__init__(detail, where={"parameter": parameter})
        self.faults = tuple(faults)


class Unfinished(LianyinError):
    code = "unfinished"
    title_zh, title_en = "未算完", "Not finished"


class NotFound(LianyinError):
    code = "not-found"
    title_zh, title_en = "没有找到", "Not found"


class EmptyGraph(NotFound):
    code = "empty"
    title_zh, title_en = "图是空的", "Empty graph"


class Ambiguous(LianyinError):
    """``candidates`` are dictionaries of ``id``, ``type``, ``caption`` and ``hint``, best first."""

    code = "ambiguous"
    title_zh, title_en = "有多个同名", "Ambiguous name"

    def __init__(self, detail: Message, candidates: Sequence[Mapping[str, str]], *, hint: Message = NOTHING) -> None:
        super().__init__(detail, hint=hint)
        self.candidates = tuple(candidates)


class Conflict(LianyinError):
    code = "conflict"
    title_zh, title_en = "与现状冲突", "Conflict"


class RuleBroken(Conflict):
    """``rule`` is the stable name of the rule that was broken, ``legal`` what could be done instead."""

    code = "rule-broken"
    title_zh, title_en = "不合办理规则", "Rule of cooperation broken"

    def __init__(
        self,
        detail: Message,
        *,
        rule: str,
        legal: Sequence[str] = (),
        hint: Message = NOTHING,
        where: Mapping[str, str | int] | None = None,
    ) -> None:
        super().__init__(detail, hint=hint, where=where)
        self.rule = rule
        self.legal = tuple(legal)


class Forbidden(LianyinError):
    """``rule`` is the stable name of the right that is missing."""

    code = "forbidden"
    title_zh, title_en = "无权办理", "Not allowed"

    def __init__(self, detail: Message, *, rule: str, hint: Message = NOTHING, where: Mapping[str, str | int] | None = None) -> None:
        super().__init__(detail, hint=hint, where=where)
        self.rule = rule


class StoreProblem(LianyinError):
    code = "store"
    title_zh, title_en = "图库出错", "Store problem"


class StoreHeld(StoreProblem):
    code = "store-held"
    title_zh, title_en = "图库正被占用", "Store is held by another process"


class StoreUnreachable(StoreProblem):
    code = "store-unreachable"
    title_zh, title_en = "图库连不上", "Store cannot be reached"


class StoreDenied(StoreProblem):
    code = "store-denied"
    title_zh, title_en = "图库拒绝登录", "Store refused the login"


class StoreFull(StoreProblem):
    code = "store-full"
    title_zh, title_en = "磁盘已满", "No room on the disk"


class StoreDamaged(StoreProblem):
    code = "store-damaged"
    title_zh, title_en = "图库文件损坏", "Store files are damaged"
