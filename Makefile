# Every command stands on `make setup`, which makes .venv from pyproject.toml and constraints.txt.
#
#   make lab [ARGS="--no-browser --port 8899"]   the student edition, in JupyterLab
#   make test                                    everything that CI checks
#   make quick                                   the same without the lessons, the browser and the slow tests
#   make fuzz        ten thousand odd notebooks through what reads them
#   make corpus      every attack, in both start modes and through nbgrader; fifty kills (half an hour)
#   make stability   every right answer graded 200 times with fresh inputs (three to four hours)
#   make mutate [ARGS="02_elman pool"]           small mistakes in every solution against the hidden tests (15 minutes)
#   make bench       every claim about speed and memory, measured here, into README.md (half an hour; run nothing beside it)
#   make release [ARGS=DIR]                      the student edition, in ./student or in DIR
#   make slides                                  every lesson as slides, in ./slides
#   make site                                    the student edition as a book for the browser, in ./site
#   make grade ARGS=DIR                          grade what was handed in
#   make lessons                                 run every lesson and store its outputs
#   make pictures                                the screenshots in README.md, from a real browser
#   make constraints                             write down the versions now in .venv

SUPPORTED := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13 python; do \
	$$python -c '$(SUPPORTED)' >/dev/null 2>&1 && echo $$python && break; done)

STUDENT := student
LESSONS := $(wildcard notebooks/*/*.ipynb)
BIN := $(CURDIR)/.venv/bin

export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: setup system lab test quick fuzz corpus stability mutate bench release slides site grade lessons pictures \
	constraints

setup: .venv/ready

.venv/ready: pyproject.toml constraints.txt
	@[ -n "$(PYTHON)" ] || { \
	echo "No Python 3.11 to 3.13 with the venv module was found: install one (Debian: python3-venv)," \
	"or name it: make setup PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c '$(SUPPORTED)' 2>/dev/null || { \
	echo "$(PYTHON) is no Python 3.11 to 3.13 with the venv module:" \
	"name another one with make setup PYTHON=…, or install that module (Debian: python3-venv)." >&2; exit 1; }
	@echo "Setting up .venv with $(PYTHON) (once, some minutes)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

# What pip cannot install: bubblewrap grades in, the browser tests look through chromium, PostgreSQL keeps a gradebook.
system:
	@missing=; \
	command -v bwrap >/dev/null || missing="$$missing bubblewrap"; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	[ -n "$$missing" ] || exit 0; \
	[ "$$(id -u)" = 0 ] && as_root= || as_root="sudo -n"; \
	if command -v apt-get >/dev/null && $$as_root true 2>/dev/null; then \
	echo "Installing$$missing"; \
	$$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive \
	apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else echo "The checks need these system packages, please install them:$$missing" >&2; exit 1; fi

# .jupyter/ keeps the network and the instructor's buttons out of a student's JupyterLab: no news, no look for updates.
lab: export JUPYTER_CONFIG_PATH := $(CURDIR)/.jupyter$(addprefix :,$(JUPYTER_CONFIG_PATH))
lab: setup
	@$(BIN)/rnncourse release $(STUDENT)
	cd $(STUDENT) && $(BIN)/jupyter lab --LabApp.default_url=/lab/tree/start.ipynb $(if $(filter 0,$(shell id -u)),--allow-root) $(ARGS)

test: setup system
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	RNNCOURSE_SHORT=1 $(BIN)/pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder --nbval --nbval-cell-timeout 300 tests notebooks

quick: setup
	$(BIN)/ruff check
	$(BIN)/pytest -m "not slow and not browser" tests

fuzz: setup
	EXAMPLES=10000 $(BIN)/pytest --numprocesses 2 tests/test_fuzz.py tests/test_wire.py

corpus: setup system
	CORPUS=all KILLS=50 $(BIN)/pytest --numprocesses 2 --dist loadfile tests/test_attacks.py tests/test_grading.py

stability: setup system
	SEEDS=200 $(BIN)/pytest --numprocesses 2 tests/test_answers.py -k "full_marks"

mutate: setup system
	$(BIN)/python tests/mutate.py $(ARGS)

bench: setup system
	$(BIN)/python benchmarks/table.py

release: setup
	$(BIN)/rnncourse release $(ARGS)

slides: setup
	$(BIN)/rnncourse slides $(LESSONS) $(ARGS)

site: setup
	$(BIN)/rnncourse site $(ARGS)

grade: setup
	$(BIN)/rnncourse grade $(ARGS)

lessons: setup
	$(BIN)/rnncourse execute $(LESSONS)

pictures: setup system
	$(BIN)/pytest tests/test_browser.py tests/test_class.py \
	    -k "start_page or wrongly_and_then or explorer_draws or fit_a_screen"
	cd test-results/browser && \
	    cp start.png 2-wrong.png explore_receptive_field-moved.png feedback.png class.png $(CURDIR)/docs
	cd docs && mv 2-wrong.png lesson.png && mv explore_receptive_field-moved.png explorer.png

constraints: setup
	@{ echo "# The tested versions. To renew: upgrade what you mean to in .venv, make test, make constraints."; \
	$(BIN)/pip freeze --all --exclude pip --exclude rnncourse | sed 's/+cpu$$//'; } > constraints.new
	@mv constraints.new constraints.txt && touch .venv/ready
