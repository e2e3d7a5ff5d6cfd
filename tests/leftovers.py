"""What an engine leaves behind: every row of its stores, and the mail that left."""

from __future__ import annotations

from email import message_from_bytes, policy

from sqlalchemy import MetaData, create_engine

from pb_engine.services.outbox import deliver


def dumped(engine) -> str:
    """Every row of every store, as text."""
    found = []
    places = engine.settings
    for url in (places.site_db, places.register_db, places.box_db, places.study_db):
        opened = create_engine(url)
        tables = MetaData()
        tables.reflect(opened)
        with opened.connect() as line:
            for table in tables.sorted_tables:
                found.extend(str(tuple(row)) for row in line.execute(table.select()))
        opened.dispose()
    return "\n".join(found)


def mails(engine) -> list[tuple[str, str]]:
    """What left since the last look: receiver and text."""
    deliver(engine)
    found = []
    for path in sorted((engine.settings.data_folder / "mail").glob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        found.append((message["To"], message.get_content()))
        path.unlink()
    return found
