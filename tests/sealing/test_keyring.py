import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from pb_engine.errors import InvalidKey
from pb_engine.sealing import Keyring, key_file, new_secret, read_key_file

SECRET = bytes(range(32))


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "deep" / "keys"


@pytest.fixture
def ring(folder):
    return Keyring(folder, demo=False)


def problem(step, *arguments):
    with pytest.raises(InvalidKey) as refused:
        step(*arguments)
    return refused.value.details["problem"]


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_key_comes_back_for_every_ring_on_the_folder(ring, folder):
    ring.create("mekdep-2027.link", SECRET)
    assert ring.get("mekdep-2027.link") == SECRET
    assert Keyring(folder, demo=False).get("mekdep-2027.link") == SECRET


def test_files_are_0600_and_the_folder_0700_whatever_the_umask(ring, folder):
    before = os.umask(0)
    try:
        ring.create("link", SECRET)
    finally:
        os.umask(before)
    assert mode(folder) == 0o700
    assert [mode(path) for path in folder.iterdir()] == [0o600]


def test_a_key_is_never_overwritten(ring):
    ring.create("link", SECRET)
    assert problem(ring.create, "link", new_secret()) == "exists"
    assert ring.get("link") == SECRET


def test_nothing_but_the_key_is_left_in_the_folder(ring, folder):
    ring.create("link", SECRET)
    problem(ring.create, "link", new_secret())
    assert [path.name for path in folder.iterdir()] == ["link.key"]


def test_a_missing_key_is_named(ring):
    with pytest.raises(InvalidKey, match=r"no key mekdep\.link") as refused:
        ring.get("mekdep.link")
    assert refused.value.details["problem"] == "missing"


def test_a_ring_without_a_folder_is_empty(ring, folder):
    assert ring.names() == ()
    assert not ring.has("link")
    assert not ring.erase("link")
    assert not folder.exists()


def test_names_are_sorted_and_only_those_of_keys(ring, folder):
    for name in ("b", "a.link", "a-1_x"):
        ring.create(name, SECRET)
    (folder / "notes.txt").write_text("not a key")
    (folder / ".draft-x").write_text("left by a crash")
    assert ring.names() == ("a-1_x", "a.link", "b")


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../x",
        "a/b",
        "/etc/passwd",
        ".hidden",
        "A",
        "é",
        "a\0",
        "a\n",
        "-",
        "a" * 200,
    ],
)
def test_a_name_cannot_be_a_path(ring, name):
    for step in (ring.get, ring.has, ring.erase):
        assert problem(step, name) == "name"
    assert problem(ring.create, name, SECRET) == "name"


@pytest.mark.parametrize("secret", [b"", bytes(100_000)])
def test_a_secret_of_no_sensible_length_is_refused(ring, secret):
    assert problem(ring.create, "link", secret) == "length"
    assert not ring.has("link")


@pytest.mark.parametrize("bits", [0o640, 0o604, 0o660, 0o666, 0o610])
def test_a_key_that_others_may_touch_is_refused(ring, folder, bits):
    ring.create("link", SECRET)
    (folder / "link.key").chmod(bits)
    assert problem(ring.get, "link") == "open"


@pytest.mark.parametrize("bits", [0o750, 0o701, 0o777])
def test_a_folder_that_others_may_touch_is_refused(ring, folder, bits):
    ring.create("link", SECRET)
    folder.chmod(bits)
    assert problem(ring.get, "link") == "open"
    assert problem(ring.create, "other", SECRET) == "open"


def test_a_demo_key_never_counts_outside_the_demo(folder):
    Keyring(folder, demo=True).create("link", SECRET)
    assert Keyring(folder, demo=True).get("link") == SECRET
    real = Keyring(folder, demo=False)
    assert problem(real.get, "link") == "demo"
    assert problem(real.get_or_create, "link", new_secret) == "demo"


def test_a_key_under_another_name_is_refused(ring, folder):
    ring.create("a.link", SECRET)
    (folder / "a.link.key").rename(folder / "b.link.key")
    assert problem(ring.get, "b.link") == "foreign"


def test_a_damaged_key_is_refused_without_repeating_it(ring, folder):
    ring.create("link", SECRET)
    path = folder / "link.key"
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(InvalidKey) as refused:
        ring.get("link")
    assert refused.value.details["problem"] == "format"
    assert "AAEC" not in str(refused.value)


def test_a_link_to_a_key_is_not_followed(ring, folder, tmp_path):
    ring.create("other", SECRET)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(key_file("link", SECRET, demo=False))
    elsewhere.chmod(0o600)
    (folder / "link.key").symlink_to(elsewhere)
    assert problem(ring.get, "link") == "unreadable"
    assert problem(ring.erase, "link") == "unreadable"
    assert read_key_file(elsewhere) == ("link", SECRET, False)


