"""Design tokens become a theme, or are refused with a sentence."""

import json

import pytest
from click.testing import CliRunner

from pb_engine.cli.theme import theme as command
from pb_engine.errors import InvalidSettings
from tests.builders import an_engine
from web.app import create_app
from web.themes.colours import contrast, read_colour
from web.themes.pairs import KIT_PAIRS, PAIRS, TEXT
from web.themes.theme import BUILT_IN, CONTRAST, folder_of, make_theme, read_theme
from web.themes.tokens import read_tokens, resolved
from web.themes.values import css_value

FONT = b"wOF2" + bytes(4) + (400).to_bytes(4, "big") + bytes(388)


def tokens(**more):
    """An invented municipality, in the words of DTCG."""
    return {
        "town": {
            "green": {"$type": "color", "$value": "#0a5c36"},
            "loop": {"$value": "{town.loop}"},
        },
        "utrecht": {
            "button": {
                "primary-action": {
                    "background-color": {"$type": "color", "$value": "{town.green}"},
                    "color": {"$type": "color", "$value": "#fff"},
                },
                "borderRadius": {"$type": "dimension", "$value": {"value": 2, "unit": "px"}},
            },
            "document": {"font-family": {"$type": "fontFamily", "$value": ["Town Sans", "serif"]}},
            "unused": {"image": {"$value": "url(https://elsewhere.example/x.svg)"}},
            **more,
        },
    }


def made(folder, held, **fonts):
    raw = json.dumps(held).encode()
    return make_theme(raw, folder, name="Voorbeeldstad", licence="", fonts=fonts.get("fonts", {}))


def test_tokens_become_properties_that_follow_references_and_leave_out_the_rest(tmp_path):
    theme = made(tmp_path, tokens())
    assert theme.properties["blue"] == "#0a5c36"
    assert theme.properties["utrecht-button-border-radius"] == "2px"
    assert theme.properties["letters"].startswith('"Town Sans", ')
    assert "elsewhere" not in (tmp_path / "theme.css").read_text()
    assert read_theme(tmp_path) == theme
    assert theme.missing_fonts() == ["Town Sans"]


def test_sets_are_read_in_their_order_and_style_dictionary_by_its_values(tmp_path):
    sets = {"$metadata": {"tokenSetOrder": ["a", "b"]}, "b": tokens(), "a": {
        "town": {"green": {"value": "#ff0000"}}}}  # fmt: skip
    assert made(tmp_path / "a", sets).properties["blue"] == "#0a5c36"
    old = {"utrecht": {"link": {"color": {"value": "rgb(0, 60, 120)", "original": {"value": "x"}}}}}
    assert made(tmp_path / "b", old).properties["link"] == "rgb(0, 60, 120)"


def test_a_circle_of_references_ends():
    assert resolved("town-loop", read_tokens(json.dumps(tokens()).encode())) is None


@pytest.mark.parametrize(
    "value",
    [
        "url(https://elsewhere.example/x)",
        "red; } body { display: none",
        "expression(alert(1))",
        "#fff/**/",
        "\\75rl(x)",
        "</style><script>",
        "@import 'x'",
        "x" * 300,
    ],
)
def test_a_value_that_no_stylesheet_may_hold_is_refused_by_name(tmp_path, value):
    hostile = tokens(link={"color": {"$type": "color", "$value": value}})
    with pytest.raises(InvalidSettings, match="utrecht-link-color"):
        made(tmp_path / "x", hostile)
    assert not (tmp_path / "x").exists()


def test_a_value_that_says_nothing_is_left_out():
    kept = {"a": 1, "b": True, "c": ["x"], "d": "calc(1px + 2px)", "e": None}
    read = read_tokens(json.dumps({one: {"$value": value} for one, value in kept.items()}).encode())
    assert [css_value(one, read[one]) for one in "abcde"] == ["1", None, None, None, None]


def test_colours_that_cannot_be_told_apart_are_all_named(tmp_path):
    faint = tokens(link={"color": {"$type": "color", "$value": "#aaaaaa"}})
    faint["utrecht"]["button"]["primary-action"]["color"]["$value"] = "#1b7a4c"
    with pytest.raises(InvalidSettings) as refused:
        made(tmp_path / "x", faint)
    assert "link (#aaaaaa) on paper (#ffffff): 2.32 to 1, needed is 4.5 to 1" in str(refused.value)
    assert "on-blue" in str(refused.value)
    assert not (tmp_path / "x").exists()


