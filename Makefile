# The tasks of this project. On a fresh machine, `make graphs` and `make test` need Python 3.11 or later, and make.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
BUILT := graphs/.kg/built
SOURCES := $(shell find kg ontology seeds -type f -not -name '*.pyc')

.PHONY: help install graphs test lint check docs site bench lock

help:            ## list the tasks
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile

install: $(INSTALLED)   ## make .venv with the versions of requirements.lock

graphs: $(BUILT) ## build graphs/ from seeds/

test: install    ## run the tests; those of the page beside the others, for a browser mostly waits
	@page=$$(mktemp); $(BIN)/python -m pytest tests/view >$$page 2>&1 & beside=$$!; \
	trap "kill $$beside; exit 130" INT TERM; \
	$(BIN)/python -m pytest --ignore=tests/view; others=$$?; \
	wait $$beside; of_page=$$?; cat $$page; rm -f $$page; exit $$((others + of_page))

lint: install    ## check format, lint, types and import directions
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache  # its cache does not see that a module has come or gone

check:           ## run everything that CI runs
	.ci/run

docs: install    ## write the reference, and run the sessions of the README and of the pages again
	$(BIN)/python tools/cli_reference.py docs/cli-reference.md
	$(BIN)/python tools/readme.py README.md
	$(BIN)/python -m tools.reference docs/reference
	$(BIN)/python -m tools.sessions docs/tutorial.md docs/howto/*.md docs/explanation/*.md

site: install    ## make the documentation site in build/site/; a warning is an error
	$(BIN)/python -m sphinx -q -W --keep-going -d build/doctrees docs build/site

bench: install   ## measure everything that docs/performance.md tells, and write it there; ABSTRACTS=FILE reads more than the seeds
	$(BIN)/python -m benchmarks $(if $(ABSTRACTS),--abstracts $(ABSTRACTS))

lock: install    ## note the installed versions in requirements.lock
	$(BIN)/python -m pip freeze --exclude-editable > requirements.lock

$(INSTALLED): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("kg needs Python 3.11 or later; say PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(BUILT): $(INSTALLED) $(SOURCES)
	$(BIN)/kg build seeds/ -o graphs/
	@mkdir -p $(@D) && touch $@
