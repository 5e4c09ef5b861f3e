"""A build asked by SPARQL: workers with limits, the endpoint, its pages.

``engine`` keeps the workers, ``worker`` is what runs in one; ``protocol`` is SPARQL 1.1 over HTTP, ``entities`` and
``pages`` are what people see, ``guard`` decides who may ask, ``server`` puts them together.
"""
