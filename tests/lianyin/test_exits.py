from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.errors import Ambiguous, FileProblem, LianyinError
from lianyin.cli.exits import EXITS, exit_status
from lianyin.cli.text import candidate_lines, error_line, printable


def every_error(root: type[LianyinError] = LianyinError) -> Iterator[type[LianyinError]]:
    yield root
    for child in root.__subclasses__():
        yield from every_error(child)


@pytest.mark.parametrize("error", list(every_error()), ids=lambda error: error.__name__)
def test_every_error_has_one_exit_code(error: type[LianyinError]) -> None:
    assert sum(error.code in exit.codes for exit in EXITS) == 1


def test_no_status_stands_for_two_meanings() -> None:
    assert len({exit.status for exit in EXITS}) == len(EXITS)
    assert exit_status(FileProblem("x")) == 4


def test_an_error_is_one_line_that_says_what_where_and_what_to_do() -> None:
    problem = FileProblem("The file is\nempty.", hint="Save it again.", where={"file": "甲.csv", "row": 3})
    assert error_line(problem, "zh") == "错误 文件读不了：The file is empty. [文件 甲.csv, 行 3] Save it again."
    assert error_line(problem, "en") == "error: File cannot be read: The file is empty. [file 甲.csv, row 3] Save it again."


def test_a_place_that_the_sentence_names_is_not_repeated() -> None:
    assert error_line(FileProblem("'a.csv' is empty.", where={"file": "a.csv"}), "en").count("a.csv") == 1


def test_candidates_are_numbered_with_what_tells_them_apart() -> None:
    problem = Ambiguous(
        "Two.",
        [
            {"id": "p:1", "type": "Person", "caption": "王军", "hint": "甲公司"},
            {"id": "p:2", "type": "Person", "caption": "王军", "hint": ""},
        ],
    )
    assert candidate_lines(problem) == ["  1.  p:1  Person  王军  甲公司", "  2.  p:2  Person  王军"]


@pytest.mark.parametrize("evil", ["\x1b[2J", "\r", "\x9b31m", "\u202e", "\u2066", "\x00"])
def test_a_name_cannot_move_the_cursor_or_turn_the_text(evil: str) -> None:
    assert evil not in printable(f"a{evil}b")
    assert printable(f"a{evil}b").startswith("a")
