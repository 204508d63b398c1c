# The two commands of the README, and what engineers run every day.

# Debian's own interpreter: modules that Debian compiles (devices, screens) serve only this one.
PYTHON ?= /usr/bin/python3
BIN := .venv/bin
READY := .venv/ready
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check

.PHONY: help setup packages lock lint test test-quick appliance screens demo bench

help:
	@echo "make demo        set up, then walk one release through the whole appliance"
	@echo "make test        set up, then run the tests, all but the appliance's"
	@echo "make test-quick  only the tests that start no servers"
	@echo "make appliance   run the screen on a machine of software, as it runs in the hall"
	@echo "make screens     a picture of every screen; ACCEPT=1 keeps those that look different"
	@echo "make lint        ruff, mypy and import-linter"
	@echo "make bench       measure against the peers"
	@echo "make setup       only set up"
	@echo "make lock        write requirements.lock after pyproject.toml changed"

setup: packages $(READY)

packages:
	@setup/debian-packages </dev/null

$(BIN)/pip: | packages
	@$(PYTHON) -m venv .venv

$(READY): requirements.lock pyproject.toml | $(BIN)/pip
	@echo "Installing Python packages into .venv"
	@$(INSTALL) --require-hashes --requirement requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

lock: | $(BIN)/pip
	@$(INSTALL) uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --all-extras --no-header --no-annotate \
		--output-file requirements.lock pyproject.toml

lint: setup
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --quiet --check
	@$(BIN)/mypy --no-error-summary
	@said=$$($(BIN)/lint-imports --no-logo) || { echo "$$said"; exit 1; }

test: setup
	@setup/own-network $(BIN)/pytest -q -n 2 --ignore=tests/lab

test-quick: setup
	@$(BIN)/pytest -q -n 2 -m "not lab"

appliance: setup
	@$(BIN)/python -m tests.lab
	@setup/own-network $(BIN)/pytest -q tests/lab

screens: setup
	@$(BIN)/python -m tests.screens $(if $(ACCEPT),--accept)

demo: setup
	@$(BIN)/kiosk demo

bench: setup
	@setup/own-network $(BIN)/python -m tests.bench
