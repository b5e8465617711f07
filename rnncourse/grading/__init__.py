"""The instructor's half: release, grade, report. Never part of the student edition."""

import sys

# jsonschema looks for it to check links in a notebook's schema, which has none: to import it costs a second.
sys.modules.setdefault("rfc3987_syntax", None)
