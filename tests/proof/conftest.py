"""What the sweeps share: a job done by a script of this folder in a process that has imported nothing else."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Job = Callable[..., Any]


@pytest.fixture
def in_clean_process(tmp_path: Path, checkout: Path) -> Callable[[str], Job]:
    """Return, for a script, what does a job with it and answers what the script found."""

    def of(script: str) -> Job:
        def do(**job: Any) -> Any:
            answer = subprocess.run(
                [sys.executable, str(Path(__file__).with_name(script))],
                input=json.dumps({**job, "scratch": str(tmp_path)}),
                capture_output=True,
                text=True,
                check=False,
                env={**os.environ, "PYTHONPATH": str(checkout)},
            )
            assert answer.returncode == 0, answer.stderr
            return json.loads(answer.stdout)

        return do

    return of


@pytest.fixture
def watched(in_clean_process: Callable[[str], Job]) -> Callable[[str], Job]:
    """Return the same where disk calls can be watched; skip plainly where they cannot."""

    def of(script: str) -> Job:
        do = in_clean_process(script)
        if refused := do(do="refusal"):
            pytest.skip(refused)
        return do

    return of
