# Every task of the project, the same here and in CI. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Tests run in this many processes; those of one server stay together.
WORKERS ?= 2
# How many times the usual examples `make explore` tries.
TIMES ?= 20
# Suites and options of `make bench`; all suites when none is named.
BENCH ?=
# What it loads; the public data sets stand beside the checkout, and what is absent is left out.
BENCH_FILES ?= ../shared/data/cordis_h2020/participation_2014_2016.csv ../shared/data/cordis_h2020/organisations_2017.csv

.PHONY: help setup demo picture serve test explore check messages bench neo4j lock clean

help: ## list these tasks
	@grep -hE '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(VENV)/.ready ## make .venv with exactly the locked packages, and Lianyin itself

# A Python without `ensurepip` (Debian's) makes the environment without pip and lends its own.
$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Lianyin needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version). Name another: make setup PYTHON=python3.12" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) 2>/dev/null || $(PYTHON) -m venv --clear --without-pip $(VENV)
	@if $(BIN)/python -m pip --version >/dev/null 2>&1; then pip="$(BIN)/python -m pip"; else pip="$(PYTHON) -m pip --python $(BIN)/python"; fi; \
	  $$pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; \
	  $$pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@echo 'Compiling the path search (once) ...'; $(BIN)/lianyin warm --first >/dev/null 2>&1 || echo 'It will be compiled at first use.'
	@touch $@

demo: setup ## a fictitious city: load its twelve files, count, ask, warn, draw
	@$(BIN)/lianyin demo

picture: setup ## make the pictures of the README anew (needs a font with Chinese letters)
	@$(BIN)/lianyin demo > /dev/null
	@$(BIN)/python tools/readme_pictures.py out/demo docs

serve: setup ## answer over HTTP on this machine, with a start page
	@$(BIN)/lianyin serve

test: setup ## run all tests; what is absent here (Neo4j, a browser, public data) is skipped and named
	@$(BIN)/pytest -n $(WORKERS) --dist loadgroup

explore: setup ## try every property with random examples, TIMES as many as usual; what is found becomes a test
	@LIANYIN_EXPLORE=$(TIMES) $(BIN)/pytest -n $(WORKERS) --dist loadgroup -m "not neo4j and not browser and not shared_data"

check: setup ## style, types, import contracts, stale derived files, the compose file
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m graph.ontology.derive --check
	@$(BIN)/python -m lianyin.reference --check
	@$(BIN)/python tools/messages.py --check
	@$(BIN)/docker-compose config --quiet

messages: setup ## put new messages into the catalogue, take stale ones out, and name what is untranslated
	@$(BIN)/python tools/messages.py

bench: setup ## measure every target in one run (BENCH="shortest --graph S", BENCH=--quick); writes benchmarks/results/
	@$(BIN)/python -m benchmarks $(BENCH) --markdown benchmarks/results/latest.md --json benchmarks/results/latest.json --load $(wildcard $(BENCH_FILES))

neo4j: setup ## put a real Neo4j into the cache, so that `make test` covers it
	@$(BIN)/python tools/neo4j/install.py

lock: ## renew requirements.lock from pyproject.toml
	@test -x $(BIN)/uv || { $(PYTHON) -m venv $(VENV); $(BIN)/python -m pip install --quiet uv; }
	@UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --upgrade --quiet --output-file requirements.lock

clean: ## remove the environment and everything that was built
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
