"""What the addresses of the source answer; a module per part of the work."""
