"""A course module on recurrent networks: what the lessons import."""
