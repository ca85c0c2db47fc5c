"""The read API: what is published, for other programs."""
