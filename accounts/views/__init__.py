"""Pages for coming in, for one's own account, and for everyone's."""
