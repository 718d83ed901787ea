"""The suite's own promise: a test that takes `database_url` really runs on both databases."""

from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import make_url


def test_the_database_is_empty_and_answers(database_url: str) -> None:
    engine = create_engine(database_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_both_databases_are_offered(request, database_url: str) -> None:
    assert make_url(database_url).get_backend_name() in request.node.name
