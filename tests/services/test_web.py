from __future__ import annotations

import sqlite3
import urllib.request
from pathlib import Path

import pytest

from tests.services.program import accepts, free_port
from tests.services.web import WebServer, running_web


def test_the_real_server_comes_up_on_either_engine(database_url: str, tmp_path: Path) -> None:
    with running_web(tmp_path, database_url=database_url) as web:
        with urllib.request.urlopen(f"{web.url}/api/openapi.json") as answer:
            assert answer.status == 200

    assert not accepts(web.port)


def test_a_killed_server_is_gone_at_once_and_comes_back_on_the_same_port(fresh_sqlite: str, tmp_path: Path) -> None:
    with running_web(tmp_path, database_url=fresh_sqlite) as web:
        first = web.pid

        web.kill()
        assert not web.is_ready()

        web.start()
        assert web.is_ready()
        assert web.pid != first


def test_two_servers_share_a_database_and_a_bus(fresh_postgres: str, valkey_url: str, tmp_path: Path) -> None:
    with (
        running_web(tmp_path, database_url=fresh_postgres, redis_url=valkey_url) as first,
        running_web(tmp_path, database_url=fresh_postgres, redis_url=valkey_url, settings={"relay": "false"}) as second,
    ):
        assert first.is_ready()
        assert second.is_ready()
        assert first.pid != second.pid


def test_a_server_without_its_database_says_why(tmp_path: Path) -> None:
    url = f"postgresql+asyncpg://postgres@127.0.0.1:{free_port()}/none"

    with pytest.raises(RuntimeError, match=r"not ready in|ended with"):
        with running_web(tmp_path, database_url=url, start_within_s=5):
            pass


def test_a_traceback_in_the_log_is_seen(tmp_path: Path) -> None:
    server = WebServer(log=tmp_path / "log", settings={}, port=free_port(), arguments=())
    server.assert_no_traceback()
    server.log.write_text('{"event": "crash", "exception": "Traceback (most recent call last):\\n ..."}')

    with pytest.raises(AssertionError, match="Traceback"):
        server.assert_no_traceback()


def test_a_fresh_database_file_is_migrated_and_empty(fresh_sqlite: str) -> None:
    connection = sqlite3.connect(fresh_sqlite.partition(":///")[2])
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    revision = connection.execute("SELECT count(*) FROM alembic_version").fetchone()
    connection.close()

    assert len(tables) > 10
    assert revision == (1,)
