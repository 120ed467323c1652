# `make` alone explains everything. Nothing is installed outside .venv.
PYTHON ?= python3
BIN := .venv/bin
KEYWORDS := -k lazy_gettext -k lazy_ngettext:1,2 -k lazy_pgettext:1c,2
POT := build/messages.pot
CATALOGUES := app/translations

# what is compiled once need not be compiled by every process of a test run
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check format lint types fuzz bench demo-reset i18n i18n-check docs audit venv venv-dev

help: ## What can be done here
	@echo "Two commands are enough: make run, make test."
	@echo
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: venv ## Serve the demonstration on http://127.0.0.1:8000 (another port: PORT=8001 make run)
	@$(BIN)/filo demo run

test: venv-dev ## Every test that can run on this machine; what is missing is named
	@$(BIN)/python -m pytest -n auto -q

check: venv-dev lint types ## What CI runs: format, lint, types, contracts, tests on both databases
	@$(MAKE) --no-print-directory i18n-check docs
	$(BIN)/python -m pytest -n auto -q
	@if [ -n "$$FILO_TEST_POSTGRES" ]; then \
	  echo "The same on PostgreSQL:"; \
	  FILO_TEST_ENGINE=postgres $(BIN)/python -m pytest -n auto -q -m "not slow and not browser"; \
	else \
	  echo "Not run on PostgreSQL: name a server, FILO_TEST_POSTGRES=postgresql://user@host:5432/postgres"; \
	fi

lint: venv-dev ## Format, lint, import contracts, templates, files of others
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo --no-cache
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/python scripts/vendor.py --check

format: venv-dev ## Put code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: venv-dev ## Type checks
	$(BIN)/mypy

fuzz: venv-dev ## Any text in any field, read by five parsers, for minutes: FILO_FUZZ_SECONDS=300
	FILO_FUZZ_SECONDS=$${FILO_FUZZ_SECONDS:-300} $(BIN)/python -m pytest -q -n 2 tests/feeds/test_any_text.py

bench: venv-dev ## Measure, and add a line to bench/RESULTS.md
	$(BIN)/python -m bench

demo-reset: venv ## Throw the demonstration data away and load them anew
	@$(BIN)/filo demo reset

i18n: venv-dev ## Bring the catalogues up to date with the texts, and compile them
	@mkdir -p build
	$(BIN)/pybabel -q extract -F babel.cfg $(KEYWORDS) --add-location=file --omit-header -o $(POT) .
	@for code in it de; do \
	  if [ -f $(CATALOGUES)/$$code/LC_MESSAGES/messages.po ]; then \
	    $(BIN)/pybabel -q update -l $$code -i $(POT) -d $(CATALOGUES) --no-fuzzy-matching --ignore-pot-creation-date -w 120; \
	  else \
	    $(BIN)/pybabel -q init -l $$code -i $(POT) -d $(CATALOGUES); \
	  fi; \
	done
	$(BIN)/pybabel -q compile -d $(CATALOGUES)

i18n-check: venv-dev ## Whether every text is translated
	@$(BIN)/python scripts/catalogues.py

docs: venv ## Whether every link between the documents leads somewhere
	@$(BIN)/python scripts/check_docs.py

audit: venv-dev ## Known vulnerabilities in what is installed (asks the network)
	$(BIN)/pip-audit --disable-pip --require-hashes -r requirements.lock

venv:
	@$(PYTHON) scripts/bootstrap.py

venv-dev:
	@$(PYTHON) scripts/bootstrap.py --dev
