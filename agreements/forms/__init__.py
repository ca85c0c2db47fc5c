"""What people fill in at the source; a module per part of the work."""
