"""Face for assistants: seven tools and some resources over the Model Context Protocol; see `docs/mcp.md`."""
