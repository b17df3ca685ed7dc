"""Doors of the colleagues."""
