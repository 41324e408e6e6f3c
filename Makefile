# `make run` and `make test` are all a newcomer needs: each sets up what is missing first.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup run test lint bench proof screens man translations dist lock clean

setup: .venv/ready

.venv/ready: requirements/lock.txt pyproject.toml scripts/setup.sh scripts/system_libraries.py
	@PYTHON="$(PYTHON)" sh scripts/setup.sh

run: setup
	@$(BIN)/python scripts/run.py

test: setup
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q $(ARGS)

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m bench $(ARGS)

proof: setup
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -m proof $(ARGS)

screens: setup
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m foiadesk_ui.screens build/screens
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m foiadesk_ui.tutorial docs/tutorial

# Gathers the window's sentences, brings resources/translations up to date and lists what has no translation yet.
translations: setup
	@$(BIN)/python scripts/translations.py

# The manual page, from what the commands say of themselves.
man: setup
	@$(BIN)/python packaging/man_page.py

# A Debian package and a folder that runs by itself, in build/dist; ARGS=deb or ARGS=folder makes one of them.
dist: setup
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dist.txt
	@$(BIN)/python packaging/dist.py $(ARGS)

# Only for whoever changes the dependencies: pip-tools must be installed beside this Python.
lock:
	@$(PYTHON) -m piptools compile -q --generate-hashes --allow-unsafe --strip-extras --extra dev --no-header \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements/lock.txt pyproject.toml
	@$(PYTHON) -m piptools compile -q --generate-hashes --allow-unsafe --strip-extras --no-header \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements/dist.txt requirements/dist.in

clean:
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
