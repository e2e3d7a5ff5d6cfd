"""T80: an operator migrates while voting is open; nothing changes under the voters."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from pb_engine.cli.migrate import migrate as migrate_command
from pb_engine.errors import StoreProblem
from pb_engine.services import phases
from pb_engine.services.voting import cast_ballot, new_attempt
from pb_engine.store import behind, close_stores, migrate, migrating
from pb_engine.store.connect import open_database
from tests.attacks.staging import a_ticket, an_engine_on
from tests.builders import CALENDAR, a_round_in, at
from tests.store.raw import EVERY_BALLOT, raw_sql

BALLOTS = f"SELECT pseudonym, number, attempt, sealed FROM {EVERY_BALLOT} ORDER BY pseudonym"
NEXT = """
from alembic import op
import sqlalchemy as sa

revision = "register_next"
down_revision = {before!r}
{declared}

def upgrade():
    op.create_table("later", sa.Column("round", sa.Text(), primary_key=True))


def downgrade():
    op.drop_table("later")
"""


@pytest.fixture
def staged(urls, tmp_path):
    """A round with three ballots in its open box."""
    engine = an_engine_on(urls, tmp_path)
    staged = a_round_in(engine)
    for voter in ("one", "two", "three"):
        cast(staged, voter)
    yield staged
    close_stores(engine.stores)


def cast(staged, voter):
    ticket = a_ticket(staged.engine, staged.slug, voter)
    chosen = [staged.ideas["AED"]]
    return cast_ballot(staged.engine, staged.slug, ticket, chosen, new_attempt())


def at_revision(url, name, wanted=None):
    """The revision of a store; taken back to ``wanted`` first when that is given."""
    database = open_database(url)
    try:
        if wanted:
            migrating.downgrade(name, database, wanted)
        return migrating.revision(name, database)
    finally:
        database.close()


def with_one_migration_more(monkeypatch, folder: Path, declared: str) -> None:
    """Let this version of the program have a further migration of the register."""
    before, real = migrating.newest("register"), migrating._config
    shutil.copytree(Path(migrating.__file__).parent / "register" / "migrations", folder)
    file = folder / "versions" / "next.py"
    file.write_text(NEXT.format(before=before, declared=declared), encoding="utf-8")

    def config(store, connection=None):
        made = real(store, connection)
        if store == "register":
            made.set_main_option("script_location", str(folder))
        return made

    monkeypatch.setattr(migrating, "_config", config)


def test_what_would_change_an_open_box_is_refused_and_says_which_round_and_what_to_do(staged, urls):
    before = raw_sql(staged.engine.stores.box, BALLOTS)
    close_stores(staged.engine.stores)
    assert at_revision(urls.box, "box", "box_0002") == "box_0002"
    with pytest.raises(StoreProblem) as refused:
        migrate(urls)
    assert refused.value.details == {"store": "box", "problem": "voting"}
    sentence = refused.value.sentence
    assert f"voting is open in {staged.slug}" in sentence
    assert "box_0003" in sentence
    assert "box_0004" not in sentence
    assert "run pb-engine migrate when voting has closed" in sentence
    assert at_revision(urls.box, "box") == "box_0002"
    raw_sql(staged.engine.stores.box, "UPDATE boxes SET open = 0")
    assert [one.store for one in migrate(urls) if one.changed] == ["box"]
    assert raw_sql(staged.engine.stores.box, BALLOTS) == before


def test_what_only_adds_to_an_open_box_may_happen_while_people_vote(staged, urls):
    close_stores(staged.engine.stores)
    assert at_revision(urls.box, "box", "box_0003") == "box_0003"
    assert behind(urls) == ("box",)
    assert [one.store for one in migrate(urls) if one.changed] == ["box"]
    assert not cast(staged, "four").replaced


@pytest.mark.parametrize("declared", ["", "safe_while_open = False", "safe_while_open = 1"])
def test_a_change_of_the_register_waits_until_voting_has_closed(
    staged, urls, monkeypatch, tmp_path, declared
):
    with_one_migration_more(monkeypatch, tmp_path / "tree", declared)
    with pytest.raises(StoreProblem, match=r"register_next would change the register store"):
        migrate(urls)
    assert behind(urls) == ("register",)
    end = at(staged.engine, CALENDAR.voting.end)
    phases.take_step(end, staged.slug, "close_voting", "team")
    assert [one.store for one in migrate(urls) if one.changed] == ["register"]


def test_a_change_of_the_register_that_says_it_is_harmless_happens_at_once(
    staged, urls, monkeypatch, tmp_path
):
    with_one_migration_more(monkeypatch, tmp_path / "tree", "safe_while_open = True")
    assert [one.store for one in migrate(urls) if one.changed] == ["register"]
    assert not cast(staged, "four").replaced


def test_the_command_says_it_in_a_sentence_and_touches_no_store(staged, tmp_path, monkeypatch):
    settings = staged.engine.settings
    with_one_migration_more(monkeypatch, tmp_path / "tree", "")
    monkeypatch.setattr("pb_engine.cli.migrate.read_settings", lambda: settings)
    done = CliRunner().invoke(migrate_command)
    assert done.exit_code == 1
    assert isinstance(done.exception, StoreProblem)
    assert done.output == ""
