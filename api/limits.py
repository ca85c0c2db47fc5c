"""How often one caller may ask in a minute, whichever server process answers (ADR 48)."""

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from django.db import connection
from django.utils import timezone

MINUTE = timedelta(minutes=1)
SHARE = 20  # a process takes a twentieth of the limit at once, so that not every request is a write
OVER = -1

# Not waiting for the disk: after a crash the worst is a minute that is counted anew.
_TAKE = """
    INSERT INTO api_tally AS tally (who, minute, times)
    SELECT %(who)s, %(minute)s, %(number)s
    FROM (SELECT set_config('synchronous_commit', 'off', true)) quick
    ON CONFLICT (who, minute) DO UPDATE SET times = tally.times + excluded.times
    RETURNING times
"""


@dataclass(frozen=True)
class Allowance:
    """What is left of a minute: requests, and seconds until the next one begins."""

    limit: int
    remaining: int
    reset: int
    is_over: bool = False


@dataclass
class _Purse:
    """What this process took from the table this minute and hasn't given out yet, per caller."""

    minute: datetime | None = None
    left: dict = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def give(self, who, minute):
        """Give out one: how many are left then; None: nothing was taken; OVER: there is no more to take."""
        with self.lock:
            if self.minute != minute:
                self.minute, self.left = minute, {}
            left = self.left.get(who)
            if not left or left == OVER:
                return left or None
            self.left[who] = left - 1
            return left - 1

    def put(self, who, number):
        with self.lock:
            self.left[who] = OVER if number == OVER else max(self.left.get(who, 0), 0) + number


_purse = _Purse()


def take_one(who, limit):
    """Count one request of this caller (a word of at most 64 characters), and tell what is left.

    A process takes some at once from the table and gives them out itself. What it doesn't give out is lost,
    so together the processes never let through more than the limit.
    """
    now = timezone.now()
    minute = now.replace(second=0, microsecond=0)
    reset = math.ceil((minute + MINUTE - now).total_seconds())
    left = _purse.give(who, minute)
    if left is None:
        number = max(limit // SHARE, 1)
        before = _take(who, minute, number) - number
        given = min(number, limit - before)
        left = max(limit - before - 1, OVER)
        _purse.put(who, given - 1 if given > 0 else OVER)
    return Allowance(limit, max(left, 0), reset, is_over=left == OVER)


def _take(who, minute, number):
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"who": who, "minute": minute, "number": number})
        return cursor.fetchone()[0]