def test_a_pipe_or_folder_in_the_place_of_a_key_is_refused_at_once(ring, folder):
    ring.create("other", SECRET)
    os.mkfifo(folder / "link.key", 0o600)
    (folder / "sub.key").mkdir(0o700)
    for name in ("link", "sub"):
        assert problem(ring.get, name) == "unreadable"
        assert problem(ring.erase, name) == "unreadable"
        assert not ring.has(name)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    place = tmp_path / "keys"
    place.write_text("")
    place.chmod(0o600)
    ring = Keyring(place, demo=False)
    assert problem(ring.create, "link", SECRET) == "unreadable"
    assert problem(ring.get, "link") == "unreadable"
    assert problem(ring.get_or_create, "link", new_secret) == "unreadable"


def test_an_erased_key_is_gone_for_every_ring(ring, folder):
    other = Keyring(folder, demo=False)
    ring.create("link", SECRET)
    assert other.get("link") == SECRET
    assert ring.erase("link") is True
    assert ring.erase("link") is False
    assert problem(other.get, "link") == "missing"
    assert not other.has("link")
    assert list(folder.iterdir()) == []


def test_erasing_overwrites_the_bytes_themselves(ring, folder, tmp_path):
    ring.create("link", SECRET)
    second_name = tmp_path / "second-name"
    second_name.hardlink_to(folder / "link.key")
    length = second_name.stat().st_size
    ring.erase("link")
    assert second_name.read_bytes() == bytes(length)


def test_a_key_overwritten_but_not_yet_removed_is_dead_and_can_be_erased_again(ring, folder):
    ring.create("link", SECRET)
    path = folder / "link.key"
    path.write_bytes(bytes(path.stat().st_size))
    assert problem(ring.get, "link") == "format"
    assert ring.erase("link") is True


def test_get_or_create_makes_a_key_once(ring):
    first = ring.get_or_create("link", new_secret)
    assert ring.get_or_create("link", new_secret) == first == ring.get("link")


def test_forty_threads_get_one_key(folder):
    def ask(_):
        return Keyring(folder, demo=False).get_or_create("link", new_secret)

    with ThreadPoolExecutor(20) as pool:
        got = list(pool.map(ask, range(40)))
    assert len(set(got)) == 1
    assert [path.name for path in folder.iterdir()] == ["link.key"]


def test_several_programs_get_one_key(folder):
    ask = (
        "import sys; from pathlib import Path; from pb_engine.sealing import Keyring, new_secret; "
        "ring = Keyring(Path(sys.argv[1]), demo=False); sys.stdin.readline(); "
        "print(*(ring.get_or_create(f'key{at}', new_secret).hex() for at in range(20)))"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", ask, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for program in running:
        program.stdin.write("go\n")
        program.stdin.flush()
    answers = {program.communicate(timeout=60)[0] for program in running}
    assert [program.returncode for program in running] == [0, 0, 0]
    assert len(answers) == 1
    assert len(set(answers.pop().split())) == 20


def test_a_failing_maker_leaves_nothing(ring, folder):
    def fail():
        raise InvalidKey("no entropy today", problem="maker")

    assert problem(ring.get_or_create, "link", fail) == "maker"
    assert not ring.has("link")
    assert not folder.exists()


def test_a_key_file_says_what_it_is(folder):
    Keyring(folder, demo=True).create("mekdep.round", SECRET)
    raw = (folder / "mekdep.round.key").read_bytes()
    assert json.loads(raw)["format"] == 1
    assert read_key_file(raw) == read_key_file(folder / "mekdep.round.key")
    assert read_key_file(raw) == ("mekdep.round", SECRET, True)


def test_a_key_file_from_a_stick_may_be_laid_out_otherwise():
    told = json.loads(key_file("mekdep.round", SECRET, demo=False))
    assert read_key_file(json.dumps(told, indent=2).encode()) == ("mekdep.round", SECRET, False)


GOOD = json.loads(key_file("a", SECRET, demo=False))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"[" * 60_000,
        bytes(70_000),
        json.dumps({**GOOD, "format": 2}).encode(),
        json.dumps({**GOOD, "format": True}).encode(),
        json.dumps({**GOOD, "demo": 0}).encode(),
        json.dumps({**GOOD, "name": "../a"}).encode(),
        json.dumps({**GOOD, "secret": ""}).encode(),
        json.dumps({**GOOD, "secret": "A*AA*A"}).encode(),
        json.dumps(GOOD).encode().ljust(70_000),
        json.dumps({**GOOD, "secret": "é"}).encode(),
        json.dumps({**GOOD, "more": 1}).encode(),
        json.dumps(list(GOOD.items())).encode(),
        json.dumps(GOOD).replace("{", '{"demo": true, ').encode(),
    ],
)
def test_what_is_no_key_file_is_refused(raw):
    assert problem(read_key_file, raw) == "format"


def test_a_key_file_that_is_not_there_is_named(tmp_path):
    assert problem(read_key_file, tmp_path / "nothing.key") == "unreadable"
    assert problem(read_key_file, tmp_path) == "unreadable"
