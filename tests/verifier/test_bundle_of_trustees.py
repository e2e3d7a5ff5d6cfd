"""The bundle of a round whose key trustees keep (goes to tests/verifier/ after the merge)."""

from click.testing import CliRunner

from pb_engine.cli import main
from pb_engine.pluginhost import load
from pb_engine.services import counting, publication
from pb_engine.services.box_checks import check_box
from pb_engine.services.box_export import export_box
from pb_engine.services.box_file import read_box_file
from pb_engine.services.count_file import signed_count
from pb_engine.services.count_import import take_in_count
from pb_engine.services.offline_count import count_box
from tests.builders import adopt_and_publish
from tests.trustees import SLUG, a_ceremony, closed_with


def test_what_trustees_counted_is_published_with_trackers_and_verifies(tmp_path):
    held = a_ceremony()
    staged = closed_with(tmp_path / "pb", held, {"AED": 20, "Bankjes": 10})
    export_box(staged.engine, SLUG, tmp_path / "bus")
    box = read_box_file(tmp_path / "bus")
    check_box(box)
    count = count_box(box, held.shares[:3], load(["greedy"]))
    assert len(set(count.opening.trackers)) == 30
    take_in_count(staged.engine, SLUG, *signed_count(count), "team")
    for step in (counting.tally, counting.explain, adopt_and_publish):
        step(staged.engine, SLUG, "team")
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(publication.download(staged.engine, SLUG, "bundle.zip").body)
    done = CliRunner().invoke(main, ["verify", str(bundle)])
    assert done.exit_code == 0, done.output
