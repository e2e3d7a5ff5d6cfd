"""Outlines of areas: simpler, but where they were, and with a label inside."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from pb_engine.domain.outlines import frame, label_point, points_in, simplified

SQUARE = ((0, 0), (1000, 0), (1000, 1000), (0, 1000), (0, 0))
HOLE = ((400, 400), (400, 600), (600, 600), (600, 400), (400, 400))


def inside(at, polygon):
    x, y = at
    crossings = 0
    for ring in polygon:
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            if (y1 <= y) != (y2 <= y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
    return crossings % 2 == 1


def test_points_on_a_line_go_and_corners_stay():
    many = tuple((x, 0) for x in range(0, 1000, 10)) + SQUARE[1:]
    ((ring,),) = simplified(((many,),), 1)
    assert set(ring) == set(SQUARE)
    assert ring[0] == ring[-1]


def test_a_bump_stays_when_it_is_larger_than_the_tolerance():
    bumped = ((0, 0), (500, -40), (1000, 0), (1000, 1000), (0, 1000), (0, 0))
    assert (500, -40) in simplified(((bumped,),), 30)[0][0]
    assert (500, -40) not in simplified(((bumped,),), 50)[0][0]


def test_a_hole_that_becomes_nothing_goes_and_an_outside_never():
    tiny = ((500, 500), (500, 501), (501, 501), (500, 500))
    assert simplified(((SQUARE, HOLE, tiny),), 45) == ((SQUARE, HOLE),)
    assert simplified(((tiny,),), 45) == ((tiny,),)


@given(st.lists(st.tuples(st.integers(-900, 900), st.integers(-900, 900)), min_size=3, max_size=40))
def test_what_is_left_was_there_and_stays_within_the_frame(points):
    outline = (((*points, points[0]),),)
    less = simplified(outline, 45)
    assert set(less[0][0]) <= set(points)
    assert points_in(less) <= points_in(outline)
    west, south, east, north = frame([outline])
    x, y = label_point(outline)
    assert west <= x <= east
    assert south <= y <= north


def test_a_label_stands_inside_also_in_a_bay_and_not_in_a_hole():
    bay = (
        (0, 0),
        (1000, 0),
        (1000, 1000),
        (900, 1000),
        (900, 100),
        (100, 100),
        (100, 1000),
        (0, 1000),
        (0, 0),
    )
    for polygon in ((bay,), (SQUARE, HOLE)):
        assert inside(label_point((polygon,)), polygon)


def test_a_label_stands_in_the_largest_part():
    island = tuple((x + 5000, y) for x, y in HOLE)
    assert inside(label_point(((island,), (SQUARE,))), (SQUARE,))
