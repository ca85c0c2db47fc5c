"""Whether the portal is well: database, migrations, worker."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET
from procrastinate.contrib.django.models import ProcrastinateWorker

HEARTBEAT = timedelta(seconds=45)  # a worker tells that it lives every ten seconds


@require_GET
@login_not_required
def health(request):
    """Answer 200 with the version when all is well, else 503 with the reason."""
    reason = _reason()
    answer = {"status": "ziek" if reason else "gezond", "versie": settings.VERSION}
    if reason:
        answer["reden"] = reason
    return JsonResponse(answer, status=503 if reason else 200)


def _reason():
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "De database is nog niet bijgewerkt: voer migrate uit."
        if not ProcrastinateWorker.objects.filter(
            last_heartbeat__gt=timezone.now() - HEARTBEAT
        ).exists():
            return "De worker draait niet: bestanden worden nu niet verwerkt."
    except DatabaseError:
        return "De database antwoordt niet."
    return ""
