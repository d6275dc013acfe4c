# Two commands matter: `make run` and `make test`. The rest helps while working.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEV := $(VENV)/.dev

.PHONY: run test test-fast check browser bench bank clean
.DEFAULT_GOAL := run

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Milepost needs Python 3.11 or newer; set PYTHON=/path/to/it"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(READY): pyproject.toml | $(VENV)/bin/python
	@echo "Installing what Milepost needs (once, about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(DEV): pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(READY)

run: $(READY)
	@$(BIN)/milepost run

test: check browser
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-fast: $(DEV)
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not browser and not postgres"

check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

browser: $(DEV)
	$(BIN)/python -m tests.browser.install

bench: $(DEV)
	$(BIN)/python benchmarks/bank.py
	$(BIN)/python benchmarks/exam_day.py
	$(BIN)/python benchmarks/latency.py
	$(BIN)/python benchmarks/http.py

bank: $(READY)
	$(BIN)/milepost bank check

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
