"""What each report says: the same published content as the reader's pages, as one document (ADR 11)."""
