"""An uploaded file on its way out, for whoever a view lets have it."""

from django.http import FileResponse


def as_download(version, *, name):
    """The file itself under this name, as a download that no browser opens by itself."""
    response = FileResponse(version.file.open("rb"), as_attachment=True, filename=name)
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
