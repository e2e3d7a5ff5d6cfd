"""A small instrument, and small changes to it."""

import json

from pb_engine.study import instrument_of


def text(nl, en="something"):
    return {"nl": nl, "en": en}


def document(**changed):
    """Return the document of a valid instrument: what a YAML file of texts gives."""
    made = {
        "instrument": "small",
        "version": "1",
        "title": text("Klein"),
        "consent": text("Meedoen hoeft niet. {recipients} zien het."),
        "scales": [
            {
                "name": "ten",
                "numbers": {
                    "lowest": "0",
                    "highest": "10",
                    "low": text("geen"),
                    "high": text("veel"),
                },
            },
            {
                "name": "agree",
                "options": [
                    {"code": str(at), "label": text(f"antwoord {at}")} for at in range(1, 6)
                ],
            },
        ],
        "items": [
            item("trust", "ten"),
            item("heard", "agree"),
            item("fair", "agree"),
            item("more", "agree", show_if={"item": "heard", "in": ["4", "5"]}, prefer_not="yes"),
        ],
        "scores": [score("process", ["heard", "fair"], least="1", reverse=["fair"])],
        "waves": [
            {"wave": "T1", "pages": [["trust"]]},
            {"wave": "T2", "pages": [["trust"], ["heard", "fair"], ["more"]]},
        ],
    }
    return json.loads(json.dumps({**made, **changed}))


def item(name, scale, **more):
    return {
        "id": name,
        "text": text(f"Vraag {name}?"),
        "scale": scale,
        "status": "own",
        "source": "own wording",
        **more,
    }


def score(name, items, **more):
    return {"id": name, "label": text(name), "items": items, "source": "own index", **more}


def small(**changed):
    """Return the small instrument as a value."""
    return instrument_of(document(**changed), "0" * 64)
