PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
# Everything that `make` starts is on this machine, with made-up people.
export ALONGSIDE_DEBUG ?= 1

.DEFAULT_GOAL := help
.PHONY: help setup demo test quick check fix bench docs docs-check lock

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

setup: ## Make the environment for development, from the lock file
	@$(PYTHON) scripts/prepare.py dev

demo: ## See it: a simulated unit on http://127.0.0.1:8000 (PORT=8001 for another)
	@$(PYTHON) scripts/prepare.py desk
	@$(BIN)/alongside demo --port $(PORT)

test: setup ## Test everything, in a real browser too
	@$(BIN)/python scripts/insist_on_chromium.py
	$(BIN)/pytest -n 2 --durations=20 $(ARGS)

quick: setup ## Test what takes less than half a second each
	$(BIN)/pytest -n 2 -m "not slow and not browser" $(ARGS)

check: setup ## Run every check, and report all that fail
	@$(BIN)/python scripts/check.py

fix: setup ## Put the code into its form
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: setup ## Measure speed, and write benchmarks/README.md
	$(BIN)/python -m benchmarks

docs: setup ## Write the generated pages and build the documentation in site/
	$(BIN)/python scripts/generate_docs.py
	$(BIN)/mkdocs build --strict --quiet

docs-check: setup ## Say whether the generated pages are up to date
	$(BIN)/python scripts/generate_docs.py --check

lock: setup ## Bring the lock files up to date with pyproject.toml
	@$(BIN)/python scripts/lock.py
