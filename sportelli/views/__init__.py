"""Doors of the citizens."""
