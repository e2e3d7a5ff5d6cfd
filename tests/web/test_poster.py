"""The poster of a round, as a telephone reads it from paper."""

from io import BytesIO

from PIL import Image
from zxingcpp import read_barcodes

from tests.web.visitor import Visitor


def test_the_poster_says_what_until_when_and_how_without_internet(staged):
    visitor = Visitor(staged("ideas"))
    page = visitor.get("~/poster")
    for words in ("Proefwijk beter", "€ 10.000", "10 mei 2027", "Rigtersbleek", "14 053"):
        assert words in page.text
    assert visitor.get("/nergens/poster").status == 404
    assert visitor.get("/nergens/qr.svg").status == 404


def test_the_code_leads_to_the_round_whatever_host_somebody_names(staged):
    visitor = Visitor(staged("ideas"))
    answer = visitor.get("~/qr.svg", Host="boef.example")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert b"script" not in answer.body
    assert visitor.get("~/qr.svg", **{"If-None-Match": answer.headers["etag"]}).status == 304
    (found,) = read_barcodes(Image.open(BytesIO(as_png(answer.body))))
    assert found.text == f"{visitor.engine.settings.base_url}/proef-2027/"


def as_png(svg):
    """The picture as dots."""
    import typst

    made = typst.compile(
        b"#set page(width: 12cm, height: 12cm, margin: 0cm)\n"
        b'#image(bytes(sys.inputs.svg), format: "svg", width: 12cm)',
        format="png",
        ppi=144,
        sys_inputs={"svg": svg.decode()},
    )
    return made if isinstance(made, bytes) else made[0]
