"""Tables as files: XLSX, ODS and CSV of the same sheets, in which no cell is ever a formula (ADR 45)."""
