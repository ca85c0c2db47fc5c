"""Mail on its way out, and what became of it."""

from datetime import timedelta
from email.utils import parseaddr

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

# How long after each attempt the next one comes. After the last of them a mail has failed.
PAUSES = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
]
MOST_ATTEMPTS = len(PAUSES) + 1
PATIENCE = timedelta(minutes=10)  # a mail that waits longer than this is worth a remark
KEPT = timedelta(days=90)


class MessageQuerySet(models.QuerySet):
    def queued(self):
        return self.filter(state=Message.State.QUEUED)

    def failed(self):
        return self.filter(state=Message.State.FAILED)

    def sent(self):
        return self.filter(state=Message.State.SENT)

    def due(self):
        """What may be tried now, the longest waiting first."""
        return self.queued().filter(next_attempt_at__lte=timezone.now()).order_by("next_attempt_at")

    def past_keeping(self):
        return self.exclude(state=Message.State.QUEUED).filter(created_at__lt=timezone.now() - KEPT)

    def for_display(self):
        """Without what was written in it: a body can hold a link that lets someone in."""
        return self.defer("text", "html", "headers").order_by("-created_at", "-pk")

    def trouble(self):
        """How many mails failed, and how many wait for longer than is usual."""
        late = Q(attempts__gt=0) | Q(created_at__lt=timezone.now() - PATIENCE)
        return self.aggregate(
            failed=Count("pk", filter=Q(state=Message.State.FAILED)),
            waiting=Count("pk", filter=Q(state=Message.State.QUEUED) & late),
        )


class Message(models.Model):
    """One mail to one address. It has no history: that would keep what is wiped here."""

    class State(models.TextChoices):
        QUEUED = "queued", "wacht"
        SENT = "sent", "verzonden"
        FAILED = "failed", "mislukt"

    recipient = models.TextField("aan")
    sender = models.TextField("van")
    subject = models.TextField("onderwerp", blank=True)
    text = models.TextField("tekst", blank=True)
    html = models.TextField("opgemaakte tekst", blank=True)
    headers = models.JSONField("koppen", default=dict, blank=True)
    state = models.CharField("stand", max_length=6, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    error = models.TextField("laatste fout", blank=True)
    created_at = models.DateTimeField("gemaakt op", default=timezone.now, editable=False)
    next_attempt_at = models.DateTimeField("volgende poging", default=timezone.now)
    sent_at = models.DateTimeField("verzonden op", null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "mail"
        verbose_name_plural = "mails"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="sent_mail_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(text="", html="", headers={}),
                name="sent_mail_is_wiped",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(state="queued"), name="mail_that_waits"
            )
        ]

    def __str__(self):
        return f"{self.subject} aan {self.recipient}"

    @property
    def message_id(self):
        """The same at each attempt, so that a receiver can tell a second copy from a second mail."""
        domain = parseaddr(self.sender)[1].rpartition("@")[2] or "localhost"
        return f"<{self.pk}.{self.created_at:%Y%m%d%H%M%S%f}@{domain}>"

    def begin_attempt(self):
        """Count an attempt before it is made: a mail that takes the worker down isn't tried for ever."""
        self.next_attempt_at = timezone.now() + PAUSES[min(self.attempts, len(PAUSES) - 1)]
        self.attempts += 1
        self.save(update_fields=["attempts", "next_attempt_at"])

    def note_failure(self, error, *, is_final):
        """Say why it didn't arrive; it is tried again, unless that can't help any more."""
        self.error = error
        self.state = self.State.FAILED if is_final else self.State.QUEUED
        self.save(update_fields=["error", "state"])

    def note_sent(self):
        """Note that it left, and forget what was in it."""
        self.state, self.sent_at = self.State.SENT, timezone.now()
        self.error = self.text = self.html = ""
        self.headers = {}
        self.save(update_fields=["state", "sent_at", "error", "text", "html", "headers"])
