# Two commands and nothing before them: `make run` and `make test`.
# PYTHON names another interpreter; ARGS is passed on: make test ARGS="tests/feedback -x"

PYTHON ?= python3
ARGS ?=
BOOTSTRAP = @$(PYTHON) infra/bootstrap.py

.DEFAULT_GOAL := run
.PHONY: run test check dev bench bench-planner bench-learning lock setup

run:    # serve the demo world on http://localhost:8000 (HOST, PORT)
	$(BOOTSTRAP) run $(ARGS)

test:   # everything
	$(BOOTSTRAP) test $(ARGS)

check:  # ruff, mypy, import contracts, svelte-check
	$(BOOTSTRAP) check

dev:    # serve, and follow every change
	$(BOOTSTRAP) dev $(ARGS)

bench:  # measure; one JSON line a figure
	$(BOOTSTRAP) bench $(ARGS)

bench-planner:  # measure the planner; one JSON line a figure
	$(BOOTSTRAP) bench-planner $(ARGS)

bench-learning:  # measure the estimator; one JSON line a figure
	$(BOOTSTRAP) bench-learning $(ARGS)

lock:   # pin the Python dependencies again
	$(BOOTSTRAP) lock $(ARGS)

setup:  # install what tests and checks need
	$(BOOTSTRAP) setup
