"""Builds: a folder of readings, texts, links, graph, store and report, made in one step and opened again."""
