# The words of this project; the work is in the programs they call.
# Each recipe line is one plain command, which make starts without a shell: so Ctrl-C and
# SIGTERM reach the program itself.

PYTHON ?= python3
VENV_PYTHON = .venv/bin/python

.PHONY: run test lint bench lock stop

run:
	@$(PYTHON) -m vrt_portal.setup
	@$(VENV_PYTHON) -m vrt_portal.serve

stop:
	@$(VENV_PYTHON) -m vrt_portal.instance stop
