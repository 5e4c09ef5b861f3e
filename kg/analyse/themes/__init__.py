"""The measures, one module a theme. A module here never bears the name of a measure's function: see ``kg.analyse``."""
