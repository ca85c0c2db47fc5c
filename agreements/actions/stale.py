"""What every action says that comes too late."""


class Stale(Exception):
    """Someone else saved this row since it was fetched."""
