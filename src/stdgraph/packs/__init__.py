"""What others publish: registers imported as snapshots; one folder a register, and what holds for all beside them."""
