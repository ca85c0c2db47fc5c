"""What the addresses of the judgement answer; a module per part of the work."""
