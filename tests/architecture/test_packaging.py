"""The wheel holds both packages and the example rounds, and runs far from any checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.xdist_group("wheel")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_exactly_our_two_packages(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"pb_engine", "web"}


@pytest.mark.parametrize(
    "inside",
    [
        "pb_engine/py.typed",
        "pb_engine/services/trustee_sheet.typ",
        "pb_engine/services/letters/letter.typ",
        "pb_engine/services/fonts/NotoSans-Regular.ttf",
        "pb_engine/services/fonts/NotoSansArabic-Bold.ttf",
        "web/shared/static/code.js",
        "pb_engine/presets/enschede/rounds/mekdep-2027.toml",
        "pb_engine/presets/enschede/rounds/zuid-2027.toml",
        "pb_engine/presets/enschede/rounds/jongeren-2027.toml",
        "pb_engine/presets/demo/mekdep-2027.toml",
        "pb_engine/presets/demo/zuid-2027.toml",
        "pb_engine/store/site/migrations/versions/0001_first.py",
        "pb_engine/store/box/migrations/env.py",
        "web/locale/en/LC_MESSAGES/messages.mo",
        "web/locale/nl/LC_MESSAGES/messages.mo",
    ],
)
def test_the_wheel_carries_what_it_needs(wheel, inside):
    assert inside in zipfile.ZipFile(wheel).namelist()


def test_templates_and_styles_travel_in_the_wheel(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for ending in (".html.j2", ".css"):
        here = {str(p.relative_to(ROOT)) for p in (ROOT / "web").rglob(f"*{ending}")}
        assert here
        assert here <= set(names)


def test_an_installed_wheel_runs_the_demo_far_from_the_checkout(wheel, tmp_path):
    site, far = tmp_path / "site", tmp_path / "far"
    far.mkdir()
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--target",
            site,
            wheel,
        ],
        check=True,
        timeout=120,
    )
    environment = {**os.environ, "PYTHONPATH": str(site)}
    for name in [name for name in environment if name.startswith("PB_")]:
        del environment[name]
    where = subprocess.run(
        [sys.executable, "-c", "import pb_engine, web; print(pb_engine.__file__, web.__file__)"],
        cwd=far,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    assert where.count(str(site)) == 2
    run = subprocess.run(
        [sys.executable, "-m", "pb_engine", "demo", "--prepare-only", "--data", "hier"],
        cwd=far,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    assert "Voting codes" in run.stdout
    assert (far / "hier" / "box.sqlite3").is_file()
