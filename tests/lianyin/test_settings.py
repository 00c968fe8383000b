from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from graph.errors import FileProblem, QueryProblem
from lianyin.language import language_of
from lianyin.settings import Settings, read_settings, without_password


def test_the_environment_is_read_and_the_class_is_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANYIN_STORE", "kglite:///tmp/x")
    monkeypatch.setenv("LIANYIN_ONTOLOGY", "/a:/b")
    monkeypatch.setenv("LIANYIN_TODAY", "2020-09-10")
    settings = read_settings()
    assert settings.store_url() == "kglite:///tmp/x"
    assert settings.ontology == (Path("/a"), Path("/b"))
    assert settings.today == datetime.date(2020, 9, 10)
    with pytest.raises(ValidationError):
        settings.clearance = 3


def test_contacts_are_not_shown_by_default() -> None:
    assert read_settings().clearance == 2


@pytest.mark.parametrize(("name", "value"), [("CLEARANCE", "9"), ("LANGUAGE", "fr"), ("MAX_HOPS", "0"), ("TODAY", "2020-02-31")])
def test_a_wrong_setting_names_its_variable(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"LIANYIN_{name}", value)
    with pytest.raises(QueryProblem) as caught:
        read_settings()
    assert f"LIANYIN_{name}" in str(caught.value)


def test_the_password_comes_from_a_file_and_is_shown_nowhere(tmp_path: Path) -> None:
    secret = tmp_path / "auth"
    secret.write_text("neo4j/p@ss:w/rd\n", encoding="utf-8")
    settings = Settings(store="neo4j://host:7687", store_auth_file=secret)
    assert settings.store_url() == "neo4j://neo4j:p%40ss%3Aw%2Frd@host:7687"
    assert "p%40ss" not in without_password(settings.store_url())
    assert "secret" not in repr(Settings(store="neo4j://u:secret@host"))


@pytest.mark.parametrize("content", ["", "neo4j", "/secret", "neo4j/"])
def test_a_password_file_of_another_form_is_refused(tmp_path: Path, content: str) -> None:
    secret = tmp_path / "auth"
    secret.write_text(content, encoding="utf-8")
    with pytest.raises(FileProblem, match="user/password"):
        Settings(store="neo4j://host", store_auth_file=secret).store_url()


def test_two_passwords_or_none_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "auth"
    with pytest.raises(FileProblem):
        Settings(store="neo4j://host", store_auth_file=secret).store_url()
    secret.write_text("neo4j/x", encoding="utf-8")
    with pytest.raises(QueryProblem, match="must not contain a user"):
        Settings(store="neo4j://a:b@host", store_auth_file=secret).store_url()


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US", "LC_ALL": "zh_CN"}, "zh"),
    ],
)
def test_the_locale_chooses_the_language(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language
