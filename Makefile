# Everything sets itself up: a virtual environment, the pinned packages, and for the
# tests the real servers. `make demo` and `make test` need nothing done before.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: demo run test soak lint bench gallery scorecard pins servers clean

demo: $(READY)
	rm -rf demo-out
	$(BIN)/outagewire demo

run: $(READY)
	$(BIN)/outagewire run

test: $(READY) servers lint
	$(BIN)/pytest

# Thousands of runs in which the process dies or the network fails at random steps;
# RUNS, REAL (on real servers) and SEED choose how many and which.
RUNS ?= 2400
REAL ?= 210
SEED ?= 20260108

soak: $(READY) servers
	OUTAGEWIRE_SOAK_RUNS=$(RUNS) OUTAGEWIRE_SOAK_REAL=$(REAL) OUTAGEWIRE_SEED=$(SEED) $(BIN)/pytest tests/soak

lint: $(READY)
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
# takes some minutes. SHADOW=FILE.toml shows rules on trial beside the live ones.
RECORDINGS := $(wildcard ../shared/data/recordings)
TRUTH := $(if $(RECORDINGS),--labels ../shared/data/labels/incidents.csv)
TRIAL = $(if $(SHADOW),--shadow $(SHADOW))

scorecard: $(READY)
	$(BIN)/python -m bot.evaluation.synthetic.benchmark --out out/scorecard \
	  $(if $(RECORDINGS),--recordings $(RECORDINGS)) $(TRUTH) $(TRIAL)
	$(BIN)/outagewire backtest $(RECORDINGS) --out out/scorecard $(TRUTH) $(TRIAL)

# The servers that tests talk to, unpacked under .servers/ (nothing is installed).
servers: $(READY)
	$(BIN)/python -m tests.servers.fetch_servers

$(READY): constraints.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r constraints.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $(READY)

# Pin anew, from the ranges in pyproject.toml.
pins: $(READY)
	$(BIN)/pip-compile --quiet --upgrade --extra dev --generate-hashes --strip-extras \
	  --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	  --output-file constraints.txt pyproject.toml

clean:
	rm -rf $(VENV) .servers
