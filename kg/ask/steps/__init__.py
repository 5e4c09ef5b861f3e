"""What SPARQL leaves to do: one module a theme, one function a question."""