def test_contrast_is_that_of_the_standard():
    black, white = read_colour("#000"), read_colour("hsl(0 0% 100%)")
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(read_colour("#767676"), white) == pytest.approx(4.54, abs=0.005)
    assert read_colour("rgba(0, 0, 0, 50%)") == (0.5, 0.5, 0.5)
    assert read_colour("currentcolor") is None


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("town-sans-400.woff2", b"wOFF" + FONT[4:], "no WOFF2"),
        ("town-sans-400.woff2", FONT[:-1], "not a whole one"),
        ("town-sans-400.ttf", FONT, "no name for a font"),
        ("../town-sans-400.woff2", FONT, "no name for a font"),
        ("other-400.woff2", FONT, "the theme asks for Town Sans"),
        ("town-sans-400.woff2", FONT[:8] + (90_000).to_bytes(4, "big") + bytes(89_988), "larger"),
    ],
)
def test_a_font_that_is_none_of_its_own_is_refused(tmp_path, name, content, why):
    with pytest.raises(InvalidSettings, match=why):
        made(tmp_path / "x", tokens(), fonts={name: content})


@pytest.mark.parametrize(
    "line",
    [
        "--link: url(//x);",
        "--link: #bbb; }",
        "} body { display: none",
        "--LINK: red;",
        "--sky: a;b;",
    ],
)
def test_a_theme_that_was_written_by_hand_is_refused(tmp_path, line):
    made(tmp_path, tokens())
    css = (tmp_path / "theme.css").read_text().replace("  --link:", f"  {line}\n  --link-was:")
    (tmp_path / "theme.css").write_text(css)
    with pytest.raises(InvalidSettings, match=r"theme\.css holds|token link"):
        read_theme(tmp_path)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"[" * 100_000, b'{"a": {"$value"', b"\xff"])
def test_a_file_that_holds_no_tokens_is_refused(raw):
    with pytest.raises(InvalidSettings):
        read_tokens(raw)


def test_the_theme_that_comes_with_the_engine_passes():
    assert not read_theme(BUILT_IN).missing_fonts()


def test_the_command_imports_checks_and_the_site_wears_it(tmp_path):
    (tmp_path / "t.json").write_text(json.dumps(tokens()))
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "town-sans-latin-400.woff2").write_bytes(FONT)
    worn = tmp_path / "theme"
    given = ["import", tmp_path / "t.json", worn, "--name", "V", "--fonts", tmp_path / "fonts"]
    told = CliRunner().invoke(command, list(map(str, given)), catch_exceptions=False)
    assert f"PB_THEME={worn}" in told.output
    assert "1 fonts" in CliRunner().invoke(command, ["check", str(worn)]).output
    client = create_app(an_engine(tmp_path / "data", theme=worn)).app.test_client()
    css = client.get("/static/pb.x.css").text
    assert "--blue: #0a5c36;" in css
    address = css.split('url("theme/')[1].split('"')[0]
    assert client.get(f"/static/theme/{address}").data == FONT
    assert client.get("/static/theme/0123456789abcdef.woff2").status_code == 404


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    (tmp_path / "t.json").write_text(json.dumps(tokens()))
    given = ["import", str(tmp_path / "t.json"), str(tmp_path), "--name", "V"]
    assert CliRunner().invoke(command, given).exception
    assert [one.name for one in tmp_path.iterdir()] == ["t.json"]


def test_the_theme_in_black_on_white_keeps_every_text_at_seven_to_one():
    held = read_theme(CONTRAST).properties
    asked = [(on, below) for on, below, least in (*PAIRS, *KIT_PAIRS) if least == TEXT]
    told = [(on, below) for on, below in asked if {on, below} <= held.keys()]
    faint = [
        (on, below)
        for on, below in told
        if contrast(read_colour(held[on]), read_colour(held[below])) < 7
    ]
    assert faint == []
    assert len(told) > 20


def test_a_shipped_theme_is_found_by_its_name_and_a_folder_goes_first(tmp_path):
    assert folder_of(None) == BUILT_IN
    assert folder_of(tmp_path / "contrast") == CONTRAST
    (tmp_path / "contrast").mkdir()
    assert folder_of(tmp_path / "contrast") == tmp_path / "contrast"


@pytest.mark.parametrize("base", ["../voorbeeld", "contrast", "nergens", 3])
def test_a_theme_stands_on_the_neutral_one_or_on_none(tmp_path, base):
    (tmp_path / "theme.css").write_text(":root {\n  --ink: #000000;\n}\n")
    (tmp_path / "theme.toml").write_text(f'name = "x"\nlicence = ""\nbase = {base!r}\n')
    with pytest.raises(InvalidSettings, match="base is"):
        read_theme(tmp_path)
