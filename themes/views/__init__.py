"""What the addresses of the yardstick answer; a module per part of the work."""
