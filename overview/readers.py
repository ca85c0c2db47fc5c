"""Who reads what is published."""

from django.contrib.auth.decorators import permission_required

readers_only = permission_required("assessments.read_published", raise_exception=True)
