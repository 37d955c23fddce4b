"""Run the command line: `python -m stdgraph`."""

from stdgraph.cli import main

main()
