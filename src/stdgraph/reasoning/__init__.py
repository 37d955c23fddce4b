"""What follows from the facts: rules from axioms, their fixpoint, date bounds, rule files (links), clashes, proofs."""
