"""Version 1 of the read API: what is published, in Dutch words, as ADR 48 says."""
