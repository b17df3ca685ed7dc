"""Shapes of what people send: the wizard of the citizen, the desk."""
