# `make run` and `make test` are all a newcomer needs; each sets up what it needs first.
.PHONY: setup
setup: .venv/ready
