# Two commands matter: `make demo` and `make test`. Python 3.11, git and make must be there.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo-data
PORT ?= 7860

.PHONY: demo test test-long check eval clean

# Built anew when the dependencies change, else kept.
$(VENV)/.installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

demo: $(VENV)/.installed
	$(BIN)/huibao ingest --archive $(DEMO) eval/archive/reports
	$(BIN)/huibao serve --archive $(DEMO) --port $(PORT)

test: $(VENV)/.installed
	$(BIN)/python -m pytest

test-long: $(VENV)/.installed
	$(BIN)/python -m pytest -m long

check: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: $(VENV)/.installed
	$(BIN)/huibao eval

clean:
	rm -rf $(VENV) $(DEMO) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
