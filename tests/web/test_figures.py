"""Figures as pictures: where ribbons run, and what the markup says."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pb_engine.api import Flow, LocalText, Stop, Stream
from web.figures.drawings import parts, rows_of_flow, sankey
from web.figures.layout import lay_out

INK, LANE = 340, 24


@st.composite
def streams(draw):
    """Streams between connected stops: every source and every target has at least one."""
    sources, targets = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    pairs = {(at, at % targets) for at in range(sources)} | {
        (at % sources, at) for at in range(targets)
    }
    every = [(one, other) for one in range(sources) for other in range(targets)]
    pairs |= draw(st.sets(st.sampled_from(every)))
    amounts = st.integers(1, 10**9)
    return [(*pair, draw(amounts)) for pair in sorted(pairs)]


def check_column(boxes):
    assert all(box.top - box.label == LANE for box in boxes)
    assert all(box.height >= 0 for box in boxes)
    assert boxes[0].label == 0
    for above, below in pairwise(boxes):
        assert above.top + above.height == below.label


@given(streams())
def test_no_box_and_no_name_overlaps_another(drawn):
    laid = lay_out(drawn, ink=INK, lane=LANE)
    for boxes in (laid.sources, laid.targets):
        check_column(boxes)
        assert sum(box.height for box in boxes) == INK
        assert laid.height >= boxes[-1].top + boxes[-1].height


@given(streams())
def test_ribbons_fill_their_boxes_without_gap_and_without_overlap(drawn):
    laid = lay_out(drawn, ink=INK, lane=LANE)
    for number, box in enumerate(laid.sources):
        edges = [(r.left_top, r.left_bottom) for r in laid.ribbons if r.source == number]
        check_filled(box, edges)
    for number, box in enumerate(laid.targets):
        edges = [(r.right_top, r.right_bottom) for r in laid.ribbons if r.target == number]
        check_filled(box, edges)


def check_filled(box, edges):
    assert edges[0][0] == box.top
    assert edges[-1][1] == box.top + box.height
    assert all(above[1] == below[0] for above, below in pairwise(edges))


@given(streams())
def test_a_ribbon_is_as_thick_as_its_part_of_the_money(drawn):
    laid = lay_out(drawn, ink=INK, lane=LANE)
    total = sum(amount for *_, amount in drawn)
    for (_, _, amount), ribbon in zip(drawn, laid.ribbons, strict=True):
        wanted = INK * amount / total
        assert abs(ribbon.left_bottom - ribbon.left_top - wanted) <= 2
        assert abs(ribbon.right_bottom - ribbon.right_top - wanted) <= 2


def test_nothing_flows_in_an_empty_drawing():
    laid = lay_out([], ink=INK, lane=LANE)
    assert (laid.height, laid.sources, laid.targets, laid.ribbons) == (0, (), (), ())


def same(text):
    return LocalText(nl=text, en=text)


FLOW = Flow(
    title=same("Stroom"),
    caption=same("Wat er stroomt."),
    alternative=same("Van links naar rechts."),
    from_heading=same("Van"),
    to_heading=same("Naar"),
    sources=(Stop(same("noord"), same("€ 3")), Stop(same("zuid"), same("€ 1"))),
    targets=(Stop(same("park"), same("€ 4")),),
    streams=(Stream(0, 0, 300, same("€ 3")), Stream(1, 0, 100, same("€ 1"))),
)


def test_every_stream_stands_in_the_table():
    rows = rows_of_flow(FLOW, lambda text: text.nl)
    assert rows == [["noord", "park", "€\u00a03"], ["zuid", "park", "€\u00a01"]]
    assert [box.height for box in sankey(FLOW).sources] == [255, 85]


def test_widths_have_one_decimal_and_never_divide_by_nothing():
    assert parts(1, 3) == "33.3%"
    assert parts(3, 3) == "100.0%"
    assert parts(0, 0) == "0.0%"


def test_the_results_page_draws_a_story_and_a_flow_beside_their_numbers(published):
    page = published.get("~/uitslag")
    for words in ("Zo ging het geld op", "Van kiezers naar ideeën", "Wie krijgt iets terug?"):
        assert words in page.text
    assert 'role="img"' in page.html
    assert "<title id=" in page.html
    assert "<desc id=" in page.html
    assert "Alle bedragen in een tabel" in page.text
    assert "style=" not in page.html
