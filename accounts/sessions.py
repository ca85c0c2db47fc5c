"""Sessions in the database that end by a mark (settings.SESSION_ENGINE; ADR 25)."""

from datetime import timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Session

A_MINUTE = timedelta(minutes=1)


class SessionStore(DatabaseStore):
    """One query tells who this is, whether it still holds, and else whose it was.

    `former_owner` is the person of a session that is over. As long as we know one, the cookie stays.
    """

    owner = former_owner = started_at = last_used_at = None
    address = device = ""  # of the browser; the middleware fills them in

    @classmethod
    def get_model_class(cls):
        return Session

    def _get_session_from_db(self):
        row = Session.objects.filter(session_key=self.session_key).first()
        if row and row.is_live:
            self.owner, self.started_at = row.user_id, row.started_at
            self.last_used_at = row.last_used_at
            return row
        self.former_owner = row and row.user_id
        self._session_key = None
        return None

    def exists(self, session_key):
        return Session.objects.filter(session_key=session_key).exists()

    def is_empty(self):
        return not self.former_owner and super().is_empty()

    def save(self, must_create=False):
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)
        user = data.get(SESSION_KEY)
        changes = {"session_data": self.encode(data), "user_id": int(user) if user else None}
        if not must_create:
            if not Session.objects.filter(pk=self.session_key, ended_at=None).update(**changes):
                raise UpdateError
            return None
        try:
            with transaction.atomic():
                Session.objects.create(
                    session_key=self.session_key,
                    expire_date=self.get_expiry_date(),
                    address=self.address,
                    device=self.device,
                    **changes,
                )
        except IntegrityError:
            raise CreateError from None

    def delete(self, session_key=None):
        key = session_key or self.session_key
        if key:
            Session.objects.filter(pk=key, user=None).delete()
            Session.objects.filter(pk=key).end()

    def flush(self):
        """Also when Django finds that the password has changed: remember whose session this was."""
        owner = self.owner
        super().flush()
        self.former_owner = owner

    def forget(self):
        """Someone signed out on purpose: the cookie may go, and nothing is kept."""
        self.former_owner = None

    def note_use(self):
        """The one thing that a GET writes: that someone was here, at most once a minute."""
        now = timezone.now()
        if self.last_used_at and now - self.last_used_at > A_MINUTE:
            Session.objects.filter(pk=self.session_key).update(last_used_at=now)

    @classmethod
    def clear_expired(cls):
        Session.objects.forgotten().clear()
