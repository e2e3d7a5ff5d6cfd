"""T56: what stands in front of the ballot box and below it keeps nothing that could join."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from pb_engine.services.voting import cast_ballot, new_attempt
from tests.attacks.cluster import durable_cluster
from tests.attacks.staging import a_ticket, staged_on
from tests.store.raw import EVERY_BALLOT, raw_sql

PROXY = Path(__file__).parents[2] / "deployments" / "proxy"
LARGEST_BODY = "256k"


def servers():
    """The directives of each server in the proxy's configuration, by its name."""
    text = re.sub(r"#.*", "", (PROXY / "nginx.conf").read_text(encoding="utf-8"))
    found = {}
    for block in text.split("server {")[1:]:
        plain = re.sub(r"location[^{]*\{[^}]*\}", "", block)
        lines = (line.strip().rstrip(";").split(None, 1) for line in plain.split("\n"))
        directives = {line[0]: line[1] for line in lines if len(line) == 2}
        found[directives["server_name"].split(".")[0]] = directives
    return found


def test_the_proxy_keeps_nothing_of_a_request_to_register_or_box():
    found = servers()
    assert set(found) == {"wijkbudget", "stemrecht", "stembus"}
    assert all(one["access_log"] == "off" for one in found.values())
    for name in ("stemrecht", "stembus"):
        directives = found[name]
        assert directives["error_log"] == "/dev/null crit"
        assert directives["client_max_body_size"] == LARGEST_BODY
        assert directives["client_body_buffer_size"] == LARGEST_BODY
        assert directives["proxy_max_temp_file_size"] == "0"
        assert directives["gzip"] == "off"
    assert found["stembus"]["ssl_session_tickets"] == "off"


def test_the_proxy_tells_the_register_where_a_visitor_comes_from_and_never_the_box():
    text = re.sub(r"#.*", "", (PROXY / "nginx.conf").read_text(encoding="utf-8"))
    told = {
        re.search(r"server_name (\w+)", block)[1]: re.findall(r"X-Forwarded-For (\S+);", block)
        for block in text.split("server {")[1:]
    }
    of_nginx = "$remote_addr"
    assert told == {"wijkbudget": [of_nginx], "stemrecht": [of_nginx], "stembus": ['""']}
    assert "X-Real-IP" not in text
    assert "Forwarded" not in text.replace("X-Forwarded-For", "")


def settings_of_the_box():
    text = re.sub(r"#.*", "", (PROXY / "votes.conf").read_text(encoding="utf-8"))
    pairs = (line.split("=", 1) for line in text.split("\n") if "=" in line)
    return {name.strip(): value.strip().strip("'") for name, value in pairs}


@pytest.mark.postgres
@pytest.mark.slow
def test_the_database_server_of_the_box_writes_nothing_of_a_vote_into_its_log(tmp_path):
    given = settings_of_the_box()
    assert given["fsync"] == given["synchronous_commit"] == "on"
    with durable_cluster(*(f"{name}={value}" for name, value in given.items())) as cluster:
        if cluster is None:
            assert os.environ.get("CI") != "true", "this test needs PostgreSQL's server programs"
            pytest.skip("this test needs PostgreSQL's server programs: install postgresql")
        with staged_on(cluster.urls(), tmp_path) as staged:
            engine, attempt = staged.engine, new_attempt()
            ticket = a_ticket(engine, staged.slug, "a voter")
            cast_ballot(engine, staged.slug, ticket, [staged.ideas["AED"]], attempt)
            box = engine.stores.box
            with pytest.raises(Exception, match="only closes"):
                raw_sql(box, "UPDATE boxes SET open = 1, manifest = 'kanarie'")
            ((pseudonym, stored),) = raw_sql(box, f"SELECT pseudonym, attempt FROM {EVERY_BALLOT}")
            shown = {name: raw_sql(box, f"SHOW {name}")[0][0] for name in given}
        log = (cluster.folder / "log").read_text(encoding="utf-8", errors="replace")
    assert shown == given
    for secret in (pseudonym, stored[:32], stored[32:], attempt, "kanarie", "INSERT INTO"):
        assert secret not in log
