"""`pb-engine demo`: both example rounds, filled and served, in one command."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import click

from pb_engine.cli.running import write_logs
from pb_engine.cli.serve import serving, wait_for_stop
from pb_engine.engine import Engine, build, store_urls
from pb_engine.errors import EngineError, FolderRefused
from pb_engine.services import demo as service
from pb_engine.services.officials import Role, add_official
from pb_engine.services.outbox import deliver
from pb_engine.services.phases import advance
from pb_engine.settings import Settings, settings_in
from pb_engine.store import migrate

MARK = "pb-engine-demo.json"
PASSWORD = "demo-wijkbudget"  # noqa: S105 - printed on the screen; works in the demo only
CHEAP_CODES = (64, 1, 1)
LOGINS = (
    ("team@demo.example", "team", Role.PARTICIPATION_TEAM),
    ("commissie@demo.example", "commissie", Role.COMMISSION_MEMBER),
    ("secretaris@demo.example", "secretaris", Role.SECRETARY),
    ("balie@demo.example", "balie", Role.DESK_OFFICER),
    ("onderzoek@demo.example", "onderzoek", Role.RESEARCHER),
    ("controle@demo.example", "controle", Role.AUDITOR),
)


@click.command()
@click.option(
    "--phase",
    type=click.Choice(service.PHASES),
    help="Phase of the main round (default: voting, or as it was).",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, help="Port to listen on; 0 takes any.")
@click.option(
    "--data",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("pb-demo"),
    show_default=True,
    help="Folder of the demonstration.",
)
@click.option("--fresh", is_flag=True, help="Throw the old demonstration away and begin anew.")
@click.option("--prepare-only", is_flag=True, help="Fill the folder and stop without serving.")
def demo(
    phase: str | None, host: str, port: int, folder: Path, fresh: bool, prepare_only: bool
) -> None:
    """Run a demonstration with two invented rounds; nothing in it is real."""
    engine, mark = _prepared(folder.absolute(), phase, fresh=fresh)
    if prepare_only:
        _greet(mark, f"http://{host}:{port}")
        return
    with serving(engine, host, port) as address:
        _greet(mark, address)
        wait_for_stop()
    click.echo("\nStopped. Start again to go on where you were.")


def _prepared(folder: Path, phase: str | None, *, fresh: bool) -> tuple[Engine, dict[str, Any]]:
    mark_file = folder / MARK
    if folder.exists() and any(folder.iterdir()) and not mark_file.is_file():
        raise FolderRefused(
            f"{folder} holds something that is not a demonstration; nothing in it was touched. "
            "Name another folder with --data"
        )
    mark = json.loads(mark_file.read_text(encoding="utf-8")) if mark_file.is_file() else None
    if fresh and mark is not None:
        shutil.rmtree(folder)
        mark = None
    if mark is not None and not mark.get("complete"):
        shutil.rmtree(
            folder
        )  # an earlier start was stopped half-way: nothing in it is worth keeping
        mark = None
    if mark is not None and phase not in {None, mark["phase"]}:
        raise FolderRefused(
            f"the demonstration in {folder} is in the phase {mark['phase']}; add --fresh to begin "
            f"anew in the phase {phase}"
        )
    settings = settings_in(folder, demo=True, code_cost=CHEAP_CODES, log_level="warning")
    write_logs(settings)
    if mark is None:
        return _filled(settings, mark_file, phase or "voting")
    migrate(store_urls(settings))
    engine = build(settings)
    advance(engine)
    return engine, mark


def _filled(settings: Settings, mark_file: Path, phase: str) -> tuple[Engine, dict[str, Any]]:
    settings.data_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark: dict[str, Any] = {"format": 1, "phase": phase, "complete": False}
    mark_file.write_text(json.dumps(mark), encoding="utf-8")
    migrate(store_urls(settings))
    engine = build(settings)
    _add_officials(engine)
    filled = service.fill(engine, phase, click.echo)
    deliver(engine)
    mark.update(complete=True, slug=filled.slug, codes=list(filled.codes))
    mark_file.write_text(json.dumps(mark), encoding="utf-8")
    mark_file.chmod(0o600)
    return engine, mark


def _add_officials(engine: Engine) -> None:
    from web.desk.accounts import hash_password

    hashed = hash_password(engine, PASSWORD)
    for email, name, role in LOGINS:
        add_official(engine, email, name, [role], hashed, "demo")


def _greet(mark: dict[str, Any], address: str) -> None:
    try:
        codes = mark["codes"]
    except KeyError as problem:
        raise EngineError(f"the demonstration's own file has no {problem}") from problem
    lines = [
        "",
        "Verzonnen voorbeeldgegevens — geen echte inwoners of ideeën.",
        "",
        f"Residents     {address}/",
        f"Voting        {address}/{mark['slug']}/stemmen",
        f"Voting codes  {codes[0]}",
        *(f"              {code}" for code in codes[1:]),
        f"A result      {address}/zuid-2027/uitslag",
        f"Desk          {address}/beheer/",
        *(f"  {email:<26} {PASSWORD}   ({role})" for email, _, role in LOGINS),
        "",
        "Stop with Ctrl-C.",
    ]
    click.echo("\n".join(lines))
