"""T29 to T33: files that lie, burst, move, tell too much or are too large, sent as photographs."""

import io
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image, PngImagePlugin

from pb_engine.errors import InvalidIdea
from pb_engine.services.pictures import LARGEST_FILE, redrawn
from tests.builders import a_round_in
from tests.submitting import submit_in_steps
from tests.web.test_resident_ideas import IDEA
from tests.web.visitor import Visitor

NEW, PHOTOS = "~/ideeen/nieuw", "~/ideeen/nieuw/fotos"
ALT = "Een leeg grasveld met een bankje"
SECRETS = (b"GPSSECRET", b"52.2215", b"MakerNote", b"commentaar", b"ICCSECRET", b"XMPSECRET")


def picture(form="JPEG", size=(64, 48), colour=(200, 30, 30), **saved):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form, **saved)
    return out.getvalue()


def chatty(orientation=6):
    """A JPEG that tells where it was made, by which camera, and more, in every way it can."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x010E] = orientation, "MakerNote", "GPSSECRET"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 13.0, 17.4), 29: "GPSSECRET"})
    packet = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>XMPSECRET 52.2215</x:xmpmeta>"
    plain = picture(exif=exif, comment=b"commentaar", icc_profile=b"ICCSECRET" * 20, xmp=packet)
    return plain + b"<script>alert(1)</script>GPSSECRET"


def bomb(width, height):
    """A PNG of few bytes with very many pixels."""

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(min(height, 1000) * (width * 3 + 1)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def moving(form):
    out = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), (shade, 0, 0)) for shade in (0, 90, 180)]
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=50)
    return out.getvalue()


def polyglot():
    return b"GIF89a/*" + b"\x00" * 20 + b"*/=1;alert(document.cookie)//"


# Made where they are sent: whoever only collects tests should not wait for pictures.
LIES = {
    "svg": (
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "unknown",
    ),
    "html": (lambda: b"<!doctype html><script>alert(1)</script>", "unknown"),
    "gif and script": (polyglot, "unknown"),
    "gif": (lambda: picture("GIF"), "unknown"),
    "bmp": (lambda: picture("BMP"), "unknown"),
    "pdf": (lambda: picture("PDF"), "unknown"),
    "empty head": (lambda: b"\xff\xd8\xff", "unknown"),
    "cut jpeg": (lambda: picture(size=(400, 400))[:400], "broken"),
    "cut png": (lambda: picture("PNG", size=(400, 400))[:200], "broken"),
    "moving png": (lambda: moving("PNG"), "moves"),
    "moving webp": (lambda: moving("WEBP"), "moves"),
    "20 megapixels": (lambda: bomb(5000, 4000), "too_many_pixels"),
    "progressive": (lambda: picture(size=(5000, 4000), progressive=True), "too_many_pixels"),
    "a bomb": (lambda: bomb(50_000, 50_000), "too_many_pixels"),
    "too large": (lambda: b"\xff\xd8\xff" + bytes(LARGEST_FILE), "too_large"),
}


@pytest.mark.parametrize("name", LIES)
def test_a_file_that_is_no_plain_photograph_is_refused_by_name(name):
    made, problem = LIES[name]
    with pytest.raises(InvalidIdea) as refused:
        redrawn(made())
    assert f"photo:photo_{problem}:" in refused.value.details["all"]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_is_made_anew_at_a_bounded_size(form):
    made = redrawn(picture(form, size=(3000, 2000)))
    for body, sides in ((made.body, (1600, 1067)), (made.small, (480, 320))):
        with Image.open(io.BytesIO(body)) as found:
            assert (found.format, found.size) == ("JPEG", sides)
    assert (made.width, made.height) == (1600, 1067)


def test_nothing_that_travelled_with_a_photograph_is_left():
    sent = chatty()
    assert all(
        secret in sent for secret in (b"GPSSECRET", b"MakerNote", b"ICCSECRET", b"XMPSECRET")
    )
    with Image.open(io.BytesIO(sent)) as found:
        assert found.getexif().get_ifd(0x8825)
    made = redrawn(sent)
    for body in (made.body, made.small):
        assert not any(secret in body for secret in (*SECRETS, b"Exif", b"script", b"ICC_PROFILE"))
        with Image.open(io.BytesIO(body)) as clean:
            assert not clean.getexif()
            assert all(name.startswith(("jfif", "progressi")) for name in clean.info)
    assert (made.width, made.height) == (48, 64)


def test_texts_in_a_png_and_what_is_see_through_go():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "GPSSECRET")
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(out, "PNG", pnginfo=notes)
    made = redrawn(out.getvalue())
    assert b"GPSSECRET" not in made.body
    with Image.open(io.BytesIO(made.body)) as clean:
        assert clean.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "how",
    [
        {"size": (8000, 6000)},
        {"size": (4032, 3024), "progressive": True, "subsampling": 0},
        {"form": "WEBP", "size": (4032, 3024)},
        {"form": "PNG", "size": (4032, 3024)},
    ],
    ids=["48 megapixels", "progressive", "webp", "png"],
)
def test_a_large_photograph_takes_bounded_memory_and_time(how):
    # The peak is that of the program itself: the one of this process would hide it.
    program = (
        "import re, sys; from pathlib import Path; from pb_engine.services.pictures import redrawn;"
        "own = Path('/proc/self/status');"
        "peak = lambda: int(re.findall(r'VmHWM:\\s*(\\d+)', own.read_text())[0]);"
        "before = peak(); redrawn(sys.stdin.buffer.read()); print(peak() - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=picture(**how),
        capture_output=True,
        check=True,
        timeout=20,
    )
    assert 0 < int(done.stdout) < 200 * 1024


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return a_round_in(tmp_path_factory.mktemp("uploads"), "ideas")


@pytest.fixture
def visitor(made):
    visitor = Visitor(made)
    visitor.send(visitor.get(NEW), "title", step="keep", title="Met foto")
    return visitor


def send(visitor, body, alternative=ALT, step="add", name="../../x.svg"):
    token = dict(visitor.get(PHOTOS).form("photo").fields)["csrf_token"]
    file = (io.BytesIO(body), name, "image/svg+xml")
    fields = {"csrf_token": token, "photo": file, "alternative": alternative, "step": step}
    return visitor.post(PHOTOS, fields)


def sources(page):
    return [part.split('"')[0] for part in page.html.split('<img src="')[1:]]


def test_a_photograph_is_shown_to_its_writer_only_until_the_idea_is_in(visitor):
    page = send(visitor, chatty())
    assert page.status == 200
    [source] = sources(page)
    assert f'alt="{ALT}"' in page.html
    assert sources(send(visitor, chatty())) == [source]
    mine = visitor.get(source)
    assert mine.headers["cache-control"] == "no-store"
    stranger = Visitor(visitor.staged)
    public = f"/proef-2027/foto/{source.rsplit('/')[-1]}/groot"
    assert stranger.get(source).status == stranger.get(public).status == 404
    done = submit_in_steps(visitor, NEW, **{**IDEA, "email": ""})
    idea = stranger.get(done.path.removesuffix("/ontvangen"))
    assert f'alt="{ALT}"' in idea.html
    seen = stranger.get(public)
    assert seen.status == 200
    assert b"GPSSECRET" not in seen.body
    expected = {
        "content-type": "image/jpeg",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "content-disposition": 'inline; filename="foto.jpg"',
        "cache-control": "public, max-age=31536000, immutable",
    }
    assert expected.items() <= seen.headers.items()
    assert "set-cookie" not in seen.headers or not seen.headers["set-cookie"]
    code = done.html.split("<code>")[1].split("</code>")[0]
    visitor.send(visitor.get(done.path.replace("ontvangen", "intrekken")), "code", code=code)
    assert stranger.get(public).status == 404


def test_what_is_wrong_with_a_photograph_stands_at_its_field_and_nothing_is_kept(visitor):
    for body, words, sentence in (
        (LIES["svg"][0](), ALT, "geen JPEG, PNG of WebP"),
        (LIES["moving png"][0](), ALT, "Deze foto beweegt"),
        (LIES["cut jpeg"][0](), ALT, "kapot"),
        (LIES["20 megapixels"][0](), ALT, "te groot"),
        (picture(), "", "nog niets ingevuld"),
        (picture(), "x" * 201, "hoogstens 200 tekens"),
        (b"", ALT, "Kies eerst een foto"),
    ):
        page = send(visitor, body, words)
        assert page.status == 422
        assert sentence in page.text
        assert sources(page) == []
    assert send(visitor, bytes(LARGEST_FILE + 200_000)).status == 413
    assert visitor.post(PHOTOS, {"csrf_token": "x", "photo": "y" * 300_000}).status in {400, 413}


def test_there_are_four_photographs_at_most_and_each_can_go(visitor):
    for shade in range(4):
        page = send(visitor, picture(colour=(shade * 60, 0, 0)))
    assert len(sources(page)) == 4
    assert 'type="file"' not in page.html
    token = dict(page.form("csrf_token").fields)["csrf_token"]
    file = (io.BytesIO(picture(colour=(1, 2, 3))), "x.jpg")
    fifth = {"csrf_token": token, "photo": file, "alternative": ALT, "step": "add"}
    assert visitor.post(PHOTOS, fifth).status == 422
    gone = sources(page)[1]
    left = visitor.send(page, "step", step="remove-" + gone.rsplit("/")[-1])
    assert len(sources(left)) == 3
    assert gone not in sources(left)
    assert visitor.send(left, "step", step="remove-../../x").status == 200
