# Everything a developer types. `make` alone lists it.
# Needs make and Python 3.11 or newer; another interpreter: make PYTHON=python3.12 …

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; break; fi; done)
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
NODE_MODULES := examples/javascript/node_modules

.DEFAULT_GOAL := help
.PHONY: help venv demo test check format lint types imports schemas requirements readme tests torture bench clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

venv: $(READY) ## build the environment in .venv, anew only if pyproject.toml changed

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "Teletipo needs Python 3.11 or newer, and none was found. Install one, or name it: make PYTHON=/path/to/python $(MAKECMDGOALS)" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) cannot be run or is older than Python 3.11; name another: make PYTHON=/path/to/python $(MAKECMDGOALS)" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' || { echo "$(PYTHON) has no venv module; on Debian and Ubuntu install python3-venv" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[broker,test]'
	@touch $@

$(NODE_MODULES): examples/javascript/package.json
	@if command -v npm >/dev/null; then npm install --prefix examples/javascript --no-package-lock --no-audit --no-fund --silent; \
	else echo "no npm: the example in JavaScript is not tried"; fi

demo: $(READY) ## start Kafka, a worker and the live page, ingest the sample feed, show its events; Ctrl-C stops it all
	$(BIN)/python samples/demo.py

test: check ## everything that CI runs: the environment, then check

check: lint format types imports tests ## lint, formatting, types, import layers, all tests

lint: $(READY) ## ruff's rules
	$(BIN)/ruff check .

format: $(READY) ## is everything formatted? (ruff format . does it)
	$(BIN)/ruff format --check .

types: $(READY) ## mypy, strict on schemas and streams
	$(BIN)/mypy

imports: $(READY) ## schemas know pydantic only, extraction knows no Kafka
	$(BIN)/lint-imports

tests: $(READY) $(NODE_MODULES) ## every test, those on a real broker included; ARGS="-k visit" picks some
	$(BIN)/pytest $(ARGS)

torture: $(READY) ## pull every plug at random under 5,000 articles, count what is lost; ARGS="--seed 2"
	$(BIN)/python -m tests.torture $(ARGS)

bench: $(READY) ## measure speed side by side, about 25 minutes on two cores; ARGS="stream --quick"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[broker,bench]'
	$(BIN)/python -m benchmarks $(ARGS)

schemas: $(READY) ## write JSON Schemas and AsyncAPI anew after a change of the models
	$(BIN)/teletipo schemas export
	$(BIN)/teletipo schemas asyncapi docs/asyncapi.json

requirements: $(READY) ## lock what the image is built from anew
	CUSTOM_COMPILE_COMMAND="make requirements" $(BIN)/pip-compile --quiet --upgrade --output-file deploy/requirements.txt pyproject.toml

readme: $(READY) ## write the outputs in the README anew after a change of extraction
	$(BIN)/python samples/readme.py

clean: ## remove the environment and caches
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
