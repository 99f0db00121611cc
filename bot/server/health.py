"""Says whether the loop runs and its sources answer, from the files of the site."""

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.clock import Clock
from bot.model.source_status import SourceState

_SOURCES = "sources.json"
_NOT_READ = (SourceState.SILENT, SourceState.UNHEARD)
_NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """Answers `/health`, with the status 503 if the site is out of date.

    The file with the source statuses is written at the end of each tick, so its age is
    that of the last tick.

    Attributes:
        site: the folder of the site.
        stale_after: how old the last tick may be.
        clock: the machine's clock, which dates the files.
    """

    site: Path
    stale_after: timedelta
    clock: Clock

    async def answer(self, _request: Request) -> Response:
        """Return the answer as JSON; it tells only what the site shows as well."""
        state = await run_in_threadpool(self._state)
        status = 200 if state["status"] == "ok" else 503
        return JSONResponse(state, status, headers=_NO_STORE)

    def _state(self) -> dict[str, Any]:
        """Return the state of the loop and of its sources (P5, P19)."""
        path = self.site / _SOURCES
        limit = self.stale_after.total_seconds()
        try:
            # The time in the file may be that of a replay, so the file's own is used.
            age = max(0.0, self.clock.now().timestamp() - path.stat().st_mtime)
            content = json.loads(path.read_bytes())
            states = [str(row["state"]) for row in content["signals"]]
            as_of = str(content["as_of"])
        # Deeply nested content raises RecursionError.
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return {"status": "unknown", "last_tick": None, "stale_after_s": limit}
        silent = sum(state in _NOT_READ for state in states)
        return {
            "status": _status(len(states), silent, is_stale=age > limit),
            "last_tick": as_of,
            "age_s": round(age, 1),
            "stale_after_s": limit,
            "signals": {
                "watched": len(states),
                "read": len(states) - silent,
                "silent": silent,
            },
        }


def _status(watched: int, silent: int, *, is_stale: bool) -> str:
    if is_stale:
        return "stale"
    return "sources-silent" if silent == watched else "ok"
