"""Run by Alembic for every migration of the site store."""

from pb_engine.store.migrating import run_migrations
from pb_engine.store.site.mail_tables import METADATA

run_migrations(METADATA)
