# Two commands do everything: `make run` and `make test`. The others are for those who work on the portal.
PYTHON ?= python3
PORT ?= 8000
ADDRESS := http://127.0.0.1:$(PORT)
UV_VERSION := 0.13.9
BIN := .venv/bin
# The system's pip fills an environment that has none, which is made in no time; where it can't, the environment gets one.
GET_UV := install --quiet --disable-pip-version-check uv==$(UV_VERSION)
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --constraints requirements.lock -r pyproject.toml

# Several processes start from the same files: these are compiled once, also where the environment says otherwise.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint types catalogues messages lock bench screenshots clean

run: .venv/for-run ## Serve the demo commune on http://127.0.0.1:8000 (PORT= changes it), its worker beside it
	@BASE_URL=$(ADDRESS) $(BIN)/python manage.py serve_demo --prepare --port $(PORT)

test: .venv/for-test browser ## Run every test, in a browser too
	@$(BIN)/python manage.py compile_catalogues
	$(BIN)/python -m pytest -n 2 $(PYTEST_OPTIONS)

lint: .venv/for-test ## Style, complexity, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: .venv/for-test
	$(BIN)/mypy .

catalogues: .venv/for-test ## Are the catalogues complete, and do they hold every message? (needs gettext)
	$(BIN)/python -m tests.catalogues

messages: .venv/for-test ## Add new messages to the catalogues (needs gettext)
	$(BIN)/django-admin makemessages -l fr -l nl --no-location --no-wrap --no-obsolete -i .venv -i var -i tests -i demo

bench: .venv/for-test ## Measure pages a second, beside a bare view (needs wrk), the desk's screens, 20,000 digests, and results of 100,000 answers
	$(BIN)/python manage.py compile_catalogues
	$(BIN)/python -m tests.bench_desk
	$(BIN)/python -m tests.bench_digests
	$(BIN)/python -m tests.bench_surveys
	$(BIN)/python -m tests.bench_ideas
	$(BIN)/python -m tests.bench

screenshots: .venv/for-test browser ## Make the pictures of README.md again
	$(BIN)/python -m tests.screenshots

lock: .venv/uv ## Lock the newest versions that pyproject.toml allows
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --generate-hashes --upgrade --quiet --no-header -o requirements.lock

clean: ## Remove the database, uploads and environment of this checkout
	rm -rf .venv var

.PHONY: browser
browser: .venv/for-test
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| $(BIN)/playwright install chromium >/dev/null 2>&1 \
		|| echo "No Chromium here, and Playwright's own could not be had: the browser tests will say that they did not run."

.venv/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "The portal needs Python 3.11 or newer; say which with PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv --without-pip .venv
	@$(PYTHON) -m pip --python $(BIN)/python $(GET_UV) 2>/dev/null || { $(BIN)/python -m ensurepip >/dev/null && $(BIN)/python -m pip $(GET_UV); }
	@touch $@

.venv/for-run: .venv/uv pyproject.toml requirements.lock
	@$(INSTALL)
	@touch $@

.venv/for-test: .venv/uv pyproject.toml requirements.lock
	@$(INSTALL) --extra dev
	@touch $@ .venv/for-run
