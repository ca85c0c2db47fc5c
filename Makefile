# The words of this project; the work is in the programs they call.
# A recipe line is one plain command, which make starts without a shell: so Ctrl-C and SIGTERM
# reach the program itself.

PYTHON ?= python3
VENV = .venv/bin
ARGS =

.PHONY: run test lint bench accessibility lock stop setup

run:
	@$(PYTHON) -m vrt_portal.setup
	@$(VENV)/python -m vrt_portal.serve

test:
	@$(PYTHON) -m vrt_portal.testrun $(ARGS)

lint: setup
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@find templates -name '*.html' -exec $(VENV)/djade --target-version 5.2 --check {} +
	@$(VENV)/lint-imports
	@$(VENV)/mypy
	@$(VENV)/python manage.py makemigrations --check --dry-run

bench: setup
	@$(VENV)/python -m bench $(ARGS)
	@$(VENV)/python -m bench.reading_room
	@$(VENV)/python -m bench.readers

accessibility:
	@env ACCESSIBILITY_RESULTS=overview/accessibility.json $(PYTHON) -m vrt_portal.testrun -n 1 tests/browser/test_accessibility.py $(ARGS)

lock: setup
	@$(VENV)/python -m vrt_portal.lock $(ARGS)

stop:
	@$(VENV)/python -m vrt_portal.instance stop

setup:
	@$(PYTHON) -m vrt_portal.setup --dev
