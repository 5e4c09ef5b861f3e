"""Readings and links as an RDF dataset: projected, written, stored, checked, exported."""
