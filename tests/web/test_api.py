"""The public API: what everybody may see, as JSON, with honest problems."""

import pytest

from web.api import create_api_app


@pytest.fixture
def ask(staged):
    def get(phase, path):
        return create_api_app(staged(phase).engine).test_client().get(path)

    return get


def test_rounds_and_ideas_are_listed(ask):
    answer = ask("voting", "/v1/rounds")
    assert answer.json["rounds"][0]["slug"] == "proef-2027"
    assert answer.json["rounds"][0]["budget_cents"] == 10_000_00
    assert answer.headers["Cache-Control"] == "no-cache"


def test_a_round_shows_rules_and_the_number_of_voters_and_nothing_of_votes(ask):
    answer = ask("voting", "/v1/rounds/proef-2027").json
    assert answer["phase"] == "voting"
    assert answer["voters"] == 0
    assert len(answer["projects"]) == 4
    assert "votes" not in str(answer).replace("voters", "")


def test_ideas_hold_no_contact_details(ask):
    answer = ask("ideas", "/v1/rounds/proef-2027/ideas").json
    assert {idea["title"] for idea in answer["ideas"]} >= {"AED", "Bankjes"}
    assert "email" not in str(answer)
    assert answer["ideas"][0]["submitters"] == ["Sanne"]


def test_results_come_after_publication_only(ask):
    early = ask("voting", "/v1/rounds/proef-2027/results")
    assert early.status_code == 409
    assert early.content_type == "application/problem+json"
    assert early.json["code"] == "wrong_phase"
    answer = ask("published", "/v1/rounds/proef-2027/results").json
    assert answer["voters"] == 6
    assert all(project["reason"]["nl"] for project in answer["projects"])


@pytest.mark.parametrize(
    ("path", "status"), [("/v1/rounds/nergens", 404), ("/v1/nothing", 404), ("/", 404)]
)
def test_problems_are_problem_json(ask, path, status):
    answer = ask("ideas", path)
    assert answer.status_code == status
    assert answer.json["status"] == status
    assert "Set-Cookie" not in answer.headers


def test_the_api_takes_nothing_in(staged):
    client = create_api_app(staged("ideas").engine).test_client()
    assert client.post("/v1/rounds", json={}).status_code == 405
