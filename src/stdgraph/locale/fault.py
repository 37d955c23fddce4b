"""What is wrong where there is no Chinese to speak."""


class NotCompiledError(Exception):
    """The catalogue was not compiled, or its source has changed since."""

    def __init__(self) -> None:
        super().__init__("the Chinese messages are not compiled: run `pip install -e .`, which does it")
