"""The work that every peer does, and how it is measured."""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MODEL = "instant"


@dataclass(frozen=True)
class Work:
    """What to ask, where, and with what parameters: `URL PROMPTS.json CALLS IN_FLIGHT` on the command line.

    PROMPTS.json holds `prompts`, `temperature` and `max_tokens`. A script runs in a folder of its own, to write in.
    """

    url: str
    prompts: list[str]
    in_flight: int
    temperature: float
    max_tokens: int

    @staticmethod
    def from_command_line() -> "Work":
        url, file, calls, in_flight = sys.argv[1:]
        asked = json.loads(Path(file).read_text())
        return Work(url, asked["prompts"][: int(calls)], int(in_flight), asked["temperature"], asked["max_tokens"])


def measure(work: Work, run: Callable[[], int]) -> None:
    """Runs once and prints rate and processor time, children included, as one line of JSON.

    `run` returns how many replies it has; fewer than prompts is an error.
    """
    cpu = _cpu_seconds()
    start = time.perf_counter()
    replies = run()
    seconds = time.perf_counter() - start
    cpu = _cpu_seconds() - cpu
    if replies != len(work.prompts):
        sys.exit(f"{replies} replies to {len(work.prompts)} prompts")
    print(json.dumps({"calls_per_s": replies / seconds, "cpu_us_per_call": cpu * 1e6 / replies}))
    sys.stdout.flush()
    # Some peers leave threads behind that keep the interpreter from ending.
    os._exit(0)


def _cpu_seconds() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
