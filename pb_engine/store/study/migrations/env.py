"""Run by Alembic for every migration of the study store."""

from pb_engine.store.migrating import run_migrations
from pb_engine.store.study.tables import METADATA

run_migrations(METADATA)
