"""What holds of all value types, and numbers, money, texts and personal data one by one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.errors import NotFound, ValueProblem
from graph.ontology import default_ontology
from graph.values import FLAGS, VALUE_TYPES, Context, property_value_type, value_type
from graph.values.personal import masked_phone

NOTHING = Context()
CURIOUS = st.one_of(
    st.text(max_size=24),
    st.text("0123456789.-/年月日 至万元%,约XO一二十〇零第批期人", max_size=14),
    st.dates().map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(str),
    st.integers().map(str),
)


@pytest.mark.parametrize("name", sorted(VALUE_TYPES))
@given(CURIOUS)
@example("\x1b")
def test_cleaning_is_idempotent_and_total(name: str, text: str) -> None:
    """Any text is cleaned or refused with a hint, never anything else; and a clean value is its own clean value."""
    kind = VALUE_TYPES[name]
    try:
        cleaned = kind.clean(text, NOTHING)
    except ValueProblem as problem:
        assert problem.hint
        return
    assert set(cleaned.flags) <= set(FLAGS)
    assert set(cleaned.companions) <= set(kind.companions)
    for suffix, value in cleaned.companions.items():
        assert VALUE_TYPES[kind.companions[suffix]].clean(str(value), NOTHING).value == value
    if cleaned.value is not None:
        again = kind.clean(str(cleaned.value), NOTHING)
        assert again.value == cleaned.value
        assert type(again.value) is type(cleaned.value)
        assert again.identifier == cleaned.identifier
        if cleaned.identifier:
            assert kind.validate(cleaned.value)


@pytest.mark.parametrize("name", sorted(VALUE_TYPES))
def test_an_absence_is_stated_by_nothing_or_by_what_the_mapping_lists(name: str) -> None:
    kind = VALUE_TYPES[name]
    assert kind.name == name
    assert kind.clean("", NOTHING).value is None
    assert kind.clean(" 　", NOTHING).value is None
    assert kind.clean(" NA ", Context(options={"null_texts": ("NA", "/")})).value is None
    assert not kind.validate(("a", "b"))


def test_an_unknown_value_type_is_named_with_the_nearest() -> None:
    assert value_type("uscc") is VALUE_TYPES["uscc"]
    with pytest.raises(NotFound) as problem:
        value_type("orcyd")
    assert "orcid" in problem.value.hint


def test_a_closed_list_takes_its_own_words_only() -> None:
    states = property_value_type(default_ontology().node_types["Need"].properties["state"])
    assert [states.clean(text, NOTHING).value for text in ("完成", "已完成", "Completed", "对接中", "对接")] == ["已完成"] * 3 + [
        "对接中"
    ] * 2
    assert states.validate("已完成")
    assert not states.validate("完成")
    with pytest.raises(ValueProblem) as problem:
        states.clean("已发步", NOTHING)
    assert "已发布" in problem.value.hint


@given(st.integers(0, 10**9), st.integers(0, 10**6))
def test_amounts_mean_the_same_in_every_unit(wan: int, more: int) -> None:
    money = VALUE_TYPES["money-wan"]
    assert money.clean(f"{wan}万", NOTHING).value == money.clean(f"{wan:,}", NOTHING).value == float(wan)
    assert money.clean(f"{wan * 10_000}", Context(options={"unit": "yuan"})).value == float(wan)
    assert money.clean(f"{wan * 10_000}元", NOTHING).value == float(wan)
    between = money.clean(f"{wan}-{wan + more}万元", NOTHING)
    assert (between.value, dict(between.companions)) == (None, {"Min": float(wan), "Max": float(wan + more)})


def test_money_says_its_currency_and_keeps_to_the_column_s() -> None:
    money = VALUE_TYPES["money"]
    assert money.clean("EUR 1,000", NOTHING).companions == {"Currency": "EUR"}
    assert money.clean("€1000", Context(options={"currency": "EUR"})).companions == {}
    with pytest.raises(ValueProblem) as problem:
        money.clean("$1000", Context(options={"currency": "EUR"}))
    assert "USD" in problem.value.detail
    assert money.clean("1.234,5", Context(decimal_comma=True)).value == 1234.5


@pytest.mark.parametrize(("name", "text"), [("integer", "9223372036854775808"), ("decimal", "1e999"), ("integer", "3.5")])
def test_numbers_that_no_store_holds_are_refused(name: str, text: str) -> None:
    with pytest.raises(ValueProblem):
        VALUE_TYPES[name].clean(text, NOTHING)


def test_garbled_text_is_repaired_only_when_asked() -> None:
    text = VALUE_TYPES["text"]
    assert text.clean("Instituto Polit√©cnico", NOTHING).value == "Instituto Polit√©cnico"
    repaired = text.clean("Instituto Polit√©cnico", Context(options={"repair": "true"}))
    assert (repaired.value, repaired.flags) == ("Instituto Politécnico", ("repaired",))
    assert text.clean("École Polytechnique", Context(options={"repair": "true"})).flags == ()
    assert text.clean("扬州锟斤拷", Context(options={"repair": "true"})).flags == ("garbled",)


def test_an_id_number_is_never_kept() -> None:
    hashed = VALUE_TYPES["id-hash"]
    with pytest.raises(ValueProblem) as problem:
        hashed.clean("11010519491231002X", NOTHING)
    assert "11010519491231002X" not in str(problem.value) + problem.value.value
    first = hashed.clean("11010519491231002X", Context(options={"hash_key": "one"}))
    assert len(str(first.value)) == 64
    assert first.value == hashed.clean("１1010519491231002x", Context(options={"hash_key": "one"})).value
    assert first.value != hashed.clean("11010519491231002X", Context(options={"hash_key": "two"})).value
    assert first.identifier
    assert not hashed.clean("110105194912310021", Context(options={"hash_key": "one"})).identifier


def test_telephone_numbers_are_masked_and_never_quoted() -> None:
    assert masked_phone("10000000002") == "100****0002"
    assert masked_phone("0514-0000") == "****"
    for name in ("phone", "email", "id-hash"):
        with pytest.raises(ValueProblem) as problem:
            VALUE_TYPES[name].clean("见附件 13800000000 x@y", NOTHING)
        assert "13800000000" not in str(problem.value)
