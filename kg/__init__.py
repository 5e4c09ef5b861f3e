"""Chinese local-politics texts to an evidenced knowledge graph."""
