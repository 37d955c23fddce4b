"""Reasoning: rules from axioms (`axioms`), the fixpoint (`fixpoint`), rule files (`links`), clashes, proofs, lines."""
