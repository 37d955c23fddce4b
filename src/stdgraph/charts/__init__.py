"""Pictures of tables: Vega-Lite files in `queries/charts/`, what they need of a table, and the engine that draws them."""
