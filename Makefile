# Everything is done in .venv, which the first target that needs it makes.

PYTHON ?= python3
RUN := .venv/bin/python
READY := .venv/ready
PYTEST := -m pytest --numprocesses=logical --dist=worksteal
GIVEN_SEED := $(SEED)
SEED := $(or $(GIVEN_SEED),$(shell date +%s))
SAMPLE := 富里市_協働のまちづくり推進計画

# Compiled modules are kept, also where the environment forbids it: that is most of a start.
export PYTHONPYCACHEPREFIX := $(CURDIR)/build/pycache
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test style types behaviour test-deep test-changed test-shuffled fuzz torture import-report check-outputs bench bench-windows schemas screenshots bundle windows windows-deep windows-tests release release-key clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): pyproject.toml resources/build/requirements.txt resources/build/setup.sh
	@PYTHON=$(PYTHON) resources/build/setup.sh
	@touch $@

run: $(READY) ## Open the sample plan; without a display, write its report to dist/
	@folder=$$($(RUN) -c 'from kyodo_desktop.paths import user_data_folder as f; print(f())'); \
	plan=$$folder/$(SAMPLE).kyodo; \
	mkdir -p "$$folder" dist; \
	test -e "$$plan" || $(RUN) -m kyodo_desktop new "$$plan" --sample tomisato_example || exit; \
	if test "$$DISPLAY$$WAYLAND_DISPLAY"; then \
		$(RUN) -m kyodo_desktop "$$plan"; \
	else \
		$(RUN) -m kyodo_desktop export "$$plan" dist/$(SAMPLE).xlsx --force && \
		echo "No display here, so the report was written: $(CURDIR)/dist/$(SAMPLE).xlsx"; \
	fi

test: $(READY) ## Check everything: style, types, behaviour, and that the program starts
	@$(MAKE) --no-print-directory --jobs=3 style types behaviour

style:
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check

types:
	$(RUN) -m mypy

behaviour test-deep test-changed test-shuffled fuzz: export QT_QPA_PLATFORM = offscreen
behaviour test-deep test-changed test-shuffled fuzz: export KYODO_DESKTOP_HOME = $(CURDIR)/build/test-home

behaviour:
	$(RUN) $(PYTEST)

test-deep test-changed: export KYODO_TEST_EFFORT = deep
test-deep test-changed: export KYODO_TEST_SEED = $(SEED)
test-deep: $(READY) ## Try a hundred times as many cases, at random; SEED=… tries the same ones again
	$(RUN) $(PYTEST) -m deep --hypothesis-seed=$(SEED)

# One seed a day, so that what .ci/run will try can be tried before.
test-changed: SEED := $(or $(GIVEN_SEED),$(shell git log -1 --format=%cd --date=format:%Y%m%d))
test-changed: export KYODO_TEST_SECONDS ?= 120
test-changed: $(READY) ## The same for what a day's changes can have broken, as far as two minutes reach
	$(RUN) -m tests.changed | \
	xargs --verbose --no-run-if-empty $(RUN) $(PYTEST) -m deep --hypothesis-seed=$(SEED)

test-shuffled: $(READY) ## Run all tests in another order; SEED=… takes the same one again
	$(RUN) $(PYTEST) -p randomly --randomly-seed=$(SEED)

fuzz: export KYODO_FUZZ_CASES = 10400
fuzz: $(READY) ## Let in more than 20,000 damaged files and 8,000 plans, each to be read or explained
	$(RUN) $(PYTEST) tests/fuzz

torture: export QT_QPA_PLATFORM = offscreen
torture: export KYODO_DESKTOP_HOME = $(CURDIR)/build/test-home
torture: export SEED := $(GIVEN_SEED)
torture: $(READY) ## Kill, fill, race, freeze and cut off thousands of times; ONLY=… SEED=… TRIES=…
	$(RUN) -m tests.torture

import-report: export QT_QPA_PLATFORM = offscreen
import-report: export KYODO_DESKTOP_HOME = $(CURDIR)/build/test-home
import-report: $(READY) ## Score what comes in of strangers' tables, as they are and disturbed; ONLY=… PROBE=…
	$(RUN) -m tests.import_report $(ONLY)

check-outputs: export QT_QPA_PLATFORM = offscreen
check-outputs: export KYODO_DESKTOP_HOME = $(CURDIR)/build/test-home
check-outputs: $(READY) ## Open what goes out in the programs of those who get it; ONLY=…
	@$(RUN) -m tests.outputs

bench: $(READY) ## Measure speed and size, each beside its limit
	$(RUN) -m tests.bench

bench-windows: $(READY) ## Measure the start of what `make windows` built
	@resources/windows/build.sh bench

schemas: $(READY) ## Write down anew what the scripts in db/ make, after one was added
	$(RUN) -m tests.schemas

screenshots: $(READY) ## Make the pictures of the README again
	@resources/build/setup.sh screenshots
	$(RUN) -m tests.screenshots

bundle: export QT_QPA_PLATFORM = offscreen
bundle: $(READY) ## Build the program for people without Python in dist/KyodoDesktop, and start it
	$(RUN) -m PyInstaller --noconfirm --log-level WARN build_spec.spec
	dist/KyodoDesktop/kyodo --smoke-test

windows: $(READY) ## Build the program for Windows in dist/, and prove it in Wine (Debian 12, as root)
	@resources/windows/build.sh

windows-deep: $(READY) ## After that: whether the next build makes the same bytes, and kills of Setup
	@resources/windows/build.sh deep

windows-tests: $(READY) ## Run all tests under Windows' Python in Wine
	@resources/windows/build.sh tests

release-key: $(READY) ## Make a publisher's pair of keys: FILE=/outside/name.key HOLDER=whose
	@test "$(FILE)" && test "$(HOLDER)" || { echo 'make release-key FILE=/outside/name.key HOLDER=whose' >&2; exit 2; }
	@$(RUN) -m resources.windows.signing new-key "$(FILE)" "$(HOLDER)"

release: $(READY) ## Build, prove and sign a release with the private key in the file KYODO_SIGNING_KEY
	@$(RUN) -m resources.windows.signing check
	@resources/windows/build.sh
	@$(RUN) -m resources.windows.signing sign dist

clean: ## Remove what these commands made, except the plans
	rm -rf .venv build dist *.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -r {} +
