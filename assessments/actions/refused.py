"""Why something isn't done."""


class Refused(Exception):
    """This can't be done now; the message says why and what to do, in Dutch. Nothing is changed."""


class Stale(Exception):
    """Someone else saved this since it was fetched."""


class NotProven(Exception):
    """A theme can't be called absent while hits of its terms are not dealt with."""
