# Everything a newcomer needs. `make demo` and `make test` set up what they need by themselves.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
BENCH ?= ../shared/bench

.PHONY: demo test lint types unit test-browser score train clean

demo: $(STAMP)          ## set up, then extract the bundled page
	$(BIN)/artextract examples/harbour-news.txt --format json

test: lint types unit   ## set up, then everything that CI runs

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy

unit: $(STAMP)
	$(BIN)/pytest -n 2

test-browser: $(STAMP)  ## the report in headless Chromium (Debian: chromium); skipped where there is none
	-$(BIN)/pip install --quiet --disable-pip-version-check -e '.[browser]'
	$(BIN)/pytest tests/browser

score: $(STAMP)         ## the whole bench (minutes)
	$(BIN)/python $(BENCH)/score.py

train:                  ## rebuild the shipped models from the bench, in the pinned environment (half an hour)
	test -x .venv-train/bin/python || $(PYTHON) -m venv .venv-train
	.venv-train/bin/pip install --quiet --disable-pip-version-check -e . -r tools/requirements.txt
	OMP_NUM_THREADS=1 .venv-train/bin/python tools/train.py --track html
	OMP_NUM_THREADS=1 .venv-train/bin/python tools/train.py --track text

$(STAMP): pyproject.toml setup.py src/artextract/classifier/_kernels.c
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) build dist src/*.egg-info src/artextract/classifier/*.so
