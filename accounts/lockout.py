"""How often someone may try a password or a code (ADR 27).

A try is written down before it is checked, and rubbed out when it was right. So many tries at the same
moment don't get more chances than as many in a row.
"""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import SignInTry

WAIT = timedelta(minutes=15)
PER_NAME_AND_ADDRESS = 5
PER_ADDRESS = 30
PER_NAME = (
    1000  # from everywhere together; far above what locks out whoever sits at another address
)


class Locked(Exception):
    """Too many tries; `until` is when the next one is allowed."""

    def __init__(self, until):
        super().__init__(until)
        self.until = until

    @property
    def message(self):
        at = timezone.localtime(self.until + timedelta(seconds=59)).strftime("%H:%M")
        return (
            f"Er is te vaak een verkeerd wachtwoord of een verkeerde code ingevuld. Wacht tot {at} uur en "
            "probeer het dan opnieuw."
        )


def begin(name, address):
    """Write down a try of this name from this address, or raise Locked."""
    name_hash = _hash(name)
    tries = SignInTry.objects
    with transaction.atomic(), connection.cursor() as cursor:
        # One at a time per address: the counting and the writing belong together.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 27))", [address])
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 28))", [name_hash])
        for limit, rows in (
            (PER_NAME_AND_ADDRESS, tries.filter(name_hash=name_hash, address=address)),
            (PER_ADDRESS, tries.filter(address=address)),
            (PER_NAME, tries.filter(name_hash=name_hash)),
        ):
            times = _recent(rows).order_by("-at").values_list("at", flat=True)[:limit]
            if until := _until(list(times), limit):
                raise Locked(until)
        tries.create(name_hash=name_hash, address=address)


def succeed(name, address):
    """It was right: the tries of this name from this address don't count any more."""
    SignInTry.objects.filter(name_hash=_hash(name), address=address).delete()


def unlock(name):
    SignInTry.objects.filter(name_hash__in=[_hash(name), _hash(second_step_of(name))]).delete()


def locked_names(names):
    """Which of these names wait now, at any address."""
    hashes = {_hash(kind): name for name in names for kind in (name, second_step_of(name))}
    times = {}
    for name_hash, address, at in (
        _recent(SignInTry.objects.filter(name_hash__in=hashes))
        .order_by("-at")
        .values_list("name_hash", "address", "at")
    ):
        times.setdefault((name_hash, address), []).append(at)
    return {
        hashes[name_hash]
        for (name_hash, _), at in times.items()
        if _until(at[:PER_NAME_AND_ADDRESS], PER_NAME_AND_ADDRESS)
    }


def second_step_of(name):
    """The second step is counted apart from the password, under a name that nobody can type."""
    return f"{name}\n2"


def _recent(tries):
    return tries.filter(at__gt=timezone.now() - 2 * WAIT)


def _until(times, limit):
    """When the wait ends, if the last so many tries, newest first, fell within one waiting time."""
    if len(times) < limit or times[0] - times[-1] > WAIT:
        return None
    until = times[0] + WAIT
    return until if until > timezone.now() else None


def _hash(name):
    return salted_hmac("accounts.lockout", name.strip().casefold(), algorithm="sha256").hexdigest()
