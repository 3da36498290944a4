"""Slows guessing of passwords: after some failures each further try waits twice as long."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

FREE_NAME = 5
"""Failures in a row for one name before its next try has to wait."""
FREE_ADDRESS = 20
"""The same for one address, which a whole office may share."""
LONGEST = 300.0
"""Seconds; longer would let anybody keep a colleague out for the day."""
_QUIET = 3600.0
"""Seconds without a try after which failures are forgotten."""
_KEPT = 10_000

_Key = tuple[str, str]


@dataclass
class _Failures:
    count: int
    last: float


class Throttle:
    """Counts failed tries by name and by address; several threads may use it."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._failures: OrderedDict[_Key, _Failures] = OrderedDict()

    def begin(self, name: str, address: str) -> float:
        """Seconds to wait; 0 lets the try through, counted as failed until `succeeded`.

        Counted before the password is looked at, so that tries at once gain nothing.
        """
        name_key, address_key = ("name", name), ("address", address)
        with self._lock:
            now = self._now()
            wait = max(
                self._wait(name_key, FREE_NAME, now), self._wait(address_key, FREE_ADDRESS, now)
            )
            if wait <= 0:
                self._count(name_key, now)
                self._count(address_key, now)
            return wait

    def succeeded(self, name: str, address: str) -> None:
        """The name starts anew; the address only takes this try back.

        Otherwise somebody with an account could log in after every guess at another one.
        """
        with self._lock:
            self._failures.pop(("name", name), None)
            if (failures := self._failures.get(("address", address))) is not None:
                failures.count = max(0, failures.count - 1)

    def _wait(self, key: _Key, free: int, now: float) -> float:
        failures = self._failures.get(key)
        if failures is None or now - failures.last > _QUIET:
            self._failures.pop(key, None)
            return 0.0
        over = failures.count - free
        if over < 0:
            return 0.0
        return max(0.0, failures.last + min(2.0 ** min(over, 30), LONGEST) - now)

    def _count(self, key: _Key, now: float) -> None:
        failures = self._failures.setdefault(key, _Failures(0, now))
        failures.count += 1
        failures.last = now
        self._failures.move_to_end(key)
        if len(self._failures) > _KEPT:
            self._failures.popitem(last=False)
