"""The graph on the web: explorer, SPARQL endpoint, JSON API, linked data, reconciliation; read only."""
