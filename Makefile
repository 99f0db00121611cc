# Everything sets itself up: a virtual environment, the pinned packages, and for the
# tests the real servers. `make demo` and `make test` need nothing done before.
# CONTRIBUTING.md says which tests `make test` runs and which `make test-all`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: demo run test test-all tests slow-tests soak lint bench gallery scorecard pins \
  servers clean

demo: $(READY)
	rm -rf demo-out
	$(BIN)/outagewire demo

run: $(READY)
	$(BIN)/outagewire run

# At most so many workers, however many processors there are: each holds all imports.
WORKERS ?= 4
PYTEST := $(BIN)/pytest -n auto --maxprocesses $(WORKERS) --dist loadgroup

# Packages and servers are fetched side by side, and so are lint and tests run.
test:
	@$(MAKE) --no-print-directory -j2 $(READY) servers
	@$(MAKE) --no-print-directory -j2 lint tests

tests: $(READY) servers
	@echo "Running the tests that are not marked slow."
	$(PYTEST) -m "not slow"

# What `make test` leaves out: each test is named as it ends, with what it printed.
test-all: test
	@$(MAKE) --no-print-directory slow-tests
	@$(MAKE) --no-print-directory soak

slow-tests: $(READY) servers
	@echo "Running the tests that are marked slow."
	$(PYTEST) -m slow -v -rP

# Thousands of runs in which the process dies or the network fails at random steps;
# RUNS, REAL (on real servers) and SEED choose how many and which.
RUNS ?= 2400
REAL ?= 210
SEED ?= 20260108

soak: $(READY) servers
	@echo "Running $(RUNS) runs on stand-ins and $(REAL) on real servers, seed $(SEED)."
	OUTAGEWIRE_SOAK_RUNS=$(RUNS) OUTAGEWIRE_SOAK_REAL=$(REAL) OUTAGEWIRE_SEED=$(SEED) $(BIN)/pytest tests/soak

lint: $(READY)
	@echo "Checking format, style, types, layers and dependencies."
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

# All of it takes some minutes; BENCH="round year" runs some. Where Debian's package
# prometheus is installed, it runs beside ours.
bench: $(READY)
	$(BIN)/python -m tests.benchmarks $(BENCH)

# Every kind of chart in every theme, script and size, on a page to look through.
gallery: $(READY)
	$(BIN)/python -m tests.gallery --out out/gallery

# The public page of how often the bot was right: on the recordings, where they are
# at hand (their licences keep them out of here), and on the generated benchmark, which
# takes some minutes. CANDIDATE=FILE.toml shows candidate rules beside the live ones.
RECORDINGS := $(wildcard ../shared/data/recordings)
TRUTH := $(if $(RECORDINGS),--labels ../shared/data/labels/incidents.csv)
WITH_CANDIDATE = $(if $(CANDIDATE),--candidate $(CANDIDATE))

scorecard: $(READY)
	$(BIN)/python -m bot.evaluation.synthetic.benchmark --out out/scorecard \
	  $(if $(RECORDINGS),--recordings $(RECORDINGS)) $(TRUTH) $(WITH_CANDIDATE)
	$(BIN)/outagewire backtest $(RECORDINGS) --out out/scorecard $(TRUTH) $(WITH_CANDIDATE)

# The servers that tests talk to, unpacked under .servers/ (nothing is installed).
# Fetching needs Python and pip alone, so it need not wait for the packages.
servers: $(VENV)/bin/python
	@echo "Fetching the real servers for the tests into .servers."
	@$(BIN)/python -m tests.servers.fetch_servers

$(VENV)/bin/python:
	@echo "Making a virtual environment in $(VENV)."
	@$(PYTHON) -m venv $(VENV)

# Installing takes a minute, of which pip itself says nothing: a line every five seconds
# says how far it is, from its log and from what lies in the environment.
PIPLOG := $(VENV)/pip.log
TOTAL := $(shell grep -c '^[a-z0-9].*==' constraints.txt)
FETCHED = $$(grep -cE ' (Collecting|Processing) ' $(PIPLOG))
INSTALLED = $$(ls -d $(VENV)/lib/python3*/site-packages/*.dist-info | wc -l)

$(READY): constraints.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing $(TOTAL) packages into $(VENV)."
	@: > $(PIPLOG)
	@(while sleep 5; do \
	    echo "$(TOTAL) packages: $(FETCHED) fetched, $(INSTALLED) installed"; \
	  done) & counting=$$!; \
	  $(BIN)/pip install --quiet --progress-bar off --log $(PIPLOG) --require-hashes \
	    -r constraints.txt; \
	  status=$$?; kill $$counting; exit $$status
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $(READY)

# Pin anew, from the ranges in pyproject.toml.
pins: $(READY)
	$(BIN)/pip-compile --quiet --upgrade --extra dev --generate-hashes --strip-extras \
	  --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	  --output-file constraints.txt pyproject.toml

clean:
	rm -rf $(VENV) .servers
