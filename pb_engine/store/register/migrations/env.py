"""Run by Alembic for every migration of the register store."""

from pb_engine.store.migrating import run_migrations
from pb_engine.store.register.tables import METADATA

run_migrations(METADATA)
