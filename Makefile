# Everything runs from a virtual environment in .venv; Debian with Python 3.11+ and make is enough.
PYTHON ?= python3
BIN := .venv/bin
# Test programs that pip cannot bring; installed when we may, named when we may not.
DEBIAN_TOOLS := chromium postgresql

.PHONY: help demo test check lint types contracts oracles mutants lock translations pictures clean
.DEFAULT_GOAL := help

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 16

demo: .venv/runtime.stamp ## Set up, and run a demonstration on http://127.0.0.1:8080
	$(BIN)/pb-engine demo $(DEMO_OPTIONS)

test: .venv/test.stamp .venv/tools.stamp oracles ## Set up; then lint, types, import contracts, tests
	$(MAKE) --no-print-directory lint types contracts
	$(BIN)/pytest -n auto --dist loadgroup $(PYTEST_OPTIONS)

check: lint types contracts ## Lint, types and import contracts only

lint:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

contracts:
	$(BIN)/lint-imports --no-cache

oracles: .venv-oracles/oracles.stamp ## Set up other counting programs that tests compare ours with

# The rules' tests touch ballots and counting everywhere and take long; those have tests of their own.
mutants: .venv-mutants/mutants.stamp ## Change the count in small ways; do tests notice? (hours)
	CI=true PYTEST_ADDOPTS='--ignore-glob=*/plugins/test_*' nice .venv-mutants/bin/mutmut run --max-children 1 'pb_engine.ballots*' 'pb_engine.tallying*'
	CI=true nice .venv-mutants/bin/mutmut run --max-children 1 'pb_engine.plugins*'
	.venv-mutants/bin/mutmut results

lock: .venv/test.stamp ## Write requirements/*.txt anew from pyproject.toml (needs uv)
	uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --extra postgres pyproject.toml -o requirements/runtime.txt
	uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --extra test --extra load pyproject.toml -o requirements/test.txt
	uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate --no-deps requirements/oracles.in -o requirements/oracles.txt
	uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate -c requirements/test.txt requirements/mutants.in -o requirements/mutants.txt

translations: .venv/test.stamp ## Extract, update and compile the texts in web/locale
	$(BIN)/python -m web.locale.refresh

pictures: .venv/test.stamp ## Make docs/pictures anew (needs Chromium)
	$(BIN)/python -m tests.web.pictures

clean: ## Remove the virtual environment and everything built
	rm -rf .venv .venv-oracles .venv-mutants mutants build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Debian keeps the part of Python that makes virtual environments in a package of its own.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "pb-engine needs Python 3.11 or later; name one with make PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv; \
	else \
	  echo "Python cannot make virtual environments here: sudo apt-get install python3-venv"; exit 1; \
	fi
	$(PYTHON) -m venv .venv

.venv/runtime.stamp: requirements/runtime.txt pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/test.stamp: requirements/test.txt pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@ .venv/runtime.stamp

# Nothing of ours is installed here and nothing from here is imported by ours.  Where the index
# lacks a package, tests without CI=true say that they are skipped.
.venv-oracles/oracles.stamp: requirements/oracles.txt | .venv/bin/python
	rm -rf .venv-oracles
	$(PYTHON) -m venv .venv-oracles
	@if .venv-oracles/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/oracles.txt; \
	then touch $@; \
	else rm -rf .venv-oracles; echo "No tests against other programs: the index here lacks a package of requirements/oracles.txt"; [ "$$CI" != true ]; fi

.venv-mutants/mutants.stamp: requirements/mutants.txt requirements/test.txt pyproject.toml | .venv/bin/python
	$(PYTHON) -m venv .venv-mutants
	.venv-mutants/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt -r requirements/mutants.txt
	.venv-mutants/bin/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/tools.stamp: .venv/test.stamp
	@if command -v chromium >/dev/null && ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(DEBIAN_TOOLS); \
	else \
	  echo "The browser and PostgreSQL tests need programs that are not here: sudo apt-get install $(DEBIAN_TOOLS)"; \
	fi
	@touch $@
