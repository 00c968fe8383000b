"""Codes: check digits against independent arithmetic, and every way they go wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import ValueProblem
from graph.values import VALUE_TYPES, Context
from graph.values.classifications import patent_check_character
from graph.values.codes import USCC_ALPHABET, is_uscc, organisation_check_character, suggested_uscc
from graph.values.divisions import current_code, standings, successor

NOTHING = Context()

bodies = st.tuples(
    st.sampled_from("159NY"), st.text("0123456789", min_size=7, max_size=7), st.text(USCC_ALPHABET, min_size=8, max_size=8)
).map("".join)


def outer_check(code17: str) -> str:
    """The formula of GB 32100-2015, written from the standard: weights 3^(i-1) mod 31."""
    total = sum(USCC_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(code17))
    return USCC_ALPHABET[(31 - total % 31) % 31]


def made(body: str) -> str:
    code17 = body + organisation_check_character(body[8:])
    return code17 + outer_check(code17)


@given(bodies)
def test_a_code_with_both_check_characters_is_an_identifier(body: str) -> None:
    cleaned = VALUE_TYPES["uscc"].clean(made(body), NOTHING)
    assert (cleaned.value, cleaned.flags, cleaned.identifier) == (made(body), (), True)


@given(bodies, st.integers(0, 17), st.sampled_from(USCC_ALPHABET))
def test_any_one_wrong_character_is_found(body: str, place: int, wrong: str) -> None:
    code = made(body)
    changed = code[:place] + wrong + code[place + 1 :]
    assert is_uscc(changed) == (changed == code)
    if changed != code:
        cleaned = VALUE_TYPES["uscc"].clean(changed, NOTHING)
        assert (cleaned.value, cleaned.identifier) == (changed, False)
        assert "check-digit" in cleaned.flags


def test_remainder_zero_of_the_outer_digit() -> None:
    """A published snippet indexes past its 31 characters here; the outer digit holds, the inner is 7 and not 9."""
    code = "91320500MA10000190"
    assert outer_check(code[:17]) == code[17] == "0"
    assert organisation_check_character(code[8:16]) == "7"
    assert not is_uscc(code)


def test_a_misread_letter_is_put_right_in_the_suggestion_only() -> None:
    good = made("91321084XN000003")
    misread = good.replace("0", "O", 1)
    assert suggested_uscc(misread) == good
    assert VALUE_TYPES["uscc"].clean(misread, NOTHING).value == misread
    assert suggested_uscc(good) is None
    assert suggested_uscc("OOOOOOOOOOOOOOOOOO"[:17] + "1") is None


@pytest.mark.parametrize(("text", "hint"), [("320100400012345", "15 digits"), ("123456789", "characters 9 to 17"), ("9132100", "18")])
def test_a_text_of_another_shape_is_refused_with_what_it_is(text: str, hint: str) -> None:
    with pytest.raises(ValueProblem) as problem:
        VALUE_TYPES["uscc"].clean(text, NOTHING)
    assert hint in problem.value.hint


@given(st.text("0123456789", min_size=15, max_size=15), st.sampled_from("0123456789X"))
def test_orcid_by_the_formula_of_its_owner(body: str, last: str) -> None:
    total = 0
    for digit in body:
        total = (total + int(digit)) * 2
    right = "0123456789X"[(12 - total % 11) % 11]
    code = "-".join((body + last)[start : start + 4] for start in (0, 4, 8, 12))
    assert VALUE_TYPES["orcid"].clean(code, NOTHING).identifier == (last == right)
    assert VALUE_TYPES["orcid"].validate(code) == (last == right)


@given(st.integers(2004, 2026), st.sampled_from("12389"), st.integers(0, 9_999_999), st.sampled_from("0123456789X"))
def test_patent_number_by_its_check_character(year: int, kind: str, serial: int, last: str) -> None:
    digits = f"{year}{kind}{serial:07d}"
    cleaned = VALUE_TYPES["patent"].clean(f"ZL{digits}.{last}", NOTHING)
    assert cleaned.value == f"ZL{digits}.{last}"
    assert cleaned.identifier == (last == patent_check_character(digits))


def test_divisions_of_yangzhou_over_time() -> None:
    assert [each.name for each in standings("321011")] == ["郊区", "维扬区"]
    assert successor("321088") == "321012"
    assert successor("321003") is None
    assert {code: current_code(code) for code in ("321011", "321026", "321027", "321012", "321083")} == {
        "321011": "321003",
        "321026": "321012",
        "321027": "321003",
        "321012": "321012",
        "321083": "321281",
    }


def test_a_number_whose_leading_zeros_a_spreadsheet_ate_is_refused() -> None:
    with pytest.raises(ValueProblem) as problem:
        VALUE_TYPES["stock"].clean("2039.0", NOTHING)
    assert "zeros" in problem.value.hint
