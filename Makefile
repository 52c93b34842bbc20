# Short names for the commands of the README.
.PHONY: demo test build lint

demo:
	python3 -m venv .venv && .venv/bin/python -m pip install --quiet . && .venv/bin/xlpy demo demo

test:
	python3 tests

build:
	.venv-test/bin/python -m xlpy build

lint:
	.venv-test/bin/python -m ruff check . && .venv-test/bin/python -m ruff format --check . && .venv-test/bin/python -m mypy && .venv-test/bin/lint-imports
