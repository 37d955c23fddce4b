"""Places: files, the embedded store, remote endpoints."""
