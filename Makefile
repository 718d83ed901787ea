# Two commands: `make run` starts the helpline, `make test` proves it. `make help` lists the rest.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
STAMPS := .venv/.installed bot/.venv/.installed node_modules/.installed
PIP := -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes
DIR ?= ../shared/open-data
STARTED := $(shell date +%s)

.PHONY: help run setup learnt test lint lock bench panel eval-answers eval-nlu eval-distress eval-nlu-diet eval-search test-open-data audit soak clean system-packages

help:
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

run: setup ## install what is missing, then start everything on http://127.0.0.1:8000
	@$(BIN)/parcours run

setup: $(STAMPS)

.venv/.installed: requirements-dev.txt requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "Python 3.11 est nécessaire (PYTHON=/chemin/python3.11 make …)." >&2; exit 1; }
	@echo "Installation de l'application (Python)…"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python $(PIP) -r requirements-dev.txt
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

bot/.venv/.installed: bot/requirements.txt
	@echo "Installation du moteur de dialogue (Rasa, environ 2,5 Go)…"
	@test -x bot/.venv/bin/python || $(PYTHON) -m venv bot/.venv
	@# multidict 5 has no wheel for Python 3.11: without its C part it needs no compiler, which a fresh machine does not have.
	@MULTIDICT_NO_EXTENSIONS=1 bot/.venv/bin/python $(PIP) --no-compile --ignore-requires-python -r bot/requirements.txt
	@touch $@

node_modules/.installed: package-lock.json
	@echo "Installation des fichiers de la console (npm)…"
	@npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

system-packages:
	@deploy/system-packages

# Two workers and a helpline on two cores: threads of linear algebra would only wait for each other.
learnt test test-open-data soak: export OPENBLAS_NUM_THREADS ?= 1

learnt: setup # what the suite shares: the dialogue model and the ranking of sheets, learnt when their data changed
	@$(BIN)/python -m tests.prepare

test: setup system-packages learnt ## the whole suite (as root on Debian it installs PostgreSQL, Redis and Chromium)
	@PARCOURS_MAKE_STARTED=$(STARTED) $(BIN)/python -m pytest -m "not open_data and not soak" -n 2 --dist loadscope

test-open-data: setup ## imports the published files: make test-open-data DIR=../shared/open-data
	@PARCOURS_OPEN_DATA=$(DIR) $(BIN)/python -m pytest tests/integration/knowledge_base -m open_data -n 2

lint: setup ## ruff, mypy, and the audit of dependencies
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m parcours.audit

audit: setup ## known vulnerabilities of the locked requirements (PyPI, npm); says so when a service cannot be reached
	@$(BIN)/python -m parcours.audit

soak: setup system-packages ## the long form of the fault, flood, fuzz, state machine and grid tests (an hour); figures in docs/soak.md
	@WHOLE_GRIDS=1 FAULTS_SCALE=20 FUZZ_EXAMPLES=60 FUZZ_MACHINES=100 $(BIN)/python -m pytest --timeout 3600 --durations 15 \
		tests/faults tests/fuzz tests/integration/channels/sms/test_thousand.py tests/integration/channels/conversation/test_several_gateways.py \
		tests/unit/channels/delivery/test_segments.py tests/integration/channels/sms/test_every_answer.py \
		tests/integration/channels/phone/test_every_answer.py tests/integration/channels/case/test_service.py tests/dialogues/test_markers.py \
		tests/dialogues/test_engine_dies.py tests/integration/parcours/test_restore.py \
		tests/unit/channels/safety tests/integration/knowledge_base/test_ordinary_words.py tests/e2e/test_widget_network.py

bench: setup system-packages ## latency, throughput, search, start, memory; the starter bot in the same run
	@$(BIN)/python -m tests.load.bench

panel: setup ## plays messages and serves a page to read and judge: make panel FILE=messages.txt [CHANNEL=sms]
	@$(BIN)/python -m evaluation.panel $(FILE) --channel $(or $(CHANNEL),web)

eval-answers: setup ## real messages through the whole helpline: right sheet, needs found; [LIST=daily] [KEEP="what changed"] keeps docs/evaluation/
	@$(BIN)/python -m evaluation.answers $(if $(LIST),--list $(LIST)) $(if $(KEEP),--keep "$(KEEP)")

eval-nlu: setup ## accuracy on the held-out sentences and by cross-validation, figures and pictures in docs/nlu/
	@bot/.venv/bin/python -m bot.evaluate --heldout tests/nlu/heldout
	@bot/.venv/bin/python -m bot.evaluate --heldout tests/nlu/second
	@bot/.venv/bin/python -m bot.evaluate --cross-validation

eval-distress: setup ## lists of distress (LIST="a.tsv b.tsv": numbers, grade, message) through patterns and net
	@$(BIN)/python -m channels.safety.evaluation $(LIST)

eval-nlu-diet: setup ## Rasa's default DIET pipeline on the same data
	@bot/.venv/bin/python -m bot.evaluate_diet --heldout tests/nlu/heldout

eval-search: setup ## the search scoreboard, figures in docs/search/
	@$(BIN)/python -m knowledge_base.evaluation --open-data $(DIR)

lock: ## resolve again (needs uv): hashes, no index address
	uv pip compile pyproject.toml --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.txt
	uv pip compile pyproject.toml --group dev -c requirements.txt --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements-dev.txt
	cd bot && uv pip compile pyproject.toml --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.txt
	npm install --package-lock-only --ignore-scripts

clean: ## removes what set-up made (never the state directory)
	rm -rf .venv bot/.venv node_modules build *.egg-info
