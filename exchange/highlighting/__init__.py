"""An agreement's own PDF with its passages as annotations; the file is opened in a process of its own (ADR 47)."""
