"""x."""

ROUTES = ()
