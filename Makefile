# Aliases. Everything is in play.py.
.PHONY: play setup test lock

play:
	python3 play.py

setup:
	python3 play.py setup --tests

test:
	python3 play.py test

# Writes the three locks from pyproject.toml; `make lock UPGRADE=--upgrade` takes the newest versions that it allows.
# The locks name no registry and no path, and serve every system that Python wheels exist for.
COMPILE = .venv/lock/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --quiet $(UPGRADE)
lock:
	python3 -m venv .venv/lock
	.venv/lock/bin/pip install --quiet uv
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --constraint requirements.lock --extra dev --output-file requirements-dev.lock
	$(COMPILE) --constraint requirements-dev.lock --extra dev --extra e2e --output-file requirements-e2e.lock
