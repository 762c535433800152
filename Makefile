# make edition: sets everything up, validates the documents and builds the edition in build/
# make test:    sets everything up, with what the tests need, and runs them
# make check:   formatting, lint, types
.DEFAULT_GOAL := edition
.PHONY: edition test check format schema docs messages parity tei-conformance html-conformance epub-conformance accuracy bench clean

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt
# In the order of tests/conftest.py, which begins with the files that take long: those of few tests are not the short ones.
PYTEST_ARGS ?= --numprocesses auto --dist loadfile --no-loadscope-reorder

edition: $(VENV)/.installed
	$(BIN)/teipipe validate
	$(BIN)/teipipe build
	@echo "Open build/index.html in a browser."

test: $(VENV)/.installed-dev
	@browser=$$(.ci/browser $(BIN)/python) || exit 1; \
	TEIPIPE_CHROMIUM="$$browser" $(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Compiles schema/teipipe.odd to the RELAX NG and XSD schemas beside it.
schema: $(VENV)/.installed
	$(BIN)/teipipe schema build

# Writes the pages in docs/ that are made from the code.
docs: $(VENV)/.installed-dev
	$(BIN)/python -m tests.generated

# Asks jing and libxml2 about the gallery of slips again (needs Java); then make docs.
messages: $(VENV)/.installed-dev
	$(BIN)/python -m tests.messages

# Verdicts by our engine beside jing's, on documents and mutants (needs Java, and what lies in ../shared).
parity: $(VENV)/.installed-dev
	$(BIN)/python -m tests.parity $(PARITY_ARGS)

# Every construct of our schema, as instances, against the TEI's own schema (needs Java; path in TEI_ALL).
TEI_ALL ?= ../shared/reference/tei_all.rng
tei-conformance: $(VENV)/.installed-dev
	$(BIN)/python -m tests.conformance --tei-all $(TEI_ALL)

# Every page, and that of the schema, through the Nu HTML Checker, warnings included (needs Java; gets the checker from
# npm, by name). make test does so too.
html-conformance: edition
	.ci/html-conformance build schema/teipipe.html

# Every e-book through EPUBCheck, warnings included (needs Java), and through Ace, where nothing serious may be found (needs
# Chromium; gets Ace from npm, by name). make test does so too, with a few.
epub-conformance: $(VENV)/.installed-dev edition
	@books=$$(find build -name '*.epub'); test -n "$$books" || { echo "error: build has no e-book"; exit 2; }; \
	.ci/epubcheck $(BIN)/python $$books && .ci/ace $(BIN)/python $$books

# What the encoder finds beside what editors have marked; writes docs/accuracy.md.
accuracy: $(VENV)/.installed-dev
	$(BIN)/python -m tests.accuracy

bench: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bench

clean:
	rm -rf build dist

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "error: no python3 found; install Python 3.11 or later"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "error: $(PYTHON) is older than 3.11; run make with PYTHON=/path/to/python3.11"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml .ci/constraints.txt | $(VENV)/bin/python
	$(PIP) --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml .ci/constraints.txt | $(VENV)/bin/python
	$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.installed
