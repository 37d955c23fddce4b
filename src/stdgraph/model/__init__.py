"""Words: IRIs, names, dates, results."""
