"""Exit codes: one table, from which the command line exits and ``docs/cli.md`` is written."""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import LianyinError


@dataclass(frozen=True, slots=True)
class Exit:
    """``status`` is what the process returns for errors of these ``codes`` (``graph.errors``)."""

    status: int
    codes: tuple[str, ...]
    zh: str
    en: str


EXITS: tuple[Exit, ...] = (
    Exit(0, (), "完成；被拒的行列在标准错误和导入报告中", "done; rejected rows are listed on stderr and in the report"),
    Exit(1, ("error",), "程序缺陷：请附上输出反馈", "a defect of the program: please report it with its output"),
    Exit(
        2,
        ("input", "value", "query", "parameters", "ambiguous"),
        "命令、参数或查询有误，或名称不唯一",
        "wrong command, parameter or query, or an ambiguous name",
    ),
    Exit(3, ("not-found",), "没有这个节点、导入记录或类型", "no such node, load or type"),
    Exit(4, ("file",), "文件缺失、为空、损坏、加密或编码不符", "a file is missing, empty, torn, encrypted or in another encoding"),
    Exit(5, ("store-held",), "图库正被另一进程占用", "another process holds the store"),
    Exit(
        6,
        ("store-unreachable", "store-denied"),
        "图库连不上，或用户名、密码不对",
        "the store cannot be reached, or refuses user and password",
    ),
    Exit(7, ("store-full",), "磁盘已满，什么也没有写入", "no room on the disk; nothing was half written"),
    Exit(8, ("store", "store-damaged"), "图库文件损坏或图库出错", "the store's files are damaged, or the store failed"),
    Exit(
        9,
        ("conflict", "rule-broken"),
        "与现状冲突，或不合办理规则，未作改动",
        "it would contradict what stands, or breaks a rule of cooperation; nothing was changed",
    ),
    Exit(10, ("mapping", "ontology"), "没有合适的映射，或映射、类型定义有误", "no mapping fits, or a mapping or type definition is wrong"),
    Exit(11, (), "行被拒：全部被拒，或用了 --strict", "rows were rejected: all of them, or any under --strict"),
    Exit(12, (), "核对不符：读取模型与图库不一致", "verify found a difference between read model and store"),
    Exit(
        13,
        ("unfinished",),
        "未算完或没有写全：达到时间、计算量或内存上限",
        "not finished: a limit on time, work or memory ended it before the answer was whole",
    ),
    Exit(14, ("forbidden",), "无权办理", "whoever acts may not do or see this"),
    Exit(
        15,
        ("empty",),
        "答不了：图是空的，或没有回答所需的类型或关系",
        "it cannot be told: the graph is empty, or has none of the types or relationships that the question rests on",
    ),
    Exit(130, (), "被用户中断", "interrupted by the user"),
)

USAGE = 2
ROWS_REJECTED = 11
UNFINISHED = LIMIT_MET = 13
LACKING = 15
INTERRUPTED = 130

_STATUS = {code: exit.status for exit in EXITS for code in exit.codes}


def exit_status(problem: LianyinError) -> int:
    """The status for an error, by its code."""
    return _STATUS[problem.code]
