"""The instructor's half: release, grade, report. Never part of the student edition."""
