#!/bin/sh
# Makes .venv from the lock and checks the system libraries Qt needs. Says plainly what is missing.
set -eu
python=${PYTHON:-python3}

stop() { printf 'FOIADesk setup: %s\n' "$*" >&2; exit 1; }

command -v "$python" >/dev/null 2>&1 || stop "python3 is missing. On Debian: apt-get install python3 python3-pip python3-venv"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  stop "Python 3.11 or later is needed; $("$python" --version) was found. Name another with: make PYTHON=/path/to/python3 setup"
"$python" -c 'import ensurepip, venv' 2>/dev/null || stop "Python's venv module is missing. On Debian: apt-get install python3-venv"

rm -f .venv/ready
[ -x .venv/bin/python ] || "$python" -m venv .venv
echo "Installing the locked dependencies into .venv (the first time takes a minute or two) ..."
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/lock.txt ||
  stop "the locked dependencies could not be installed (see above). Nothing outside .venv was changed; try again with: make setup"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ||
  stop "the project itself could not be installed into .venv (see above)"
.venv/bin/python scripts/system_libraries.py
touch .venv/ready
