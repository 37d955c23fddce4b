"""The start of the program `stdgraph`, which is also `python -m stdgraph`."""

import gc

FEW = 50_000
"""The program looks for garbage in circles after so many new objects: it makes few, and ends soon."""


def main() -> None:
    """Run the command line."""
    gc.set_threshold(FEW)
    from stdgraph.cli import main as run  # only now: to import it makes most of the objects

    run()


if __name__ == "__main__":
    main()
