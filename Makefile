# python3 (3.11 or later) and make are all this needs; everything else is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT := out/corpus
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet -c constraints.txt

.PHONY: demo test clean
.DEFAULT_GOAL := demo

demo: $(VENV)/.installed
	@$(BIN)/kg build corpus -o $(OUT) || test $$? -eq 1
	@# Each page links the other, if that is there.
	@$(BIN)/kg report $(OUT) --html out/report.html
	@$(BIN)/kg explore $(OUT) -o out/graph.html --report out/report.html
	@$(BIN)/kg report $(OUT) --html out/report.html --explorer out/graph.html
	@echo
	@head -n 8 $(OUT)/report.md
	@echo
	@echo "Now open out/graph.html in a browser, or try:"
	@echo "  $(BIN)/kg show  $(OUT) 道里区政协"
	@echo "  $(BIN)/kg ask   $(OUT)"
	@echo "  $(BIN)/kg serve $(OUT)"
	@echo "  $(BIN)/kg analyse $(OUT)"

test: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest -q

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "tifa-kg needs Python 3.11 or later; $(PYTHON) is `$(PYTHON) --version 2>&1`. Try: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "$(PYTHON) has no venv module; install it (Debian, Ubuntu: apt install python3-venv) and run make again" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) -e '.[all]'
	@touch $@

# The development tools are the group `dev` of pyproject.toml, spelled out for versions of pip that know no groups.
$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"], sep="\n")' > $(VENV)/dev.txt
	$(PIP) -r $(VENV)/dev.txt -e '.[all]'
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) out
