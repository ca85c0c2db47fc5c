"""What the addresses of the places answer; a module per part of the work."""
