"""What became of the portal's mail."""

from django.conf import settings
from django.contrib import messages as told
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from mail import actions, tasks
from mail.models import KEPT, Message

SHOWN = 50


@require_GET
@permission_required("mail.view_message", raise_exception=True)
def messages(request):
    """Who got which mail when; never what was in it."""
    mails = Message.objects.for_display()
    return render(
        request,
        "mail/messages.html",
        {
            "failed": mails.failed()[:SHOWN],
            "queued": mails.queued()[:SHOWN],
            "sent": mails.sent()[:SHOWN],
            "shown": SHOWN,
            "kept": KEPT.days,
            "delivery": settings.MAIL_DELIVERY.split(".")[-2] if settings.MAIL_DELIVERY else "",
            "host": settings.EMAIL_HOST,
        },
    )


@require_POST
@permission_required("mail.change_message", raise_exception=True)
def try_again(request):
    count = actions.try_again()
    tasks.deliver_due.configure(queueing_lock=None).defer()
    if not count:
        told.info(request, "Er wacht geen mail.")
    elif count == 1:
        told.success(request, "Eén mail wordt nu opnieuw geprobeerd.")
    else:
        told.success(request, f"{count} mails worden nu opnieuw geprobeerd.")
    return redirect("mail:messages")
