"""Run by Alembic for every migration of the box store."""

from pb_engine.store.box.tables import METADATA
from pb_engine.store.migrating import run_migrations

run_migrations(METADATA)
