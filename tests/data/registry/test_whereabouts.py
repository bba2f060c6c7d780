"""Messages that send the operator the right way: what was looked for, where, as whom."""

import os
import sqlite3

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from data.quality.loading import load, load_frames
from data.quality.plausible import implausible
from data.registry import contract
from data.registry.connection import RegistryError, registry_url
from data.registry.inspection import survey
from drawing import registry

READER = "board_reader"


def run(url, *statements):
    engine = create_engine(registry_url(url), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))


def made(url, schema=None):
    """All contract tables, empty, in a schema, and an account that may read nothing yet."""
    engine = create_engine(registry_url(url), poolclass=NullPool)
    if schema:
        run(url, f"CREATE SCHEMA {schema}")
        engine = engine.execution_options(schema_translate_map={None: schema})
    contract.metadata.create_all(engine)


@pytest.fixture
def reader_url(postgres_url):
    """The same database as an account of its own."""
    run(postgres_url, f"DROP ROLE IF EXISTS {READER}", f"CREATE ROLE {READER} LOGIN")
    yield make_url(postgres_url).set(username=READER).render_as_string(hide_password=False)
    run(postgres_url, f"DROP OWNED BY {READER}", f"DROP ROLE {READER}")


def test_tables_of_another_schema_and_how_to_name_it(postgres_url):
    made(postgres_url, "platform")
    refusal = survey(postgres_url).refusal()
    assert '账户postgres，search_path为"$user", public' in refusal
    assert "模式platform中有" in refusal
    assert refusal.endswith("请在地址后加 ?options=-csearch_path=platform")


def test_no_usage_on_the_schema(postgres_url, reader_url):
    made(postgres_url, "platform")
    refusal = survey(f"{reader_url}&options=-csearch_path%3Dplatform").refusal()
    assert f"账户{READER}，search_path为platform" in refusal
    assert f"但账户没有该模式的权限：GRANT USAGE ON SCHEMA platform TO {READER}" in refusal


def test_upper_case_names_in_postgres(postgres_url):
    made(postgres_url)
    run(postgres_url, 'ALTER TABLE warning RENAME TO "WARNING"')
    refusal = survey(postgres_url).refusal()
    assert '模式public中有WARNING；"WARNING"含大写字母，请建小写名称的视图' in refusal


def test_nothing_of_that_name(postgres_url, tmp_path):
    assert survey(postgres_url).refusal().endswith("各模式中都没有同名的表或视图")
    sqlite3.connect(tmp_path / "other.db").close()
    refusal = survey(f"sqlite:///{tmp_path / 'other.db'}").refusal()
    assert refusal.endswith(f"查找处：数据库{tmp_path / 'other.db'}。该处有0张表或视图，没有同名的")


def test_the_view_that_fails_is_named(postgres_url, tmp_path):
    made(postgres_url)
    columns = [
        f"CAST(NULL AS {each.info['type']}) AS {each.name}"
        for each in contract.TABLES["warning"].columns
        if each.name != "warning_id"
    ]
    view = f"SELECT CAST(1/n AS varchar) AS warning_id, {', '.join(columns)} FROM (SELECT 0 AS n) z"
    run(postgres_url, "DROP TABLE warning", f"CREATE VIEW warning AS {view}")
    with pytest.raises(RegistryError, match=r"表或视图 warning 时出错.*division by zero"):
        load(postgres_url, tmp_path)


def test_row_security_that_shows_nothing_is_no_empty_registry(postgres_url, reader_url, tmp_path):
    made(postgres_url)
    run(
        postgres_url,
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {READER}",
        "INSERT INTO person (person_key) VALUES ('p1')",
        "ALTER TABLE person ENABLE ROW LEVEL SECURITY",
    )
    (refusal,) = implausible(load(reader_url, tmp_path))
    assert refusal.rule == "row_security"
    assert refusal.text_zh.startswith(
        "人员（去标识化）（person）启用了行级安全，本账户一行也看不到"
    )
    assert implausible(load_frames(registry())) == []


def test_a_file_with_a_log_in_a_folder_that_cannot_be_written(tmp_path, monkeypatch):
    file = tmp_path / "registry.db"
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA journal_mode = wal")
        db.execute("CREATE TABLE person (person_key)")
    db.close()
    monkeypatch.setattr(os, "access", lambda *_: False)

    def fails(*_):
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr("data.registry.connection._open_sqlite", fails)
    with pytest.raises(
        RegistryError, match=r"readonly database。该文件为WAL模式.*journal_mode=DELETE"
    ):
        survey(f"sqlite:///{file}")
