"""Why contract tables are not there: where was looked, as whom, and what stands elsewhere."""

from sqlalchemy import URL, Connection, Engine, inspect, text

#: Tables and views of these names in any schema, and what the account may do there.
NAMESAKES = text("""
    SELECT n.nspname, c.relname, has_schema_privilege(n.oid, 'USAGE')
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE lower(c.relname) = ANY(:names) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    ORDER BY 1, 2
""")
SESSION = text("SELECT current_database(), current_user, current_setting('search_path')")

#: Tables whose rows a policy of the database chooses for this account.
SECURED = text("""
    SELECT relname FROM pg_catalog.pg_class
    WHERE relname = ANY(:names) AND pg_catalog.pg_table_is_visible(oid) AND relkind IN ('r', 'p')
    AND row_security_active(oid)
""")


def hint(engine: Engine, url: URL, missing: list[str]) -> str:
    """Where these tables were looked for, as whom, and where something of their name stands."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            return _postgres_hint(connection, missing)
    inspector = inspect(engine)
    names = [*inspector.get_table_names(), *inspector.get_view_names()]
    where = f"数据库{url.database or ''}" + (f"，账户{url.username}" if url.username else "")
    return f"查找处：{where}。{_spelt_otherwise(sorted(set(names)), missing)}"


def hint_of_files(url: URL, names: list[str]) -> str:
    """Where tables of a DuckDB file or of a folder were looked for, and what stands there."""
    listed = f"：{'、'.join(names[:10])}" if names else ""
    return f"查找处：{url.database}。该处有{len(names)}张登记库的表或视图{listed}"


def _spelt_otherwise(names: list[str], missing: list[str]) -> str:
    namesakes = [each for each in names if each.lower() in missing and each not in missing]
    if not namesakes:
        return f"该处有{len(names)}张表或视图，没有同名的"
    return f"有仅大小写不同的：{'、'.join(namesakes)}，请建小写名称的视图"


def _postgres_hint(connection: Connection, missing: list[str]) -> str:
    database, account, path = connection.execute(SESSION).one()
    where = f"查找处：数据库{database}，账户{account}，search_path为{path}"
    found = connection.execute(NAMESAKES, {"names": missing}).all()
    advice = []
    for schema in dict.fromkeys(schema for schema, _, _ in found):
        names = [name for there, name, _ in found if there == schema]
        usable = next(usable for there, _, usable in found if there == schema)
        upper = [f'"{name}"' for name in names if name not in missing]
        advice.append(f"模式{schema}中有{'、'.join(names[:3])}{'等' if len(names) > 3 else ''}")
        if not usable:
            advice.append(f"但账户没有该模式的权限：GRANT USAGE ON SCHEMA {schema} TO {account}")
        elif upper:
            advice.append(f"{'、'.join(upper[:3])}含大写字母，请建小写名称的视图")
        else:
            advice.append(f"请在地址后加 ?options=-csearch_path={schema}")
    return f"{where}。{'；'.join(advice) or '各模式中都没有同名的表或视图'}"


def secured(engine: Engine, names: list[str]) -> list[str]:
    """Tables of PostgreSQL of which row-level security shows this account a part, or nothing."""
    if engine.dialect.name != "postgresql" or (engine.dialect.server_version_info or ()) < (9, 5):
        return []
    with engine.connect() as connection:
        return sorted(connection.execute(SECURED, {"names": names}).scalars())
