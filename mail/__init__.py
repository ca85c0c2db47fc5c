"""The outbox: every mail of the portal is a row first, and is delivered by the worker."""
