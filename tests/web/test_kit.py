"""The kit and its fonts are the files of the lock, and hold what the macros need."""

import shutil

import pytest

from web.kit import lock
from web.kit.rules import classes_in, shaken

WEB = lock.HERE.parent


def markup():
    return "\n".join(one.read_text(encoding="utf-8") for one in sorted(lock.MACROS.rglob("*.j2")))


def test_every_file_that_was_made_is_the_one_of_the_lock():
    assert lock.differences() == []


def test_a_file_that_was_changed_by_hand_is_found(tmp_path):
    shutil.copytree(WEB / "kit", tmp_path / "kit")
    shutil.copytree(WEB / "themes", tmp_path / "themes")
    assert lock.differences(folder=tmp_path) == []
    with (tmp_path / "kit" / "kit.css").open("a") as kit:
        kit.write("a { color: red }")
    next((tmp_path / "themes").rglob("*.woff2")).unlink()
    assert len(lock.differences(folder=tmp_path)) == 2


@pytest.mark.parametrize("package", lock.packages(), ids=lambda one: one.name)
def test_a_package_has_a_version_a_digest_and_a_licence_that_we_may_use(package):
    assert package.version[0].isdigit()
    assert package.integrity.startswith("sha512-")
    assert package.licence in {"EUPL-1.2", "OFL-1.1"}
    assert (WEB.parent / "LICENSES" / f"{package.licence}.txt").exists()


def test_the_lock_names_no_machine():
    assert "://" not in lock.LOCK.read_text(encoding="utf-8")


def test_the_kit_holds_no_rule_for_a_class_that_no_macro_writes():
    used = classes_in(markup(), lock.PREFIX)
    assert "utrecht-button--primary-action" in used
    assert shaken(lock.css(), used).split() == shaken(lock.css(), used | {"x"}).split()
    assert shaken(lock.css(), used).count("{") == lock.css().count("{")


def test_the_kit_fetches_nothing():
    assert "url(" not in lock.css()
    assert "@import" not in lock.css()


def test_shaking_keeps_rules_within_media_and_splits_lists_of_selectors():
    css = "@media print { .a, .b:is(.c, .d) { x: y } .e { x: y } } .e { x: y } @font-face { x: y }"
    assert " ".join(shaken(css, frozenset({"a"})).split()) == "@media print { .a { x: y } }"
