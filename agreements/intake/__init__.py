"""File intake: from an uploaded file to its text, pages and places, or to a refusal in Dutch.

No Django inside. Start at `sandbox.read_in_subprocess`; what comes out is in `document`.
"""
