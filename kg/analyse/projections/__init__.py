"""Named projections: each a documented function from a build to a networkx graph that can be cited."""
