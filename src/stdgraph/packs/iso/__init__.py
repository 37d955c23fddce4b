"""The register of ISO: committees, members, standards and the classification, from its open data."""
