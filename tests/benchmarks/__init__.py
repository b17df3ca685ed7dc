"""`make bench`: what it costs, side by side in one run, as JSON. Never part of the suite: machines are noisy."""
