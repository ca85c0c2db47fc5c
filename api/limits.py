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
    """Per caller, what this process took of this minute and hasn't given out, and what the table had left then."""

    minute: datetime | None = None
    left: dict = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def give(self, who, minute):
        """Give out one: how many are left of the minute then; OVER: there are no more; None: take some first."""
        with self.lock:
            if self.minute != minute:
                self.minute, self.left = minute, {}
            mine, elsewhere = self.left.get(who, (0, None))
            if not mine:
                return OVER if elsewhere == 0 else None
            self.left[who] = mine - 1, elsewhere
            return mine - 1 + elsewhere

    def put(self, who, minute, number, elsewhere):
        with self.lock:
            if self.minute == minute:
                mine, known = self.left.get(who, (0, elsewhere))
                self.left[who] = mine + number, min(known, elsewhere)


_purse = _Purse()


def take_one(who, limit):
    """Count one request of this caller (a word of at most 64 characters), and tell what is left.

    A process takes some at once from the table and gives them out itself. What it doesn't give out is lost,
    so together the processes never let through more than the limit. What is left is counted from the table as it
    was when this process last took some: others may have taken since, so it may be too much.
    """
    now = timezone.now()
    minute = now.replace(second=0, microsecond=0)
    reset = math.ceil((minute + MINUTE - now).total_seconds())
    left = _purse.give(who, minute)
    if left is None:
        number = max(limit // SHARE, 1)
        left = max(limit - _take(who, minute, number) + number - 1, OVER)
        mine = max(min(number - 1, left), 0)
        _purse.put(who, minute, mine, elsewhere=max(left, 0) - mine)
    return Allowance(limit, max(left, 0), reset, is_over=left == OVER)


def _take(who, minute, number):
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"who": who, "minute": minute, "number": number})
        return cursor.fetchone()[0]
